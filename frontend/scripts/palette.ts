// The box that opens with `/`, Ctrl-K or a tap on the field in the top bar: suggestions while typing, and the latest searches of this device.
// It follows the combobox pattern (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/): focus stays in the field.

import { Composition } from "./composition";
import { forget, remember, searches } from "./searched";

/** What `/api/suggest` answers. */
interface Suggestion {
  kind: string;
  text: string;
  url: string;
}

/** An entry of the list. */
interface Entry extends Suggestion {
  /** A search of this device, which can be taken away. */
  isRecent?: boolean;
}

/** How long typing must rest before we ask. */
const REST = 120;

const WORDS = {
  search: "搜索",
  hint: "搜索文章、标签、命令、报错信息…",
  list: "建议",
  close: "关闭",
  recent: "最近搜索",
  clear: "清空最近搜索",
  remove: "移除",
  keys: "↑↓ 选择 · Enter 打开 · Esc 关闭",
  removeKey: "Delete 移除所选",
  searchFor: (text: string): string => `搜索“${text}”`,
  count: (count: number): string => (count === 0 ? "没有建议，按 Enter 搜索全文" : `${count} 条建议`),
};
const KINDS: Record<string, string> = { category: "栏目", tag: "标签", article: "文章", recent: WORDS.recent, search: WORDS.search };

let palette: Palette | undefined;

/** Opens the box with a text in it. When it is closed, `closed` is given what stands in it; nothing when it led on. */
export function openPalette(text = "", closed?: (text?: string) => void): void {
  palette ??= new Palette();
  palette.open(text, closed);
}

class Palette {
  private readonly dialog = document.createElement("dialog");
  private readonly field: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly status: HTMLElement;
  private readonly clear: HTMLButtonElement;
  private readonly composition: Composition;
  private entries: Entry[] = [];
  private chosen = -1;
  private timer = 0;
  private asked: AbortController | undefined;
  private closed: ((text?: string) => void) | undefined;

  constructor() {
    this.dialog.className = "palette";
    this.dialog.setAttribute("aria-label", WORDS.search);
    this.dialog.innerHTML = `<form role="search" action="/search"><input type="search" name="q" maxlength="128" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search" role="combobox" aria-autocomplete="list" aria-expanded="false" aria-controls="palette-list"><button type="button" data-close></button></form><div id="palette-list" role="listbox"></div><p class="keys"><span></span><button type="button" data-clear hidden></button></p><p class="hidden" role="status"></p>`;
    const part = <T extends Element>(selector: string): T => this.dialog.querySelector<T>(selector) as T;
    this.field = part("input");
    this.list = part("[role=listbox]");
    this.status = part("[role=status]");
    this.clear = part("[data-clear]");
    this.field.placeholder = WORDS.hint;
    this.field.setAttribute("aria-label", WORDS.search);
    this.list.setAttribute("aria-label", WORDS.list);
    this.clear.textContent = WORDS.clear;
    part<HTMLElement>(".keys span").textContent = WORDS.keys;
    part<HTMLElement>("[data-close]").textContent = WORDS.close;
    document.body.append(this.dialog);
    this.composition = new Composition(this.field, () => this.typed());
    this.listen();
  }

  /** Shows the box; whatever was typed elsewhere comes along. */
  open(text: string, closed?: (text?: string) => void): void {
    if (this.dialog.open) return;
    this.closed = closed;
    this.dialog.returnValue = "";
    this.field.value = text;
    this.dialog.showModal();
    this.field.focus();
    if (text) this.field.setSelectionRange(text.length, text.length);
    this.show(this.own(text));
    if (text) void this.ask(text);
  }

