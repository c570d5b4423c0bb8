// The service worker: built files from the cache, pages from the network while there is one, private pages never kept.
// A page names the hashed files it was made with, so old HTML never meets newer WASM; caches carry the build's name.
// What readers saved stands in its own cache with its own files and outlives every build.

import { UNSENT, sendUnsent } from "./editor/unsent";

declare const BUILD: string;
declare const FILES: readonly string[];
const scope = self as unknown as ServiceWorkerGlobalScope;

const ASSETS = `assets-${BUILD}`;
const PAGES = `pages-${BUILD}`;
const SAVED = "saved";
const OFFLINE = "/offline";
/** How long a kept copy waits for the network. Without a copy a slow page is better than none. */
const WAIT = 3000;
/** Pages that are kept because they were visited. */
const VISITED = 60;
const PRIVATE = /^\/(account|admin|editor|sign|log|api|random|metrics|healthz|readyz)/;

/** Whether our server gave this answer, and not a hotel's sign-in page. */
const ours = (answer: Response): boolean => answer.headers.get("x-served-by") === "liuguang";
const match = async (cache: string, key: string): Promise<Response | undefined> =>
  (await caches.open(cache)).match(key, { ignoreVary: true });

scope.addEventListener("install", (event) => event.waitUntil(install()));

async function install(): Promise<void> {
  const cache = await caches.open(ASSETS);
  await caches.open(PAGES);
  await Promise.all(
    [...FILES, OFFLINE].map(async (path) => {
      const answer = await fetch(path, path === OFFLINE ? { cache: "reload", credentials: "omit" } : {});
      let good = answer.ok && ours(answer);
      // While a new version is being put in place the page may still be the old one.
      if (path === OFFLINE) good &&= (await answer.clone().text()).match(/\/pkg\/[\w.-]+/g)?.every((file) => FILES.includes(file)) ?? false;
      if (!good) throw new Error(path);
      await cache.put(path, answer);
    }),
  );
}

scope.addEventListener("activate", (event) => event.waitUntil(activate()));

async function activate(): Promise<void> {
  for (const name of await caches.keys()) {
    if (/^(assets|pages)-/.test(name) && name !== ASSETS && name !== PAGES) await caches.delete(name);
  }
  await scope.clients.claim();
}

scope.addEventListener("message", (event) => {
  if (event.data === "update") scope.skipWaiting();
});

// Where browsers can (Background Sync), texts of closed tabs are sent when the network is back.
scope.addEventListener("sync", (event: any) => {
  if (event.tag === UNSENT) event.waitUntil(sendUnsent());
});

scope.addEventListener("fetch", (event) => {
  const request: Request = event.request;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const path = url.pathname;
  // Who signs out leaves no trace of what was read.
  if (request.method === "POST" && /(sign|log).?out/.test(path)) event.waitUntil(caches.delete(PAGES).then(() => caches.open(PAGES)));
  if (request.method !== "GET" || request.cache === "reload") return;
  if (FILES.includes(path) || path.startsWith("/pkg/")) event.respondWith(file(event, path));
  else if (request.mode === "navigate" && !path.startsWith("/downloads/")) event.respondWith(page(event, url));
  else if (path.startsWith("/media/") || path === "/api/article") event.respondWith(saved(request, url));
});

/** A built file: its name holds its hash, so a copy is as good as the original. */
async function file(event: any, path: string): Promise<Response> {
  const kept = await caches.match(path, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(event.request);
  if (answer.ok && ours(answer)) {
    const copy = answer.clone();
    event.waitUntil(put(ASSETS, path, copy));
  }
  return answer;
}

/** Puts a copy into a cache that stands: what an older worker still finishes brings back no cache that the newer one deleted. */
async function put(name: string, key: string, copy: Response): Promise<Cache | undefined> {
  if (!(await caches.has(name))) return undefined;
  const cache = await caches.open(name);
  await cache.put(key, copy);
  return cache;
}

/** What belongs to a saved article: from the network, else as saved. */
async function saved(request: Request, url: URL): Promise<Response> {
  // Clients of earlier builds write `slug=x&`.
  const slug = url.searchParams.get("slug");
  const kept = await match(SAVED, slug ? `${url.pathname}?slug=${encodeURIComponent(slug)}` : url.pathname + url.search);
  return kept ? first(fetch(request), kept, true) : fetch(request);
}

async function page(event: any, url: URL): Promise<Response> {
  const secret = PRIVATE.test(url.pathname);
  const key = url.pathname + url.search;
  const network = fetch(event.request).then((answer) => {
    if (!secret && url.pathname !== OFFLINE) keep(event, key, answer);
    return answer;
  });
  network.catch(() => {});
  // What was saved comes before what was only visited: its pictures are there.
  const chosen = secret ? undefined : await match(SAVED, url.pathname);
  const kept = chosen ?? (url.pathname === OFFLINE ? await match(ASSETS, OFFLINE) : secret ? undefined : await match(PAGES, key));
  if (kept) return first(network, kept, chosen !== undefined);
  try {
    return await network;
  } catch {
    const asked = url.pathname === "/search" ? `?q=${encodeURIComponent(url.searchParams.get("q") ?? "")}` : `?from=${encodeURIComponent(key)}`;
    return Response.redirect(OFFLINE + asked, 302);
  }
}

/** The network's answer, or the copy when the network is slow, gone, broken or somebody else's, or the original is gone. */
async function first(network: Promise<Response>, kept: Response, isSaved: boolean): Promise<Response> {
  try {
    const answer = await Promise.race([network, new Promise<undefined>((done) => setTimeout(done, WAIT))]);
    if (answer?.type === "opaqueredirect") return answer;
    return answer && ours(answer) && answer.status < 500 && !(isSaved && [404, 410].includes(answer.status)) ? answer : copy(kept);
  } catch {
    return copy(kept);
  }
}

/** Says to the page that it is a copy: it need not spare a network that it does not use. */
function copy(kept: Response): Response {
  const headers = new Headers(kept.headers);
  headers.append("server-timing", "copy");
  return new Response(kept.body, { status: kept.status, headers });
}

/** Keeps a public page that was visited; the oldest ones go. */
function keep(event: any, key: string, answer: Response): void {
  const html = answer.headers.get("content-type")?.startsWith("text/html");
  const secret = /no-store|private/.test(answer.headers.get("cache-control") ?? "");
  if (answer.status !== 200 || answer.redirected || !ours(answer) || !html || secret) return;
  const copy = answer.clone();
  event.waitUntil(
    put(PAGES, key, copy).then(async (cache) => {
      const keys = (await cache?.keys()) ?? [];
      for (const old of keys.slice(0, Math.max(0, keys.length - VISITED))) await cache?.delete(old);
    }).catch(() => {}),
  );
}
