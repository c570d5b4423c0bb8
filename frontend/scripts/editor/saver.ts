// Keeps every word: first in the journal, then on the server, and tells truthfully where the newest text is.
import { type Entry, Journal, type Pending } from "./journal";
import { type Fields, type Text, same } from "./text";
import { clock, words } from "./words";

/** Typing is written down this long after it, at the latest. */
const JOURNAL_MS = 300;
/** Typing has stopped when nothing came for this long. */
const IDLE_MS = 2_000;
/** Whoever never stops typing is saved this often. */
const AT_MOST_MS = 10_000;
/** A server that does not answer by then is not there. */
const ANSWER_MS = 20_000;
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
  isPublished: boolean;
  savedAt: number;
}

export class Saver {
  readonly journal = new Journal();
  phase: Phase = "idle";
  /** Called when somebody has to decide. */
  onConflict: (theirs: Theirs) => void = () => {};
  onSignedOut: () => void = () => {};
  onStatus: (text: string, kind: string) => void = () => {};
  onSaved: (article: string) => void = () => {};
  private pending: Pending | null = null;
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
      if (this.pending === null && same(fields, this.state.ancestor)) await this.journal.drop(this.entryId);
      else await this.journal.put(this.entry(fields));
      this.journalWorks = true;
      this.written = fields;
    } catch {
      this.journalWorks = false;
    }
    this.tell();
  }

  private entry(fields: Fields): Entry {
    const { user, article, tab, base, ancestor } = this.state;
    return { id: this.entryId, user, article, tab, fields, base, ancestor, pending: this.pending, at: Date.now() };
  }

  /** Goes on from what a tab that is gone left behind. */
  adopt(entry: Entry): void {
    this.pending = entry.pending;
    this.state.base = entry.base;
    this.state.ancestor = entry.ancestor;
    this.state.article = entry.article;
    this.text.write(entry.fields);
    void this.write().then(() => this.journal.drop(entry.id));
    this.schedule(0);
  }

  schedule(after: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.push(), after);
  }

  /** Sends until the server has everything or somebody has to do something. */
  push(explicit = false): Promise<void> {
    this.explicit ||= explicit;
    this.running ??= this.locked().finally(() => {
      this.running = null;
      this.tell();
    });
    return this.running;
  }

  /** One save in flight for each article, over all tabs. */
  private async locked(): Promise<void> {
    if (!navigator.locks) return this.run();
    await navigator.locks.request(`liuguang-save-${this.state.article}`, () => this.run());
  }

  private async run(): Promise<void> {
    if (this.phase === "conflict" || this.phase === "signed-out") return;
    for (;;) {
      if (!this.pending) {
        const fields = this.text.read();
        if (same(fields, this.state.ancestor) && !this.explicit) break;
        if (this.state.article.startsWith("new:") && !Object.entries(fields).some(([name, text]) => name !== "kind" && text.trim())) break;
        this.pending = { key: crypto.randomUUID(), base: this.state.base, fields, explicit: this.explicit };
      }
      this.phase = "sending";
      // Written down before it is sent: if the answer is lost with the tab, the same save is asked again under the same key.
      await this.write();
      if (!(await this.send(this.pending))) return;
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

  private request(pending: Pending): RequestInit {
    const { article } = this.state;
    const id = article.startsWith("new:") ? null : article;
    const body = JSON.stringify({ id, base_revision: pending.base, key: pending.key, fields: pending.fields, explicit: pending.explicit });
    return { method: "POST", headers: { "content-type": "application/json", accept: "application/json" }, body, credentials: "same-origin" };
  }

  /** Sends one save; says whether sending may go on. */
  private async send(pending: Pending): Promise<boolean> {
    let status = 0;
    let answer: Record<string, unknown> = {};
    try {
      const response = await fetch("/api/draft", { ...this.request(pending), signal: AbortSignal.timeout(ANSWER_MS) });
      status = response.status;
      answer = (await response.json()) as Record<string, unknown>;
    } catch {
      // A definite refusal may come without JSON; everything else is no answer.
      if (![401, 403, 404, 413, 422].includes(status)) status = 0;
    }
    if (status === 200) {
      const first = this.state.article.startsWith("new:");
      this.pending = null;
      this.explicit = false;
      this.state.base = answer.revision as number;
      this.state.ancestor = pending.fields;
      this.state.article = String(answer.id);
      this.state.savedAt = answer.saved_at as number;
      this.state.published = answer.published as number;
      this.state.isPublished = answer.status === "published";
      this.retryMs = 2_000;
      this.since = same(this.text.read(), pending.fields) ? 0 : Date.now();
      if (first) this.onSaved(this.state.article);
      return true;
    }
    if (status === 409) {
      this.pending = null;
      this.phase = "conflict";
      await this.write();
      this.onConflict(answer as unknown as Theirs);
      return false;
    }
    if (status === 401) {
      this.pending = null;
      this.phase = "signed-out";
      await this.write();
      this.onSignedOut();
      return false;
    }
    if ([403, 404, 413, 422].includes(status)) {
      this.pending = null;
      this.phase = "refused";
      this.why = typeof answer.message === "string" ? answer.message : "";
      await this.write();
      return false;
    }
    // No answer, or one that says nothing about this save: it may or may not be stored, so the same one is sent again.
    this.phase = "offline";
    this.schedule(this.retryMs);
    this.retryMs = Math.min(30_000, this.retryMs * 2);
    await this.write();
    return false;
  }

  /** The network is back, or somebody signed in again. */
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
    const pending = this.pending ?? { key: crypto.randomUUID(), base: this.state.base, fields, explicit: false };
    if (this.state.article.startsWith("new:") && !fields.title && !fields.body) return;
    const request = this.request(pending);
    if ((request.body as string).length * 3 > KEEPALIVE_BYTES) return;
    // The journal must know this key before anybody sends another one.
    this.pending = pending;
    void this.write();
    void fetch("/api/draft", { ...request, keepalive: true }).catch(() => {});
    // If the page stays after all, the answer is asked for under the same key.
    this.schedule(IDLE_MS);
  }

  /** Where the newest text is. */
  tell(): void {
    const [kind, text] = this.status();
    this.onStatus(text, kind);
  }

  private status(): [string, string] {
    const now = this.text.read();
    if (!this.dirty) {
      if (this.phase === "conflict") return ["conflict", words.conflict];
      const { base, published, isPublished, savedAt } = this.state;
      if (base === 0) return ["empty", words.empty];
      if (isPublished && base === published) return ["published", words.published];
      return ["server", words.server(clock(savedAt), base)];
    }
    if (!same(now, this.written)) return ["typing", words.typing];
    if (!this.journalWorks) return ["no-journal", words.noJournal];
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
