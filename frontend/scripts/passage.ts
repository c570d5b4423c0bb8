// Shows in an article what a search found there: the words are marked, and the passage is brought into view.

import type { Found } from "./searched";

/** More marks than these help nobody. */
const MOST_MARKS = 300;
/** Letters by which a passage is recognised. */
const PROOF = 18;

/** Marks the words and goes to the passage, or to the heading of its section. */
export function showPassage(prose: HTMLElement, found: Found): void {
  const place = find(prose, found);
  mark(prose, found.words);
  const anchor = found.anchor ? document.getElementById(found.anchor) : null;
  const target = place ?? anchor;
  if (!target) return;
  place?.setAttribute("data-landed", "");
  // The router goes to the section when its page is in place, which may be after us, and an image above may still be
  // loading and push the text down: later calls correct both, until the reader does something.
  const show = (): void => target.scrollIntoView({ block: place ? "center" : "start", behavior: "instant" });
  show();
  addEventListener("load", show, { once: true });
  const later = [50, 200, 600].map((wait) => setTimeout(show, wait));
  const stop = (): void => {
    removeEventListener("load", show);
    later.forEach(clearTimeout);
  };
  for (const touch of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(touch, stop, { once: true, passive: true });
}

/** Takes every mark away again. */
function clear(prose: HTMLElement): void {
  for (const mark of prose.querySelectorAll("mark.found")) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent?.normalize();
  }
  prose.querySelector("[data-landed]")?.removeAttribute("data-landed");
}

/** Texts of an article that may hold marks. */
function texts(prose: HTMLElement): Text[] {
  const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest("math, svg, button, .mermaid") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const found: Text[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Text);
  return found;
}

/** The block in which the passage stands. White space is left out, because pages and plain text differ in it. */
function find(prose: HTMLElement, { passage, anchor }: Found): HTMLElement | null {
  const bare = passage.replace(/\s+/g, "");
  if (!bare) return null;
  let all = "";
  const starts: [number, Text][] = [];
  for (const text of texts(prose)) {
    starts.push([all.length, text]);
    all += text.data.replace(/\s+/g, "");
  }
  // The same sentence may stand above the section.
  const heading = anchor ? document.getElementById(anchor) : null;
  const from = starts.find(([, text]) => heading && heading.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)?.[0] ?? 0;
  const middle = Math.max(0, Math.floor((bare.length - PROOF) / 2));
  for (const proof of [bare, bare.slice(0, PROOF), bare.slice(middle, middle + PROOF), bare.slice(-PROOF)]) {
    const at = all.indexOf(proof, from);
    const text = at < 0 ? undefined : starts.findLast(([start]) => start <= at)?.[1];
    if (text) return text.parentElement?.closest<HTMLElement>("p, li, td, th, pre, dd, dt, h2, h3, h4, h5, h6, blockquote") ?? null;
  }
  return null;
}

/** Marks the words wherever they stand; Escape takes the marks away. */
function mark(prose: HTMLElement, words: string[]): void {
  const sorted = words.filter((word) => word.length < 200).sort((one, other) => other.length - one.length);
  if (sorted.length === 0) return;
  const pattern = new RegExp(sorted.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|"), "giu");
  let marks = 0;
  for (const text of texts(prose)) {
    const matches = [...text.data.matchAll(pattern)].filter((match) => stands(text.data, match.index, match[0]));
    for (const match of matches.reverse()) {
      if (++marks > MOST_MARKS) break;
      const range = document.createRange();
      range.setStart(text, match.index);
      range.setEnd(text, match.index + match[0].length);
      const element = document.createElement("mark");
      element.className = "found";
      range.surroundContents(element);
    }
  }
  const end = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.isComposing || document.querySelector("dialog[open]")) return;
    removeEventListener("keydown", end);
    clear(prose);
  };
  addEventListener("keydown", end);
}

/** Whether a Latin word stands for itself and is no part of a longer one. */
function stands(text: string, at: number, word: string): boolean {
  const letter = /[a-z0-9]/i;
  const left = letter.test(word[0] ?? "") && letter.test(text[at - 1] ?? "");
  const right = letter.test(word.at(-1) ?? "") && letter.test(text[at + word.length] ?? "");
  return !left && !right;
}
