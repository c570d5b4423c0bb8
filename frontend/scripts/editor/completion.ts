// Suggestions where somebody writes: the site's tags in their field, its articles after `[[` in the text.
import type { EditorView } from "@codemirror/view";
import { Composition } from "../composition";
import { words } from "./words";

/** What `/api/suggest` answers. */
interface Choice {
  text: string;
  url: string;
}

/** How long typing must rest before we ask. */
const REST = 150;

/** A list below the place where somebody writes; focus stays there. */
class Choices {
  readonly list = document.createElement("ul");
  private readonly status = document.createElement("p");
  private choices: Choice[] = [];
  private chosen = -1;
  private timer = 0;
  private asked = "";

  constructor(
    private readonly kind: string,
    private readonly take: (choice: Choice) => void,
    private readonly told: (chosen: string | null) => void = () => {},
  ) {
    this.list.className = "choices";
    this.list.id = `choices-${kind}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", words.suggestions);
    this.list.hidden = true;
    this.status.className = "hidden";
    this.status.setAttribute("role", "status");
    document.body.append(this.list, this.status);
    // A press must not take the focus from where somebody writes.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest("li");
      if (option) this.accept([...this.list.children].indexOf(option));
    });
  }

  /** Asks for what fits when typing rests, and shows it below a place. */
  ask(text: string, place: () => { left: number; bottom: number } | null): void {
    clearTimeout(this.timer);
    this.asked = text;
    if (!text) return this.close();
    this.timer = window.setTimeout(() => {
      void fetch(`/api/suggest?kind=${this.kind}&q=${encodeURIComponent(text)}`)
        .then((answer) => (answer.ok ? (answer.json() as Promise<Choice[]>) : []))
        .then((choices) => this.asked === text && this.show(choices, place()))
        // Without an answer one writes on without suggestions.
        .catch(() => this.close());
    }, REST);
  }

  private show(choices: Choice[], place: { left: number; bottom: number } | null): void {
    if (!place || !choices.length) return this.close();
    this.choices = choices;
    this.list.replaceChildren(
      ...choices.map(({ text }, number) => {
        const option = document.createElement("li");
        option.textContent = text;
        option.id = `${this.list.id}-${number}`;
        option.setAttribute("role", "option");
        return option;
      }),
    );
    this.list.hidden = false;
    const { offsetWidth, offsetHeight } = this.list;
    this.list.style.left = `${Math.max(8, Math.min(place.left, innerWidth - offsetWidth - 8))}px`;
    this.list.style.top = `${Math.min(place.bottom + 4, innerHeight - offsetHeight - 8)}px`;
    this.status.textContent = words.choices(choices.length);
    this.choose(0);
  }

  private choose(number: number): void {
    this.chosen = number;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
    this.list.children[number]?.scrollIntoView({ block: "nearest" });
    this.told(`${this.list.id}-${number}`);
  }

  private accept(number: number): void {
    const choice = this.choices[number];
    this.close();
    if (choice) this.take(choice);
  }

  close(): void {
    clearTimeout(this.timer);
    this.asked = "";
    if (this.list.hidden) return;
    this.list.hidden = true;
    this.status.textContent = "";
    this.told(null);
  }

  /** Whether a key was for the list. */
  key(event: KeyboardEvent): boolean {
    if (this.list.hidden || event.isComposing || event.keyCode === 229) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.choose((this.chosen + step + this.choices.length) % this.choices.length);
    else if (event.key === "Enter" || event.key === "Tab") this.accept(this.chosen);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}

/** What stands between tags, as the server reads them. */
const COMMA = /[,，、]/;

/** Completes the last of several tags between commas. */
export function completeTags(field: HTMLInputElement): void {
  const choices = new Choices(
    "tag",
    ({ text }) => {
      const before = field.value.split(COMMA).slice(0, -1).map((tag) => tag.trim());
      field.value = [...before.filter(Boolean), text, ""].join(", ");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
    (chosen) => {
      field.setAttribute("aria-expanded", String(chosen !== null));
      if (chosen) field.setAttribute("aria-activedescendant", chosen);
      else field.removeAttribute("aria-activedescendant");
    },
  );
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", choices.list.id]]) {
    field.setAttribute(name, value);
  }
  const typed = (): void => {
    if (composition.isActive) return;
    choices.ask(field.value.split(COMMA).at(-1)?.trim() ?? "", () => (document.activeElement === field ? field.getBoundingClientRect() : null));
  };
  const composition = new Composition(field, typed);
  field.addEventListener("input", typed);
  field.addEventListener("keydown", (event) => choices.key(event));
  field.addEventListener("blur", () => choices.close());
}

/** What stands between `[[` and the cursor. */
const OPEN = /\[\[([^[\]\n]{1,60})$/;

/** Completes `[[` and some letters to a link to an article. */
export class LinkCompletion {
  private view: EditorView | undefined;
  private readonly choices = new Choices("article", ({ text, url }) => {
    const found = this.typed();
    if (!this.view || !found) return;
    const { head } = this.view.state.selection.main;
    const insert = `[${text.replace(/[[\]\\]/g, "\\$&")}](${url})`;
    const from = head - found[0].length;
    this.view.dispatch({ changes: { from, to: head, insert }, selection: { anchor: from + insert.length }, userEvent: "input" });
  });

  private typed(): RegExpExecArray | null {
    const { state } = this.view as EditorView;
    const { head, empty } = state.selection.main;
    return empty ? OPEN.exec(state.sliceDoc(state.doc.lineAt(head).from, head)) : null;
  }

  /** The text or the cursor changed. */
  changed(view: EditorView): void {
    this.view = view;
    const text = view.composing ? "" : (this.typed()?.[1].trim() ?? "");
    this.choices.ask(text, () => (view.hasFocus ? view.coordsAtPos(view.state.selection.main.head) : null));
  }

  key(event: KeyboardEvent): boolean {
    return this.choices.key(event);
  }

  close(): void {
    this.choices.close();
  }
}
