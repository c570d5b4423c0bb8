// The button that saves an article, a series, the newest of a category or a list, and says how it went.

import { make } from "../element";
import { all, type Saved } from "./database";
import { laterButton } from "./reading";
import { fetchOurs, isGone, reason, save, stops } from "./save";
import { size, words } from "./words";

/** How many articles of a category are saved. */
const NEWEST = 20;
const LABELS: Record<string, string> = { article: words.save, series: words.saveSeries, category: words.saveNewest, list: words.saveList };

/** What the page names of a series, which is all of it: the slugs of its parts. */
const partsOf = (place: HTMLElement): string[] => {
  const links = place.closest(".series")?.querySelectorAll<HTMLAnchorElement>('li a[href^="/articles/"]') ?? [];
  return [...new Set([...links].map((link) => decodeURIComponent(link.pathname.slice("/articles/".length))))];
};

/** The slugs behind a button: `data-save` says of what kind it is, `data-of` names the article, category or list. */
async function slugs(kind: string, of: string): Promise<string[]> {
  if (kind === "series") {
    const article = await (await fetchOurs(`/api/article?slug=${encodeURIComponent(of)}`)).json();
    return (article.series?.parts ?? []).map((part: { slug: string }) => part.slug);
  }
  if (kind === "category") {
    const list = await (await fetchOurs(`/api/articles?category=${encodeURIComponent(of)}&per_page=${NEWEST}`)).json();
    return list.items.map((article: { slug: string }) => article.slug);
  }
  return of.split(/[ ,]+/).filter(Boolean);
}

/** Puts a button into a place that the page keeps for it; a place whose article has changed gets a new one. */
export function fill(place: HTMLElement): void {
  const [kind, of] = [place.dataset.save ?? "", place.dataset.of ?? ""];
  if (place.dataset.filled === `${kind} ${of}`) return;
  place.dataset.filled = `${kind} ${of}`;
  const button = make("button", { type: "button", className: "save-offline", textContent: LABELS[kind] ?? words.save });
  const state = make("span", { className: "save-state" });
  state.setAttribute("role", "status");
  place.replaceChildren(button, state, ...(kind === "article" ? [laterButton(of)] : []));
  // What another button saves, or the shelf removes, shows here as well. One that is at work says itself what became of it.
  const look = (): void => {
    if (!button.getAttribute("aria-disabled")) void show(place, button, state).catch(() => {});
  };
  const lookAgain = (): void => (button.isConnected ? look() : removeEventListener("liuguang:saved", lookAgain));
  addEventListener("liuguang:saved", lookAgain);
  look();
  button.onclick = async () => {
    // Not `disabled`: that would take the focus away.
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    try {
      await run(button, state, await slugs(kind, of));
    } catch (error) {
      state.textContent = words.trouble[reason(error)];
    }
    button.removeAttribute("aria-disabled");
  };
}

/** Says how much of what a button saves is saved already. One that went to work meanwhile is left alone. */
async function show(place: HTMLElement, button: HTMLElement, state: HTMLElement): Promise<void> {
  const [kind, of] = [place.dataset.save ?? "", place.dataset.of ?? ""];
  const saved = await all();
  // Only who has saved something asks the site what is in a category.
  const list = saved.length === 0 ? [] : kind === "series" ? partsOf(place) : await slugs(kind, of);
  const own = saved.filter((one) => list.includes(one.slug));
  if (button.getAttribute("aria-disabled") || !button.isConnected) return;
  const whole = list.length > 0 && own.length === list.length;
  button.textContent = whole ? words.again : (LABELS[kind] ?? words.save);
  state.replaceChildren(...(own.length > 0 ? [told(own), " ", shelf()] : []));
  if (kind === "article" && whole && (await isGone(own[0])) && !button.getAttribute("aria-disabled")) state.replaceChildren(words.gone, " ", shelf());
}

/** How many articles are saved, how large they are, and how many of their pictures are missing. */
const told = (list: Pick<Saved, "bytes" | "missing">[]): string => {
  const sum = (of: "bytes" | "missing"): number => list.reduce((sum, one) => sum + one[of], 0);
  const missing = sum("missing");
  return [words.saved(list.length, size(sum("bytes"))), ...(missing > 0 ? [words.imagesMissing(missing)] : [])].join(" ");
};

const shelf = (): HTMLElement => make("a", { href: "/offline", textContent: words.shelf });

async function run(button: HTMLElement, state: HTMLElement, list: string[]): Promise<void> {
  // Asked for at the moment when there is something to keep.
  navigator.storage?.persist?.().catch(() => {});
  const done: Saved[] = [];
  const failed: unknown[] = [];
  for (const slug of list) {
    state.textContent = words.saving(done.length + failed.length + 1, list.length, size(done.reduce((sum, one) => sum + one.bytes, 0)));
    try {
      done.push(await save(slug));
    } catch (error) {
      failed.push(error);
      if (stops(error)) break;
    }
  }
  const texts = done.length > 0 ? [told(done)] : [];
  if (failed.length > 0) texts.push(list.length === 1 ? words.trouble[reason(failed[0])] : words.partly(list.length - done.length, words.trouble[reason(failed[0])]));
  state.replaceChildren(texts.join(" "), " ", ...(done.length > 0 ? [shelf()] : []));
  if (done.length === 0) return;
  if (done.length === list.length) button.textContent = words.again;
  dispatchEvent(new Event("liuguang:saved"));
}
