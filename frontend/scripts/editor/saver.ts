// Keeps every word: first in the journal, then on the server, and tells truthfully where the newest text is.
import { REFUSALS, isNew, request, send } from "./draft";
import { type Fields, isBlank, same } from "./fields";
import { type Entry, type Pending, alone, drop, put } from "./journal";
import type { Text } from "./text";
import { clock, words } from "./words";

/** Typing is written down this long after it, at the latest. */
const JOURNAL_MS = 300;
/** Typing has stopped when nothing came for this long. */
const IDLE_MS = 2_000;
/** Whoever never stops typing is saved this often. */
const AT_MOST_MS = 10_000;
/** What a request may carry while the page goes away. */
const KEEPALIVE_BYTES = 60_000;

/** Another text on the server. */
export interface Theirs {
  revision: number;
  fields: Fields;
  saved_by: string;
  saved_at: number;
}

type Phase = "idle" | "sending" | "offline" | "signed-out" | "conflict" | "refused";

export interface Start {
  user: string;
  tab: string;
  article: string;
  base: number;
  ancestor: Fields;
  published: number;
  /** Where the article stands in its life, as the page shows it. */
  status: string;
  savedAt: number;
}

export class Saver {
  phase: Phase = "idle";
  /** Called when somebody has to decide. */
  onConflict: (theirs: Theirs) => void = () => {};
  onSignedOut: () => void = () => {};
  /** Called when the server cannot be reached. */
  onOffline: () => void = () => {};
  onStatus: (text: string, kind: string) => void = () => {};
  onSaved: (article: string) => void = () => {};
  /** Called when the server has something to say about a text that it took. */
  onNotice: (message: string) => void = () => {};
  /** Called when the article was moved or published while the page was open, with its state as people read it. */
  onMoved: (state: string) => void = () => {};
  private pending: Pending | null = null;
  private next: string = crypto.randomUUID();
  /** Entries of closed tabs whose text this tab goes on with. */
  private adopted: string[] = [];
  private written: Fields;
  private journalWorks = true;
  private journalTimer = 0;
  private timer = 0;
  private retryMs = 2_000;
  private since = 0;
  private running: Promise<void> | null = null;
  private explicit = false;
  private why = "";

  constructor(
    readonly text: Text,
    readonly state: Start,
  ) {
    this.written = text.read();
  }

  get entryId(): string {
    return `${this.state.user}/${this.state.tab}`;
  }

  /** Whether the server lacks something. */
  get dirty(): boolean {
    return this.pending !== null || !same(this.text.read(), this.state.ancestor);
  }

  /** Something was typed. */
  changed(): void {
    this.since ||= Date.now();
    if (this.phase === "refused") this.phase = "idle";
    if (!this.journalTimer) this.journalTimer = window.setTimeout(() => void this.write(), JOURNAL_MS);
    this.schedule(Math.min(IDLE_MS, Math.max(0, this.since + AT_MOST_MS - Date.now())));
    this.tell();
  }

  /** Writes the newest text into the journal. */
  async write(): Promise<void> {
    clearTimeout(this.journalTimer);
    this.journalTimer = 0;
    const fields = this.text.read();
    try {
      if (this.pending === null && same(fields, this.state.ancestor)) await drop(this.entryId);
      else await put(this.entry(fields));
      // Not before: on a full device the text would stand nowhere.
      for (const id of this.adopted.splice(0)) await drop(id);
      this.journalWorks = true;
      this.written = fields;
    } catch {
      this.journalWorks = false;
    }
    this.tell();
  }

  private entry(fields: Fields): Entry {
    const { user, article, tab, base, ancestor } = this.state;
    return { id: this.entryId, user, article, tab, fields, base, ancestor, pending: this.pending, next: this.next, at: Date.now() };
  }

  /** Goes on from what a tab that is gone left behind. */
  adopt(entry: Entry): void {
    this.pending = entry.pending;
    this.next = entry.next;
    this.state.base = entry.base;
    this.state.ancestor = entry.ancestor;
    this.state.article = entry.article;
    this.text.write(entry.fields);
    this.adopted.push(entry.id);
    void this.write();
    this.schedule(0);
  }

