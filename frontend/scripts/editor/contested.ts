// Small fields that two people changed, each to something else: both values, and a choice.
import { make } from "../element";
import { type Fields, NAMES } from "./fields";
import type { Text } from "./text";
import { words } from "./words";

type Name = (typeof NAMES)[number];

export interface Contested {
  name: Name;
  element: HTMLElement;
  /** The value that is chosen now; mine until somebody chooses. */
  chosen: () => string;
}

/** What neither side may lose without being asked. */
export function contested(text: Text, mine: Fields, theirs: Fields, ancestor: Fields): Contested[] {
  const both = (name: Name): boolean => mine[name] !== ancestor[name] && theirs[name] !== ancestor[name] && mine[name] !== theirs[name];
  return NAMES.filter((name) => name !== "body" && both(name)).map((name) => choice(text, name, mine[name], theirs[name]));
}

function choice(text: Text, name: Name, mine: string, theirs: string): Contested {
  const title = text.form.querySelector(`label[for="${name}"]`)?.textContent ?? name;
  const element = make("fieldset", { className: "contested" }, make("legend", {}, title));
  const radio = (word: string, value: string, checked: boolean): HTMLInputElement => {
    const input = make("input", { type: "radio", name: `contested-${name}`, checked });
    element.append(make("label", {}, input, `${word}：${shown(text, name, value)}`));
    return input;
  };
  radio(words.mine, mine, true);
  const other = radio(words.theirs, theirs, false);
  return { name, element, chosen: () => (other.checked ? theirs : mine) };
}

/** A value as people read it: of a list, its words. */
function shown(text: Text, name: Name, value: string): string {
  const field = text.field(name);
  const option = field instanceof HTMLSelectElement ? [...field.options].find((option) => option.value === value) : undefined;
  return (value && option?.text) || value || words.nothing;
}
