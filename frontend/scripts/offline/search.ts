// Search without the network: asks the worker, and answers the client's own request for results when nobody else does.

import { all } from "./database";
import { notice, withdraw } from "./notice";
import { words } from "./words";
import type { Task } from "./worker";

declare const SEARCH_WORKER: string;

let worker: Worker | undefined;
let last = 0;
const waiting = new Map<number, { done: (answer: any) => void; fail: (error: Error) => void }>();

/** Gives the worker a task. It is started with the first one. */
export function ask<T>(task: Task): Promise<T> {
  if (!worker) {
    worker = new Worker(SEARCH_WORKER, { type: "module" });
    worker.onmessage = ({ data }) => {
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.error) asked?.fail(new Error(data.error));
      else asked?.done(data.answer);
    };
    worker.onerror = (event) => {
      for (const { fail } of waiting.values()) fail(new Error(event.message || "the worker could not be started"));
      waiting.clear();
      worker = undefined;
    };
  }
  const id = ++last;
  return new Promise((done, fail) => {
    waiting.set(id, { done, fail });
    worker?.postMessage({ ...task, id });
  });
}

/** The answer of `/api/search` from saved articles, as JSON. */
export const search = (parameters: URLSearchParams): Promise<string> =>
  ask({ task: "search", parameters: Object.fromEntries(parameters) });

/** Lets the search page of the client go on without the network: its request is answered from the saved articles. */
export function answerSearches(): void {
  const network = window.fetch.bind(window);
  window.fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (url.origin !== location.origin || url.pathname !== "/api/search") return network(input, init);
    let failure: unknown;
    try {
      const answer = await network(input, init);
      if (answer.headers.get("x-served-by") === "liuguang") {
        withdraw("search");
        return answer;
      }
      failure = new TypeError("the answer came from somebody else");
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      failure = error;
    }
    try {
      const saved = (await all()).length;
      if (saved > 0) {
        const results = await search(url.searchParams);
        notice("search", words.answeredOffline(saved));
        return new Response(results, { headers: { "content-type": "application/json" } });
      }
    } catch {
      // Then the failure of the network is what the reader is told.
    }
    throw failure;
  };
}