  schedule(after: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.push(), after);
  }

  /** Sends until the server has everything or somebody has to do something. */
  push(explicit = false): Promise<void> {
    this.explicit ||= explicit;
    this.running ??= alone(this.state.article, () => this.run()).finally(() => {
      this.running = null;
      this.tell();
    });
    return this.running;
  }

  private async run(): Promise<void> {
    // Whoever put signing in off is asked again when they want to save.
    if (this.phase === "signed-out" && this.explicit) this.onSignedOut();
    if (this.phase === "conflict" || this.phase === "signed-out") return;
    for (;;) {
      if (!this.pending) {
        const fields = this.text.read();
        if (same(fields, this.state.ancestor) && !this.explicit) break;
        if (isNew(this.state.article) && isBlank(fields)) break;
        this.pending = this.begin(fields);
      }
      this.phase = "sending";
      // Written down before it is sent: if the answer is lost with the tab, the same save is asked again under the same key.
      await this.write();
      if (!(await this.sendOne(this.pending))) return;
      if (same(this.text.read(), this.state.ancestor)) break;
      // Typing went on meanwhile; it is saved when it stops.
      if (Date.now() - this.since < AT_MOST_MS) {
        this.schedule(IDLE_MS);
        break;
      }
    }
    if (this.phase === "sending") this.phase = "idle";
    await this.write();
  }

  /** A save under the key that the journal knows already. */
  private begin(fields: Fields): Pending {
    const key = this.next;
    this.next = crypto.randomUUID();
    return { key, base: this.state.base, fields, explicit: this.explicit };
  }

  /** Sends one save; says whether sending may go on. */
  private async sendOne(pending: Pending): Promise<boolean> {
    const { status, content } = await send(this.state, pending);
    if (status === 200) {
      const first = isNew(this.state.article);
      this.pending = null;
      this.explicit = false;
      this.state.base = content.revision as number;
      this.state.ancestor = pending.fields;
      this.state.article = String(content.id);
      this.state.savedAt = content.saved_at as number;
      const moved = content.status !== this.state.status || content.published !== this.state.published;
      this.state.published = content.published as number;
      this.state.status = content.status as string;
      this.retryMs = 2_000;
      this.since = same(this.text.read(), pending.fields) ? 0 : Date.now();
      if (first) this.onSaved(this.state.article);
      if (typeof content.notice === "string") this.onNotice(content.notice);
      if (moved) this.onMoved(content.state as string);
      return true;
    }
    if (status === 409) {
      this.pending = null;
      this.phase = "conflict";
      await this.write();
      this.onConflict(content as unknown as Theirs);
      return false;
    }
    if (status === 401) {
      this.pending = null;
      this.phase = "signed-out";
      await this.write();
      this.onSignedOut();
      return false;
    }
    if (REFUSALS.includes(status)) {
      this.pending = null;
      this.phase = "refused";
      this.why = typeof content.message === "string" ? content.message : "";
      await this.write();
      return false;
    }
    // No answer, or one that says nothing about this save: it may or may not be stored, so the same one is sent again.
    this.phase = "offline";
    this.onOffline();
    this.schedule(this.retryMs);
    this.retryMs = Math.min(30_000, this.retryMs * 2);
    await this.write();
    return false;
  }

  /** The network is back, or somebody signed in again; that it is the writer, the server sees to. */
  resume(): void {
    if (this.phase === "offline" || this.phase === "signed-out") this.phase = "idle";
    this.retryMs = 2_000;
    this.schedule(0);
  }

  /** Somebody decided: `fields` follow the other text. */
  async decide(theirs: Theirs, fields: Fields): Promise<void> {
    this.phase = "idle";
    this.state.base = theirs.revision;
    this.state.ancestor = theirs.fields;
    this.text.write(fields);
    await this.write();
    await this.push(true);
  }

  /** The page goes away: the journal holds the text; this only tries to be early. */
  leave(): void {
    void this.write();
    if (this.running || !this.dirty || this.phase === "conflict" || this.phase === "signed-out") return;
    const fields = this.text.read();
    if (isNew(this.state.article) && isBlank(fields)) return;
    const pending = this.pending ?? this.begin(fields);
    const asked = request(this.state, pending);
    if (asked.body.length * 3 > KEEPALIVE_BYTES) return;
    // The journal must know this key before anybody sends another one.
    this.pending = pending;
    void this.write();
    void fetch("/api/draft", { ...asked, keepalive: true }).catch(() => {});
    // If the page stays after all, the answer is asked for under the same key.
    this.schedule(IDLE_MS);
  }

  /** Where the newest text is. */
  tell(): void {
    const [kind, text] = this.status();
    // Who looks after new versions of the site must not reload this page now.
    this.text.form.dataset.dirty = String(this.dirty);
    this.onStatus(text, kind);
  }

  private status(): [string, string] {
    const now = this.text.read();
    if (!this.dirty) {
      if (this.phase === "conflict") return ["conflict", words.conflict];
      const { base, published, status, savedAt } = this.state;
      if (base === 0) return ["empty", words.empty];
      if (status === "published" && base === published) return ["published", words.published];
      return ["server", words.server(clock(savedAt), base)];
    }
    if (!this.journalWorks) return ["no-journal", words.noJournal];
    if (!same(now, this.written)) return ["typing", words.typing];
    switch (this.phase) {
      case "sending":
        return ["sending", words.sending];
      case "offline":
        return ["offline", words.offline];
      case "signed-out":
        return ["signed-out", words.signedOut];
      case "conflict":
        return ["conflict", words.conflict];
      case "refused":
        return ["refused", words.refused(this.why)];
      default:
        return navigator.onLine ? ["here", words.here] : ["offline", words.offline];
    }
  }
}
