// The reading list: articles put aside for later, kept on the device; all of it can be saved for reading offline.

import { make } from "../element";
import { keep, recall } from "../remembered";
import { words } from "./words";

/** An article put aside. */
export interface Later {
  slug: string;
  title: string;
}

const KEY = "reading-list";
/** More than these nobody reads later. */
const MOST = 200;

/** What was put aside, the latest first. */
export function readingList(): Later[] {
  const kept = recall(KEY);
  return Array.isArray(kept) ? kept.filter((one): one is Later => typeof one?.slug === "string" && typeof one?.title === "string") : [];
}

/** Whether the device keeps the list now. */
const set = (list: Later[]): boolean => keep(KEY, list.slice(0, MOST));

/** Takes an article off the list. */
export function readNow(slug: string): boolean {
  return set(readingList().filter((one) => one.slug !== slug));
}

/** A button that puts an article on the list or takes it off. */
export function laterButton(slug: string): HTMLElement {
  const button = make("button", { type: "button", className: "save-offline" });
  const said = make("span", { className: "save-state" });
  said.setAttribute("role", "status");
  const isThere = (): boolean => readingList().some((one) => one.slug === slug);
  const show = (): void => {
    button.textContent = isThere() ? words.laterOff : words.later;
    button.setAttribute("aria-pressed", String(isThere()));
  };
  button.onclick = () => {
    const title = document.querySelector("h1")?.textContent?.trim() || slug;
    const kept = isThere() ? readNow(slug) : set([{ slug, title }, ...readingList()]);
    said.replaceChildren(...(kept ? (isThere() ? [make("a", { href: "/offline#reading" }, words.readingList)] : []) : [words.trouble.blocked]));
    show();
  };
  show();
  return make("span", { className: "save-later" }, button, said);
}

/** The list as a section of the page of saved articles. */
export function readingSection(saveAll: (place: HTMLElement) => void): HTMLElement {
  const section = make("section", { id: "reading" });
  const show = (): void => {
    const list = readingList();
    if (list.length === 0) return section.replaceChildren(make("h2", {}, words.readingList), make("p", { className: "tell" }, words.nothingLater));
    const place = make("div", { className: "save-place" });
    place.dataset.save = "list";
    place.dataset.of = list.map((one) => one.slug).join(",");
    const entries = list.map((one) => {
      const off = make("button", { type: "button", textContent: words.remove });
      off.setAttribute("aria-label", `${words.remove}：${one.title}`);
      off.onclick = () => {
        readNow(one.slug);
        show();
      };
      return make("li", {}, make("a", { href: `/articles/${encodeURIComponent(one.slug)}` }, one.title), off);
    });
    section.replaceChildren(make("h2", {}, words.readingList), place, make("ul", { className: "shelf" }, ...entries));
    saveAll(place);
  };
  show();
  return section;
}
