// The fields of one text: reading and filling the form, with the code editor in place of the body's textarea.

import { type Fields, NAMES } from "./fields";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The form, seen as fields. */
export class Text {
  /** Reads and writes the body; the code editor puts itself here. */
  body = { read: (): string => this.field("body")?.value ?? "", write: (text: string): void => this.fill("body", text) };

  constructor(readonly form: HTMLFormElement) {}

  field(name: string): Field | null {
    return this.form.elements.namedItem(name) as Field | null;
  }

  read(): Fields {
    const fields = {} as Fields;
    for (const name of NAMES) fields[name] = name === "body" ? this.body.read() : (this.field(name)?.value ?? "");
    return fields;
  }

  write(fields: Partial<Fields>): void {
    for (const name of NAMES) {
      const text = fields[name];
      if (text === undefined || text === this.read()[name]) continue;
      if (name === "body") this.body.write(text);
      else this.fill(name, text);
    }
  }

  private fill(name: string, text: string): void {
    const field = this.field(name);
    if (!field) return;
    // A category that is gone would silently become the first one.
    if (field instanceof HTMLSelectElement && ![...field.options].some((option) => option.value === text)) {
      field.add(new Option(text, text));
    }
    field.value = text;
  }
}
