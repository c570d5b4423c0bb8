// Takes over the editor's form: code editor, journal, saving, preview. Without this script the form is a plain form.
import type { EditorView } from "@codemirror/view";
import { mount } from "./code";
import { LinkCompletion, completeTags } from "./completion";
import { chooseCover } from "./cover";
import { conflict, signIn } from "./dialogs";
import { isNew } from "./draft";
import { type Fields, NAMES, isBlank, nameOf, same } from "./fields";
import { type Entry, drop as forget, holdTab, orphans } from "./journal";
import { openLaunched } from "./launched";
import { drop, paste, send } from "./paste";
import { Preview } from "./preview";
import { Saver } from "./saver";
import { Text } from "./text";
import { button, toolbar } from "./toolbar";
import { UNSENT } from "./unsent";
import { words } from "./words";

/** Signs in and says who is signed in then; null when it was refused. */
async function authenticate(username: string, password: string): Promise<string | null> {
  const response = await fetch("/api/sign_in", {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({ username, password }),
    redirect: "manual",
  }).catch(() => null);
  if (!response || response.status >= 400) return null;
  const whoami = await fetch("/api/draft/who", { headers: { accept: "application/json" } }).catch(() => null);
  return whoami?.ok ? ((await whoami.json()) as { user: string }).user : null;
}

/** A line above the form. */
function notice(form: HTMLFormElement, message: string, ...actions: [string, () => void][]): HTMLElement {
  const bar = document.createElement("p");
  bar.className = "note";
  bar.setAttribute("role", "status");
  bar.append(message);
  for (const [word, act] of actions) {
    bar.append(" ", button(word, word, () => {
      bar.remove();
      act();
    }));
  }
  form.before(bar);
  return bar;
}

/** Shows where the article stands now, and the way to the buttons that belong to it. */
function moved(form: HTMLFormElement, state: string): void {
  const [badge, ...others] = document.querySelectorAll(".editor-head .badge");
  if (badge) badge.textContent = state;
  for (const other of others) other.remove();
  document.querySelector(".note[data-moved]")?.remove();
  // The page may be the answer to a post: it is opened anew and not posted again.
  notice(form, words.moved(state), [words.reload, () => location.assign(location.pathname)]).dataset.moved = "";
}

