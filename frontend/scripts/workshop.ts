// On the pages for those who write: tells of new versions of the site, sends what closed tabs left, and asks before signing
// out with words that the server does not have.
import { isNew } from "./editor/draft";
import { nameOf } from "./editor/fields";
import { drop, entries } from "./editor/journal";
import { sendUnsent } from "./editor/unsent";
import { make } from "./element";
import { watchForUpdates } from "./offline/update";
import { keep } from "./remembered";

const words = {
  left: (count: number): string => `本机有 ${count} 份文字还没有上传，打开后接着保存：`,
  nameless: "没有标题",
  discard: (count: number): string =>
    `本机还有 ${count} 份文字没有上传。要删掉它们再退出吗？\n“取消”会把它们留在这台设备上，下次登录后可以找回。`,
};

/** How long signing out waits for what can still be sent. */
const PATIENCE_MS = 5_000;

/** Sends what can be sent, and lists the rest on the author's list. */
async function unsent(): Promise<void> {
  const { sent, left } = await sendUnsent();
  const place = document.querySelector<HTMLElement>("[data-unsent]");
  if (!place) return;
  // The list was made before it arrived.
  if (sent > 0) return location.reload();
  const mine = left.filter((entry) => entry.user === place.dataset.unsent);
  place.hidden = mine.length === 0;
  const links = mine.map(({ article, fields }) => {
    const href = isNew(article) ? "/editor/new" : `/editor/${article}`;
    return make("li", {}, make("a", { href }, nameOf(fields) || words.nameless));
  });
  place.replaceChildren(words.left(mine.length), make("ul", {}, ...links));
}

/** Nothing private stays on the device that its writer does not want there. */
async function leave(user: string): Promise<void> {
  keep("searches", null);
  keep("found", null);
  await Promise.race([sendUnsent(), new Promise((done) => setTimeout(done, PATIENCE_MS))]);
  const left = (await entries()).filter((entry) => entry.user === user);
  if (left.length > 0 && confirm(words.discard(left.length))) await Promise.all(left.map((entry) => drop(entry.id)));
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-leaves]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave(form.dataset.leaves ?? "").catch(() => {}).finally(() => form.submit());
  });
}
// The page of a text takes over by itself what belongs to it.
if (!document.querySelector("form[data-editor]")) {
  const send = (): void => void unsent().catch(() => {});
  addEventListener("online", send);
  send();
}
watchForUpdates().catch(() => {
  // Without a service worker the pages work as long as there is a network.
});
