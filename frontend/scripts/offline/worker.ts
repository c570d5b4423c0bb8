// The worker that searches saved articles: it holds the WASM and the records, so that pages stay quick.

import initialise, { index, Library } from "../../../target/xtask/offline_search.js";
import { all, putRecord, record } from "./database";
import { initials } from "./initials";

declare const SEARCH_WASM: string;

export type Task =
  | { task: "index"; article: string }
  | { task: "add"; slug: string }
  | { task: "remove"; slug: string }
  | { task: "search"; parameters: Record<string, string> };

let starting: Promise<unknown> | undefined;
/** Loads the WASM; a network that failed once is asked again. */
function wasm(): Promise<unknown> {
  starting ??= initialise({ module_or_path: SEARCH_WASM });
  starting.catch(() => (starting = undefined));
  return starting;
}

function make(article: string): Uint8Array {
  return index(article, initials(JSON.parse(article).title ?? ""));
}

/** Puts an article on the shelf; a record of an older version of the rules is made anew from the saved text. */
async function add(library: Library, slug: string): Promise<void> {
  const kept = await record(slug);
  if (kept && library.add(kept)) return;
  const text = await (await caches.open("saved")).match(`/api/article?slug=${encodeURIComponent(slug)}`, { ignoreVary: true });
  if (!text) return;
  const fresh = make(await text.text());
  if (library.add(fresh)) await putRecord(slug, fresh);
}

let filling: Promise<Library> | undefined;
/** The library with every saved article, filled when it is first needed. */
function library(): Promise<Library> {
  filling ??= (async () => {
    await wasm();
    const library = new Library();
    for (const { slug } of await all()) await add(library, slug);
    return library;
  })();
  filling.catch(() => (filling = undefined));
  return filling;
}

async function answer(task: Task): Promise<unknown> {
  switch (task.task) {
    case "index":
      await wasm();
      return make(task.article);
    case "add":
      return filling && add(await library(), task.slug);
    case "remove":
      return filling && (await library()).remove(task.slug);
    case "search":
      return (await library()).search(JSON.stringify(task.parameters), Date.now());
  }
}

// What is saved or removed in one tab is found, or not, in the others too.
const others = new BroadcastChannel("liuguang-saved");
others.onmessage = ({ data }: MessageEvent<Task>) => void answer(data).catch(() => {});

addEventListener("message", async ({ data }: MessageEvent<Task & { id: number }>) => {
  try {
    if (data.task === "add" || data.task === "remove") others.postMessage(data);
    postMessage({ id: data.id, answer: await answer(data) });
  } catch (error) {
    postMessage({ id: data.id, error: String(error) });
  }
});
