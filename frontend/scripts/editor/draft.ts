// Asks the server to keep a text, and says what it answered.
import type { Pending } from "./journal";

/** A server that does not answer by then is not there. */
const ANSWER_MS = 20_000;

/** Whose text it is: nobody else's session may save it. */
export interface Whose {
  user: string;
  /** The article's number, or `new:` and the tab's name. */
  article: string;
}

/** What the server says of a save. */
export interface Answer {
  /** 0 when there is no answer to this save. */
  status: number;
  content: Record<string, unknown>;
}

export const isNew = (article: string): boolean => article.startsWith("new:");

export function request({ user, article }: Whose, { key, base, fields, explicit }: Pending): RequestInit & { body: string } {
  const body = JSON.stringify({ id: isNew(article) ? null : article, user, base_revision: base, key, fields, explicit });
  return { method: "POST", headers: { "content-type": "application/json", accept: "application/json" }, body, credentials: "same-origin" };
}

/** Sends one save. */
export async function send(whose: Whose, pending: Pending): Promise<Answer> {
  try {
    const response = await fetch("/api/draft", { ...request(whose, pending), signal: AbortSignal.timeout(ANSWER_MS) });
    // A hotel's sign-in page says nothing about the save, whatever its status.
    if (response.headers.get("x-served-by") !== "liuguang") return { status: 0, content: {} };
    // A definite refusal may come without JSON.
    const content = await response.json().catch(() => undefined);
    return { status: content || REFUSALS.includes(response.status) || response.status === 401 ? response.status : 0, content: content ?? {} };
  } catch {
    return { status: 0, content: {} };
  }
}

/** Statuses by which the server says that it will not take this text. */
export const REFUSALS = [403, 404, 413, 422];
