// A database of the browser (IndexedDB): opened when it is first needed, and again when it was closed meanwhile.

export class Database {
  private opening: Promise<IDBDatabase> | undefined;

  /** `make` makes the stores of a database that is not there yet. */
  constructor(
    private readonly name: string,
    private readonly make: (database: IDBDatabase) => void,
  ) {}

  /** Whether it was ever opened here; true where the browser does not tell. */
  async exists(): Promise<boolean> {
    return (await indexedDB.databases?.())?.some(({ name }) => name === this.name) ?? true;
  }

  /** Does something in one transaction; what it wrote is kept once this returns. */
  async act<T>(mode: IDBTransactionMode, stores: string[], work: (transaction: IDBTransaction) => IDBRequest<T> | void): Promise<T> {
    const transaction = await this.begin(mode, stores);
    return new Promise((done, fail) => {
      const request = work(transaction);
      transaction.oncomplete = () => done(request ? request.result : (undefined as T));
      // Only here the reason is known: when a request fails, the transaction has none yet.
      transaction.onabort = () => fail(transaction.error ?? new DOMException("the browser gave up the transaction", "AbortError"));
    });
  }

  private async begin(mode: IDBTransactionMode, stores: string[]): Promise<IDBTransaction> {
    try {
      return (await this.open()).transaction(stores, mode);
    } catch (error) {
      // A phone that needed memory closes databases of pages in the background, and not every browser says so.
      if (!(error instanceof DOMException) || error.name !== "InvalidStateError") throw error;
      this.opening = undefined;
      return (await this.open()).transaction(stores, mode);
    }
  }

  private open(): Promise<IDBDatabase> {
    const forget = (): void => void (this.opening = undefined);
    if (!this.opening) {
      this.opening = new Promise<IDBDatabase>((done, fail) => {
        const request = indexedDB.open(this.name, 1);
        request.onupgradeneeded = () => this.make(request.result);
        request.onsuccess = () => {
          const database = request.result;
          // A newer version of the site in another tab may need to change the stores.
          database.onversionchange = () => {
            database.close();
            forget();
          };
          database.onclose = forget;
          done(database);
        };
        request.onerror = () => fail(request.error);
        request.onblocked = () => fail(new Error("another tab holds the database"));
      });
      this.opening.catch(forget);
    }
    return this.opening;
  }
}
