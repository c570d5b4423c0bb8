// Takes over the editor's form: code editor, journal, saving, preview. Without this script the form is a plain form.
import type { EditorView } from "@codemirror/view";
import { mount } from "./code";
import { LinkCompletion, completeTags } from "./completion";
import { chooseCover } from "./cover";
import { conflict, signIn } from "./dialogs";
import { type Entry, holdTab } from "./journal";
import { drop, paste, send } from "./paste";
import { Preview } from "./preview";
import { Saver } from "./saver";
import { type Fields, NAMES, Text, same } from "./text";
import { button, toolbar } from "./toolbar";
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
function notice(form: HTMLFormElement, message: string, ...actions: [string, () => void][]): void {
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
}

async function start(form: HTMLFormElement): Promise<void> {
  const text = new Text(form);
  const { id, user = "", published = "0", saved = "0", fresh = "", status = "" } = form.dataset;
  const tab = crypto.randomUUID();
  const none = Object.fromEntries(NAMES.map((name) => [name, ""])) as Fields;
  // After a conflict or a refusal for size, the form holds what the server does not have.
  const unsaved = form.querySelector("[aria-invalid=true]") !== null && !id;
  const saver = new Saver(text, {
    user,
    tab,
    article: id ?? `new:${tab}`,
    base: Number(text.field("base_revision")?.value ?? 0),
    ancestor: unsaved ? { ...none } : text.read(),
    published: Number(published),
    isPublished: status === "published",
    savedAt: Number(saved),
  });

  const area = text.field("body") as HTMLTextAreaElement;
  const line = form.querySelector<HTMLElement>(".editor-status");
  const host = form.querySelector<HTMLElement>(".editor-code");
  let view: EditorView | undefined;
  const tell = (message: string): void => notice(form, message);
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
      paste: (event) => view !== undefined && paste(view, event, tell, (question, answer, act) => notice(form, question, [answer, act])),
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
    const full = button("⛶", words.full, () => document.documentElement.classList.toggle("editor-full"));
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
  saver.onSaved = (article) => {
    form.action = `/editor/${article}`;
    history.replaceState(null, "", `/editor/${article}`);
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
  void navigator.storage?.persist?.().catch(() => false);
  form.dataset.ready = "true";
}

/** Finds what tabs that are gone left behind. */
async function recover(saver: Saver, form: HTMLFormElement, fresh: string): Promise<void> {
  let orphans: Entry[] = [];
  try {
    orphans = await saver.journal.orphans(saver.state.user, saver.state.tab);
  } catch {
    await saver.write();
    return;
  }
  orphans.sort((one, other) => other.at - one.at);
  const here = saver.state.article;
  if (here.startsWith("new:")) {
    const entry = orphans.find((entry) => entry.article.startsWith("new:"));
    if (entry) {
      notice(form, words.found, [words.restore, () => saver.adopt(entry)], [words.discard, () => void saver.journal.drop(entry.id)]);
    }
    return;
  }
  for (const entry of orphans.filter((entry) => entry.article === here)) {
    if (same(entry.fields, saver.text.read())) {
      await saver.journal.drop(entry.id);
    } else if (!saver.dirty && !fresh) {
      // If the server moved on meanwhile, saving it finds that out and asks.
      notice(form, words.recovered);
      saver.adopt(entry);
    }
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-editor]")) void start(form);
