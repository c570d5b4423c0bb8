// What was saved, in IndexedDB: one store for what lists show, one for the records that are searched.

import { Database } from "../database";

/** A saved article, without its text: that stands in the cache `saved`. */
export interface Saved {
  slug: string;
  title: string;
  author: string;
  savedAt: number;
  /** Size of page, data and pictures. */
  bytes: number;
  /** Keys in the cache `saved` that this article needs. */
  files: string[];
  /** Pictures that could not be saved. */
  missing: number;
  /** Whether the site has removed it since. */
  gone: boolean;
}

const database = new Database("liuguang-offline", (made) => {
  made.createObjectStore("articles", { keyPath: "slug" });
  made.createObjectStore("records");
});

const act = <T>(mode: IDBTransactionMode, work: (articles: IDBObjectStore, records: IDBObjectStore) => IDBRequest<T> | void): Promise<T> =>
  database.act(mode, ["articles", "records"], (transaction) => work(transaction.objectStore("articles"), transaction.objectStore("records")));

/** Every saved article, the last saved first. */
export async function all(): Promise<Saved[]> {
  const list = await act<Saved[]>("readonly", (articles) => articles.getAll());
  return list.sort((one, other) => other.savedAt - one.savedAt);
}

export const get = (slug: string): Promise<Saved | undefined> => act("readonly", (articles) => articles.get(slug));

/** The moment an article counts as saved. */
export const put = (saved: Saved, record: Uint8Array): Promise<void> =>
  act("readwrite", (articles, records) => {
    articles.put(saved);
    records.put(record, saved.slug);
  });

export const change = (saved: Saved): Promise<void> => act("readwrite", (articles) => void articles.put(saved));

export const putRecord = (slug: string, record: Uint8Array): Promise<void> =>
  act("readwrite", (_, records) => void records.put(record, slug));

export const remove = (slug: string): Promise<void> =>
  act("readwrite", (articles, records) => {
    articles.delete(slug);
    records.delete(slug);
  });

export const record = (slug: string): Promise<Uint8Array | undefined> => act("readonly", (_, records) => records.get(slug));
