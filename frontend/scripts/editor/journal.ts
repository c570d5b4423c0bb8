// The local journal: the newest text of every open tab in IndexedDB, kept until the server has it.
import { Database } from "../database";
import type { Fields } from "./fields";

/** A save whose answer has not come yet: it is sent again with the same key until one comes. */
export interface Pending {
  key: string;
  base: number;
  fields: Fields;
  explicit: boolean;
}

/** What a tab knew last. */
export interface Entry {
  id: string;
  user: string;
  article: string;
  tab: string;
  fields: Fields;
  base: number;
  ancestor: Fields;
  pending: Pending | null;
  /** Key of the save after `pending`. A page that goes away sends without the time to write down under which key. */
  next: string;
  at: number;
}

const STORE = "text";
const database = new Database("liuguang-editor", (made) => made.createObjectStore(STORE, { keyPath: "id" }));
const act = <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
  database.act(mode, [STORE], (transaction) => work(transaction.objectStore(STORE)));

export const put = async (entry: Entry): Promise<void> => void (await act("readwrite", (store) => store.put(entry)));
export const drop = async (id: string): Promise<void> => void (await act("readwrite", (store) => store.delete(id)));
export const get = (id: string): Promise<Entry | undefined> => act("readonly", (store) => store.get(id));
export const clear = async (): Promise<void> => void (await act("readwrite", (store) => store.clear()));

/** Everything that is written down; a browser in which nobody ever wrote gets no journal by this. */
export const entries = async (): Promise<Entry[]> => ((await database.exists()) ? act("readonly", (store) => store.getAll()) : []);

/** Entries of tabs that are gone. */
export async function orphans(): Promise<Entry[]> {
  const held = new Set((await navigator.locks?.query())?.held?.map((lock) => lock.name) ?? []);
  return (await entries()).filter((entry) => !held.has(tabLock(entry.tab)));
}

const tabLock = (tab: string): string => `liuguang-tab-${tab}`;

/** Holds a lock for as long as the tab lives; others see by it that this tab's entries are in use. */
export async function holdTab(tab: string): Promise<void> {
  if (!navigator.locks) return;
  await new Promise<void>((held) => {
    void navigator.locks.request(tabLock(tab), () => {
      held();
      return new Promise(() => {});
    });
  });
}

/** One save in flight for each article, over all tabs. */
export const alone = <T>(article: string, work: () => Promise<T>): Promise<T> =>
  navigator.locks ? (navigator.locks.request(`liuguang-save-${article}`, work) as Promise<T>) : work();
