// The local journal: the newest text of every open tab in IndexedDB, kept until the server has it.
import type { Fields } from "./text";

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
  at: number;
}

const STORE = "text";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("liuguang-editor", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

export class Journal {
  private database: Promise<IDBDatabase> | undefined;

  private async run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    this.database ??= open();
    let database: IDBDatabase;
    try {
      database = await this.database;
    } catch (error) {
      this.database = undefined;
      throw error;
    }
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      // Only a completed transaction is kept by the browser.
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  async put(entry: Entry): Promise<void> {
    await this.run("readwrite", (store) => store.put(entry));
  }

  async drop(id: string): Promise<void> {
    await this.run("readwrite", (store) => store.delete(id));
  }

  /** Entries of tabs that are gone. */
  async orphans(user: string, tab: string): Promise<Entry[]> {
    const entries = (await this.run("readonly", (store) => store.getAll())) as Entry[];
    const held = new Set((await navigator.locks?.query())?.held?.map((lock) => lock.name) ?? []);
    return entries.filter((entry) => entry.user === user && entry.tab !== tab && !held.has(tabLock(entry.tab)));
  }
}

export const tabLock = (tab: string): string => `liuguang-tab-${tab}`;

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
