// Saves articles with their pages, pictures and the files their pages need. An article counts as saved when the
// database says so, last of all; what a killed save left behind is swept away by the next one.

import { all, change, get, put, remove as forget, type Saved } from "./database";
import { ask } from "./search";
import type { TroubleKind } from "./words";
import type { Task } from "./worker";

const CACHE = "saved";

/** What kept an article from being saved. */
export class Trouble extends Error {
  constructor(readonly kind: TroubleKind) {
    super(kind);
  }
}

const data = (slug: string): string => `/api/article?slug=${encodeURIComponent(slug)}`;
const page = (slug: string): string => `/articles/${encodeURIComponent(slug)}`;

/** Fetches from the site itself; `reload` passes by the service worker and every cache. */
export async function fetchOurs(path: string, cache: RequestCache = "reload"): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, { cache });
  } catch {
    throw new Trouble("network");
  }
  if (answer.headers.get("x-served-by") !== "liuguang") throw new Trouble("foreign");
  if (answer.status === 410) throw new Trouble("gone");
  if (answer.status === 404) throw new Trouble("missing");
  if (!answer.ok) throw new Trouble("server");
  return answer;
}

/** Names the reason of a failure. */
export function reason(error: unknown): TroubleKind {
  if (error instanceof Trouble) return error.kind;
  if (!(error instanceof DOMException)) return "broken";
  return error.name === "QuotaExceededError" ? "full" : "blocked";
}

/** Whether further articles would fail as well. */
export const stops = (error: unknown): boolean => ["full", "blocked", "network", "foreign"].includes(reason(error));

/** One change of the saved articles at a time, in whatever tab. */
const alone = <T>(work: () => Promise<T>): Promise<T> =>
  navigator.locks ? (navigator.locks.request(CACHE, work) as Promise<T>) : work();

/** Saves an article, or brings what is saved up to date. */
export function save(slug: string): Promise<Saved> {
  return alone(async () => {
    try {
      return await saveAlone(slug);
    } catch (error) {
      const trouble = reason(error);
      if (isAway(trouble)) await mark(slug, true).catch(() => {});
      await sweep().catch(() => {});
      throw new Trouble(trouble);
    }
  });
}

/** Whether the reason is that the site does not have the article any more. */
export const isAway = (kind: TroubleKind): boolean => kind === "gone" || kind === "missing";

async function mark(slug: string, gone: boolean): Promise<void> {
  const kept = await get(slug);
  if (kept) await change({ ...kept, gone });
}

/** Whether the site does not have a saved article any more. What cannot be found out now is as it was. */
export async function isGone(saved: Saved): Promise<boolean> {
  const answer = await fetch(page(saved.slug), { method: "HEAD", cache: "no-cache" }).catch(() => undefined);
  if (answer?.headers.get("x-served-by") !== "liuguang") return saved.gone;
  const gone = [404, 410].includes(answer.status);
  if (gone !== saved.gone) await alone(() => mark(saved.slug, gone));
  return gone;
}

async function saveAlone(slug: string): Promise<Saved> {
  if (!("caches" in window) || !("indexedDB" in window)) throw new Trouble("blocked");
  await all();
  const cache = await caches.open(CACHE);
  const text = oneWidth(await (await fetchOurs(data(slug))).text());
  const article = parse(text);
  if (article?.slug !== slug) throw new Trouble("foreign");
  const answer = await fetchOurs(page(slug));
  const html = oneWidth(await answer.text());
  const shown = new DOMParser().parseFromString(html, "text/html");

  const saved: Saved = {
    slug, title: article.title, author: article.author?.name ?? "", savedAt: Date.now(), bytes: 0, files: [], missing: 0, gone: false,
  };
  const store = async (key: string, response: Response): Promise<void> => {
    saved.bytes += (await response.clone().blob()).size;
    await cache.put(key, response);
    saved.files.push(key);
  };
  for (const source of new Set([...shown.querySelectorAll("main img")].map((image) => image.getAttribute("src") ?? ""))) {
    const url = new URL(source, location.href);
    try {
      if (url.origin !== location.origin) throw new Trouble("missing");
      await store(url.pathname + url.search, await fetchOurs(url.pathname + url.search, "default"));
    } catch (error) {
      // A picture that is not there any more is said; a network that breaks now would leave half an article.
      if (!(error instanceof Trouble) || !isAway(error.kind)) throw error;
      saved.missing += 1;
    }
  }
  // The files of the page's build, so that it stays whole when the site has moved on; articles share them.
  for (const file of new Set(html.split("</head>")[0].match(/\/pkg\/[\w.-]+/g))) {
    if (!(await cache.match(file))) {
      await cache.put(file, (await caches.match(file, { ignoreVary: true })) ?? (await fetchOurs(file, "default")));
    }
    saved.files.push(file);
  }
  const record = await ask<Uint8Array>({ task: "index", article: text });
  // An older copy stays whole until the new one is: whatever stops this now, the files of both are kept.
  const earlier = await get(slug);
  if (earlier) await change({ ...earlier, files: [...earlier.files, ...saved.files] });
  await store(data(slug), new Response(text, { headers: { "content-type": "application/json", "x-served-by": "liuguang" } }));
  await store(page(slug), new Response(html, { headers: answer.headers }));
  await put(saved, record);
  await tell({ task: "add", slug });
  await sweep();
  return saved;
}

/** Lets the search know. Without its worker the article is saved, or removed, all the same. */
const tell = (task: Task): Promise<void> => ask<void>(task).catch(() => {});

/**
 * HTML, or JSON that holds it, in which each picture has only its original, for that is what is saved. Text may say the
 * same as a tag, but not begin with `<`.
 */
const oneWidth = (text: string): string => text.replace(/(<img\b[^<]*?) srcset=(\\?)"\/media\/[^"\\]*\2" sizes=\2"[^"\\]*\2"/g, "$1");

function parse(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Removes a saved article. */
export const remove = (slug: string): Promise<void> =>
  alone(async () => {
    await forget(slug);
    await sweep();
    await tell({ task: "remove", slug });
  });

/** Removes from the cache what no saved article needs. */
async function sweep(): Promise<void> {
  const needed = new Set((await all()).flatMap((saved) => saved.files));
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys()) {
    const url = new URL(request.url);
    if (!needed.has(url.pathname + url.search)) await cache.delete(request);
  }
}
