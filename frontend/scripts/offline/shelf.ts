// The page of saved articles: what there is, how much room it takes, and search in it without the network.

import { make } from "../element";
import { fill } from "./button";
import { all, type Saved } from "./database";
import { readingSection } from "./reading";
import { isAway, reason, remove, save, stops } from "./save";
import { search } from "./search";
import { size, words } from "./words";

/** Fills the place that `/offline` keeps. */
export async function fillShelf(place: HTMLElement): Promise<void> {
  if (place.dataset.filled) return;
  place.dataset.filled = "shelf";
  const asked = new URLSearchParams(location.search);
  const network = make("p", { className: "tell" });
  network.setAttribute("role", "status");
  const results = make("section", { className: "found" });
  const room = make("p", { className: "tell" });
  const list = make("ul", { className: "shelf" });
  const from = asked.get("from");
  place.replaceChildren(
    ...(from ? [make("p", { className: "note" }, words.unreachable(from))] : []),
    network, form(asked.get("q") ?? "", results), results, room, list, readingSection(fill),
  );
  void reach().then((text) => (network.textContent = text));
  // What the reading list below saves is listed here at once, and what is removed here is not saved there.
  const saved = (): void => {
    if (place.isConnected) void show(list, room);
    else removeEventListener("liuguang:saved", saved);
  };
  addEventListener("liuguang:saved", saved);
  await show(list, room);
  if (asked.get("q")) await find(asked.get("q") ?? "", results);
}

/** Whether the site answers, and whether it is the site. */
async function reach(): Promise<string> {
  try {
    const answer = await fetch("/healthz", { cache: "reload", signal: AbortSignal.timeout(4000) });
    return answer.headers.get("x-served-by") === "liuguang" ? words.online : words.portal;
  } catch {
    return words.offline;
  }
}

function form(text: string, results: HTMLElement): HTMLElement {
  const field = make("input", { type: "search", name: "q", value: text, maxLength: 128, placeholder: words.search });
  field.setAttribute("aria-label", words.search);
  // Who comes to the field will search: records and engine are ready and warm when the words are typed.
  field.addEventListener("focus", () => void warm().catch(() => {}), { once: true });
  const form = make("form", { className: "q", action: "/offline" }, field);
  form.setAttribute("role", "search");
  form.onsubmit = (event) => {
    event.preventDefault();
    event.stopPropagation();
    void find(field.value, results);
  };
  return form;
}

/** A search whose answer nobody reads. */
async function warm(): Promise<void> {
  const [saved] = await all();
  if (saved) await search(new URLSearchParams({ q: saved.title }));
}

type Piece = { text: string; hit: boolean };
const pieces = (list: Piece[]): (Node | string)[] => list.map(({ text, hit }) => (hit ? make("mark", {}, text) : text));

async function find(text: string, place: HTMLElement): Promise<void> {
  if (!text.trim()) return place.replaceChildren();
  try {
    const saved = (await all()).length;
    const answer = JSON.parse(await search(new URLSearchParams({ q: text })));
    place.replaceChildren(make("p", { className: "tell" }, words.results(answer.total, saved)), ...answer.hits.map(hit));
  } catch (error) {
    place.replaceChildren(make("p", {}, words.trouble[reason(error)]));
  }
}

/** A saved article opens with the client of its own build, which knows its data; this page may be of a later one. */
const link = (href: string, content: (Node | string)[], className = ""): HTMLElement => make("a", { href, className, rel: "external" }, ...content);

function hit(found: any): HTMLElement {
  const href = `/articles/${encodeURIComponent(found.slug)}`;
  const passages = found.snippets.map((snippet: any) => {
    const section = snippet.anchor ? [" ", link(`${href}#${snippet.anchor}`, [snippet.heading], "section")] : [];
    return make("p", {}, snippet.cut_left ? "…" : "", ...pieces(snippet.pieces), snippet.cut_right ? "…" : "", ...section);
  });
  return make("article", { className: "card hit" }, make("h2", {}, link(href, pieces(found.title_pieces))), ...passages);
}

/** Lists what is saved. */
async function show(list: HTMLElement, room: HTMLElement): Promise<void> {
  let saved: Saved[];
  try {
    saved = await all();
  } catch {
    return room.replaceChildren(words.trouble.blocked);
  }
  const again = (): Promise<void> => show(list, room);
  list.replaceChildren(...saved.map((one) => entry(one, again)));
  const total = size(saved.reduce((sum, one) => sum + one.bytes, 0));
  room.replaceChildren(saved.length > 0 ? words.used(saved.length, total) : words.nothing, " ", ...(await storage()));
  if (saved.length > 1) {
    room.append(
      " ", action(words.refreshAll, async () => {
        const failed: unknown[] = [];
        for (const one of saved) {
          await save(one.slug).catch((error) => isAway(reason(error)) || failed.push(error));
          if (failed.some(stops)) break;
        }
        await again();
        // Below the list, which was made anew.
        if (failed.length > 0) room.append(make("span", { className: "meta", role: "alert" }, words.partly(failed.length, words.trouble[reason(failed[0])])));
      }),
      " ", twice(words.removeAll, async () => {
        for (const one of saved) await remove(one.slug);
        dispatchEvent(new Event("liuguang:saved"));
      }),
    );
  }
}

function entry(saved: Saved, again: () => Promise<void>): HTMLElement {
  const facts = [saved.author, size(saved.bytes), words.savedAt(new Date(saved.savedAt).toLocaleDateString("zh-CN"))];
  if (saved.gone) facts.push(words.gone);
  if (saved.missing > 0) facts.push(words.imagesMissing(saved.missing));
  return make(
    "li", {},
    link(`/articles/${encodeURIComponent(saved.slug)}`, [saved.title]),
    make("span", { className: "meta" }, facts.filter(Boolean).join(" · ")),
    action(words.refresh, async () => {
      try {
        await save(saved.slug);
      } catch (error) {
        if (!isAway(reason(error))) throw error;
      }
      await again();
    }, saved.title),
    twice(words.remove, async () => {
      await remove(saved.slug);
      dispatchEvent(new Event("liuguang:saved"));
    }, saved.title),
  );
}

/** A button that says what went wrong in its own place. */
function action(label: string, work: () => Promise<void>, of = ""): HTMLButtonElement {
  const button = make("button", { type: "button", textContent: label });
  if (of) button.setAttribute("aria-label", `${label}：${of}`);
  button.onclick = async () => {
    try {
      await work();
    } catch (error) {
      button.after(make("span", { className: "meta", role: "alert" }, words.trouble[reason(error)]));
    }
  };
  return button;
}

/** A button that takes something away, and asks once. */
function twice(label: string, work: () => Promise<void>, of = ""): HTMLButtonElement {
  const button = action(label, work, of);
  const act = button.onclick;
  button.onclick = (event) => {
    if (button.textContent === words.sure) return act?.call(button, event);
    button.textContent = words.sure;
    button.removeAttribute("aria-label");
  };
  return button;
}

/** How much room there is, and whether the browser promises to keep it. */
async function storage(): Promise<(Node | string)[]> {
  try {
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    const parts: (Node | string)[] = [words.quota(size(usage), size(quota)), " "];
    if (await navigator.storage.persisted()) return [...parts, words.persisted];
    const button = make("button", { type: "button", textContent: words.persist });
    button.onclick = async () => button.replaceWith((await navigator.storage.persist()) ? words.persisted : words.persistRefused);
    return [...parts, words.notPersisted, " ", button];
  } catch {
    return [];
  }
}
