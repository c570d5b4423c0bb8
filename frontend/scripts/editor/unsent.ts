// Sends what closed tabs left in the journal: the next page does it, or the service worker when the network returns.
import { send } from "./draft";
import { type Entry, alone, drop, get, orphans, put } from "./journal";
import { same } from "./fields";

/** Who sends or takes over what closed tabs left holds this lock. */
export const UNSENT = "liuguang-unsent";

/** Sends every text that no open tab holds; says how many went out, and which the server does not have yet. */
export async function sendUnsent(): Promise<{ sent: number; left: Entry[] }> {
  // Without locks nobody knows which tabs are open.
  if (!navigator.locks) return { sent: 0, left: [] };
  return navigator.locks.request(UNSENT, async () => {
    const found = await orphans();
    const left: Entry[] = [];
    for (const entry of found) {
      if (!(await alone(entry.article, () => sendEntry(entry.id)))) left.push(entry);
    }
    return { sent: found.length - left.length, left };
  });
}

/** Sends one entry of the journal until the server has all of it; false when it does not take it now. */
async function sendEntry(id: string): Promise<boolean> {
  for (;;) {
    const entry = await get(id);
    if (!entry) return true;
    const next = entry.pending ? entry.next : crypto.randomUUID();
    const pending = entry.pending ?? { key: entry.next, base: entry.base, fields: entry.fields, explicit: false };
    // Written down first: whoever sends this text next asks for the same save.
    if (!entry.pending) await put({ ...entry, pending, next });
    const { status, content } = await send(entry, pending);
    if (status === 200) {
      if (same(entry.fields, pending.fields)) {
        await drop(id);
        return true;
      }
      await put({ ...entry, article: String(content.id), base: content.revision as number, ancestor: pending.fields, pending: null, next });
      continue;
    }
    // Somebody has to decide; the editor asks again and shows why.
    if (status !== 0 && status < 500) await put({ ...entry, pending: null, next });
    return false;
  }
}