  private listen(): void {
    this.field.addEventListener("input", () => this.typed());
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("cancel", (event) => {
      if (this.composition.isActive) event.preventDefault();
    });
    this.dialog.addEventListener("close", () => {
      this.rest();
      this.closed?.(this.dialog.returnValue ? undefined : this.field.value);
    });
    this.dialog.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      // The page's own listeners and the client's router need not see this form.
      event.stopPropagation();
      const text = this.field.value.trim();
      if (text && !this.composition.blocksSubmission) this.go({ kind: "search", text, url: searchAddress(text) });
    });
    this.dialog.addEventListener("click", (event) => {
      const target = event.target as Element;
      if (target === this.dialog || target.closest("[data-close]")) return this.dialog.close();
      if (target.closest("[data-clear]")) {
        forget();
        this.show(this.own(""));
        return this.field.focus();
      }
      const option = target.closest<HTMLElement>("[role=option]");
      const entry = option && this.entries[Number(option.dataset.number)];
      if (!entry) return;
      if (target.closest("[data-remove]")) {
        event.preventDefault();
        event.stopPropagation();
        this.remove(entry);
        return this.field.focus();
      }
      // The link itself leads on, by the router or by the browser; a click for a new tab leaves the box open.
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (entry.kind === "search" || entry.isRecent) remember(entry.text);
      this.dialog.close("led on");
    });
  }

  private key(event: KeyboardEvent): void {
    if (this.composition.owns(event)) {
      // Escape and Enter end the composition and nothing else.
      if (event.key === "Escape" || event.key === "Enter") event.stopPropagation();
      if (event.key === "Escape") event.preventDefault();
      return;
    }
    const inField = event.target === this.field;
    if (event.key === "Escape") {
      event.preventDefault();
      this.dialog.close();
    } else if (inField && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const places = this.entries.length + 1;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose(((this.chosen + 1 + step + places) % places) - 1);
    } else if (inField && event.key === "Enter" && this.entries[this.chosen]) {
      event.preventDefault();
      this.go(this.entries[this.chosen]);
    } else if (inField && event.key === "Delete" && this.entries[this.chosen]?.isRecent) {
      event.preventDefault();
      this.remove(this.entries[this.chosen]);
    }
  }

  /** After a letter: nothing while a word is being composed, else a question when typing rests. */
  private typed(): void {
    clearTimeout(this.timer);
    if (this.composition.isActive) return;
    const text = this.field.value.trim();
    if (!text) {
      this.rest();
      this.show(this.own(""));
      return;
    }
    this.show([...this.own(text), ...this.entries.filter((entry) => entry.kind !== "search" && !entry.isRecent)]);
    this.timer = setTimeout(() => void this.ask(text), REST);
  }

  /** Asks the site. Only the answer to the latest question counts. */
  private async ask(text: string): Promise<void> {
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const answer = await fetch(`/api/suggest?q=${encodeURIComponent(text)}`, { signal: this.asked.signal });
      if (!answer.ok) return;
      const suggestions = ((await answer.json()) as Suggestion[]).slice(0, 10);
      if (this.field.value.trim() !== text || !this.dialog.open) return;
      this.show([...this.own(text), ...suggestions]);
      this.status.textContent = WORDS.count(suggestions.length);
    } catch {
      // Without an answer the text can still be searched.
    }
  }

  /** What needs no question: the search for the text itself, and searches of this device. */
  private own(text: string): Entry[] {
    const wanted = text.toLowerCase();
    const recent = searches().filter((search) => search.toLowerCase().includes(wanted) && search !== text);
    const entry = (search: string): Entry => ({ kind: "recent", text: search, url: searchAddress(search), isRecent: true });
    if (!text) return recent.map(entry);
    return [{ kind: "search", text, url: searchAddress(text) }, ...recent.slice(0, 2).map(entry)];
  }

  private show(entries: Entry[]): void {
    const before = this.entries[this.chosen]?.url;
    this.entries = entries;
    this.list.replaceChildren(...entries.map(option));
    this.clear.hidden = !entries.some((entry) => entry.isRecent) || this.field.value.trim() !== "";
    this.field.setAttribute("aria-expanded", String(entries.length > 0));
    this.choose(before === undefined ? -1 : entries.findIndex((entry) => entry.url === before));
  }

  private choose(number: number): void {
    this.chosen = number;
    for (const [place, element] of [...this.list.children].entries()) element.setAttribute("aria-selected", String(place === number));
    const element = this.list.children[number];
    if (element) {
      this.field.setAttribute("aria-activedescendant", element.id);
      element.scrollIntoView({ block: "nearest" });
      if (this.entries[number]?.isRecent) this.status.textContent = WORDS.removeKey;
    } else {
      this.field.removeAttribute("aria-activedescendant");
    }
  }

  private remove(entry: Entry): void {
    forget(entry.text);
    this.show(this.entries.filter((other) => other !== entry));
  }

  private go(entry: Entry): void {
    if (entry.kind === "search" || entry.isRecent) remember(entry.text);
    this.dialog.close("led on");
    // A link, so that the client's router takes it where there is one.
    const link = document.createElement("a");
    link.href = entry.url;
    document.body.append(link);
    link.click();
    link.remove();
  }

  private rest(): void {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.status.textContent = "";
  }
}

function searchAddress(text: string): string {
  return `/search?q=${encodeURIComponent(text)}`;
}

function option(entry: Entry, number: number): HTMLElement {
  const link = document.createElement("a");
  link.id = `palette-${number}`;
  link.href = entry.url;
  link.tabIndex = -1;
  link.dataset.number = String(number);
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  const text = document.createElement("span");
  text.textContent = entry.kind === "search" ? WORDS.searchFor(entry.text) : entry.text;
  const kind = document.createElement("small");
  kind.textContent = entry.kind === "search" ? "↵" : (KINDS[entry.kind] ?? "");
  link.append(text, kind);
  if (entry.isRecent) {
    // For the mouse; keyboards have the key Delete.
    const remove = document.createElement("span");
    remove.dataset.remove = "";
    remove.title = WORDS.remove;
    remove.setAttribute("aria-hidden", "true");
    remove.textContent = "×";
    link.append(remove);
  }
  return link;
}
