// One quiet line at the foot of the window, which never takes the focus and never covers what is typed.

import { make } from "../element";
import { words } from "./words";

const shown = new Map<string, HTMLElement>();

/** Shows a line, in place of an older one on the same matter. */
export function notice(matter: string, text: string, label?: string, action?: () => void): void {
  withdraw(matter);
  const line = make("div", { className: "notice" }, make("span", {}, text));
  line.setAttribute("role", "status");
  if (label && action) line.append(make("button", { type: "button", textContent: label, onclick: action }));
  const close = make("button", { type: "button", textContent: "×", onclick: () => withdraw(matter) });
  close.setAttribute("aria-label", words.close);
  line.append(close);
  document.body.append(line);
  shown.set(matter, line);
}

export function withdraw(matter: string): void {
  shown.get(matter)?.remove();
  shown.delete(matter);
}
