// The button that saves an article, a series, the newest of a category or a list, and says how it went.

import { get } from "./database";
import { make } from "./notice";
import { laterButton } from "./reading";
import { fetchOurs, reason, save } from "./save";
import { size, words } from "./words";

/** How many articles of a category are saved. */
const NEWEST = 20;
const LABELS: Record<string, string> = { article: words.save, series: words.saveSeries, category: words.saveNewest, list: words.saveList };

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
  if (kind === "article") {
    get(of).then((saved) => {
      if (!saved) return;
      button.textContent = words.again;
      state.replaceChildren(words.saved(1, size(saved.bytes)), " ", shelf());
    }).catch(() => {});
  }
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

const shelf = (): HTMLElement => make("a", { href: "/offline", textContent: words.shelf });

async function run(button: HTMLElement, state: HTMLElement, list: string[]): Promise<void> {
  // Asked for at the moment when there is something to keep.
  navigator.storage?.persist?.().catch(() => {});
  let [done, bytes] = [0, 0];
  const failed: unknown[] = [];
  for (const slug of list) {
    state.textContent = words.saving(done + failed.length + 1, list.length, size(bytes));
    try {
      bytes += (await save(slug)).bytes;
      done += 1;
    } catch (error) {
      failed.push(error);
      if (["full", "blocked", "network"].includes(reason(error))) break;
    }
  }
  const texts = done > 0 ? [words.saved(done, size(bytes))] : [];
  if (failed.length > 0) texts.push(list.length === 1 ? words.trouble[reason(failed[0])] : words.partly(list.length - done, words.trouble[reason(failed[0])]));
  state.replaceChildren(texts.join(" "), " ", ...(done > 0 ? [shelf()] : []));
  if (done > 0) {
    button.textContent = words.again;
    dispatchEvent(new Event("liuguang:saved"));
  }
}