async function start(form: HTMLFormElement): Promise<void> {
  const text = new Text(form);
  const { id, user = "", published = "0", saved = "0", fresh = "", status = "" } = form.dataset;
  const tab = crypto.randomUUID();
  const none = Object.fromEntries(NAMES.map((name) => [name, ""])) as Fields;
  // What was shared with the site or refused for its size stands in the form, and the server does not have it.
  const unsaved = !id && !isBlank(text.read());
  const saver = new Saver(text, {
    user,
    tab,
    article: id ?? `new:${tab}`,
    base: Number(text.field("base_revision")?.value ?? 0),
    ancestor: unsaved ? { ...none } : text.read(),
    published: Number(published),
    status,
    savedAt: Number(saved),
  });

  const area = text.field("body") as HTMLTextAreaElement;
  const line = form.querySelector<HTMLElement>(".editor-status");
  const host = form.querySelector<HTMLElement>(".editor-code");
  let view: EditorView | undefined;
  const tell = (message: string): void => void notice(form, message);
  const preview = new Preview(form.querySelector<HTMLElement>(".editor-preview") ?? document.createElement("div"), () => text.body.read(), (number) => {
    if (!view) return;
    const at = view.state.doc.line(Math.min(number, view.state.doc.lines)).from;
    view.dispatch({ selection: { anchor: at }, scrollIntoView: true });
    view.focus();
  });
  const tags = text.field("tags");
  if (tags instanceof HTMLInputElement) completeTags(tags);
  const cover = text.field("cover");
  if (cover instanceof HTMLInputElement) chooseCover(cover, () => text.body.read(), (file) => send(file, tell));
  let frame = 0;
  if (host) {
    const links = new LinkCompletion();
    view = mount(host, area, {
      changed: () => {
        saver.changed();
        preview.soon();
        if (view) links.changed(view);
      },
      left: () => links.close(),
      key: (event) => links.key(event),
      scrolled: () => {
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(() => {
          if (!view) return;
          const top = view.lineBlockAtHeight(view.scrollDOM.scrollTop);
          preview.follow(view.state.doc.lineAt(top.from).number, view.state.doc.lines);
        });
      },
      paste: (event) => view !== undefined && paste(view, event, tell, (question, answer, act) => void notice(form, question, [answer, act])),
      drop: (event) => view !== undefined && drop(view, event, tell),
    });
    const mounted = view;
    // The text as one string, made once for each change however often it is asked for.
    let [doc, whole] = [mounted.state.doc, mounted.state.doc.toString()];
    text.body.read = () => {
      if (doc !== mounted.state.doc) [doc, whole] = [mounted.state.doc, mounted.state.doc.toString()];
      return whole;
    };
    text.body.write = (body) => mounted.dispatch({ changes: { from: 0, to: mounted.state.doc.length, insert: body } });
    if (area.autofocus) mounted.focus();
    const full = button("sign-full", words.full, () => document.documentElement.classList.toggle("editor-full"));
    const bar = form.querySelector<HTMLElement>(".editor-toolbar");
    if (bar) toolbar(bar, view, [full]);
  }

  saver.onStatus = (message, kind) => {
    if (!line) return;
    if (line.textContent !== message) line.textContent = message;
    line.dataset.where = kind;
  };
  saver.onConflict = (theirs) => void conflict(saver, theirs);
  saver.onSignedOut = () => signIn(saver, authenticate);
  // Where the browser can, the service worker sends the text when the network is back and this tab may be closed.
  saver.onOffline = () => void navigator.serviceWorker?.getRegistration().then((registration: any) => registration?.sync?.register(UNSENT)).catch(() => {});
  saver.onNotice = (message) => {
    // The page may have said it already.
    if (![...document.querySelectorAll(".note")].some((note) => note.textContent === message)) tell(message);
  };
  saver.onMoved = (state) => moved(form, state);
  saver.onSaved = (article) => {
    const address = `/editor/${article}`;
    // Not as a property: the buttons are called `action` too.
    form.setAttribute("action", address);
    for (const other of form.querySelectorAll("[formaction]")) other.setAttribute("formaction", `${address}#preview`);
    history.replaceState(null, "", address);
  };

  form.addEventListener("input", (event) => {
    if (NAMES.includes((event.target as HTMLInputElement).name as never)) saver.changed();
  });
  addEventListener("online", () => saver.resume());
  addEventListener("offline", () => saver.tell());
  addEventListener("blur", () => void saver.write().then(() => saver.dirty && saver.schedule(0)));
  document.addEventListener("visibilitychange", () => document.hidden && saver.leave());
  addEventListener("pagehide", () => saver.leave());
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      void saver.push(true);
    }
    if (event.key === "Escape") document.documentElement.classList.remove("editor-full");
  });

  // A post must follow the newest text that the server has, or it would conflict with our own save.
  let cleared = false;
  const submit = (event: SubmitEvent): void => {
    if (cleared) return;
    event.preventDefault();
    const submitter = event.submitter as HTMLButtonElement | null;
    void saver.push().then(() => {
      if (saver.phase === "signed-out") saver.onSignedOut();
      if (saver.phase === "conflict" || saver.phase === "signed-out" || saver.phase === "offline") return;
      area.value = text.body.read();
      const base = text.field("base_revision");
      if (base) base.value = String(saver.state.base);
      cleared = true;
      const target = event.target as HTMLFormElement;
      target.requestSubmit(submitter);
      cleared = false;
    });
  };
  form.addEventListener("submit", submit);
  for (const other of document.querySelectorAll<HTMLFormElement>(".revisions form")) other.addEventListener("submit", submit);

  await holdTab(tab);
  await recover(saver, form, fresh);
  saver.tell();
  preview.soon(0);
  if (unsaved) saver.schedule(0);
  if (!id) openLaunched(saver, tell);
  void navigator.storage?.persist?.().catch(() => false);
  form.dataset.ready = "true";
  // The code editor took another place than the textarea since the page went there.
  if (location.hash === "#preview") document.getElementById("preview")?.scrollIntoView();
}

/** How long another page, which sends what closed tabs left, is waited for. */
const OTHERS_MS = 5_000;

/** Finds what tabs that are gone left behind. */
async function recover(saver: Saver, form: HTMLFormElement, fresh: string): Promise<void> {
  const work = (): Promise<void> => recoverAlone(saver, form, fresh);
  if (!navigator.locks) return work();
  await navigator.locks.request(UNSENT, { signal: AbortSignal.timeout(OTHERS_MS) }, work).catch(work);
}

async function recoverAlone(saver: Saver, form: HTMLFormElement, fresh: string): Promise<void> {
  let found: Entry[] = [];
  try {
    found = (await orphans()).filter((entry) => entry.user === saver.state.user && entry.tab !== saver.state.tab);
  } catch {
    await saver.write();
    return;
  }
  const here = saver.state.article;
  if (isNew(here)) {
    for (const entry of found.filter((entry) => isNew(entry.article)).sort((one, other) => one.at - other.at)) {
      notice(form, words.found(nameOf(entry.fields)), [words.restore, () => saver.adopt(entry)], [words.discard, () => void forget(entry.id)]);
    }
    return;
  }
  for (const entry of found.filter((entry) => entry.article === here)) {
    if (same(entry.fields, saver.text.read())) {
      await forget(entry.id);
    } else if (!saver.dirty && !fresh) {
      // If the server moved on meanwhile, saving it finds that out and asks.
      notice(form, words.recovered);
      saver.adopt(entry);
    }
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-editor]")) void start(form);
