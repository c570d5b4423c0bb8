// The fields of one text, as the server knows them.

export const NAMES = [
  "title", "slug", "category", "tags", "series", "part", "kind", "summary", "body", "cover", "applies_to", "further_reading",
  "source_title", "source_author", "source_url", "source_licence",
] as const;

export type Fields = Record<(typeof NAMES)[number], string>;

export const same = (one: Fields, other: Fields): boolean => NAMES.every((name) => (one[name] ?? "") === (other[name] ?? ""));

/** Whether somebody wrote something; of what kind a text is does not count. */
export const isBlank = (fields: Fields): boolean => NAMES.every((name) => name === "kind" || !fields[name]?.trim());

/** What people know a text by that may have no title yet. */
export const nameOf = (fields: Fields): string => fields.title.trim() || fields.body.trim().slice(0, 20);
