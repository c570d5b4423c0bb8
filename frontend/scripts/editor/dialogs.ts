// The two questions that interrupt writing: which text to keep, and who is writing.
import { type Saver, type Theirs } from "./saver";
import { type Fields, NAMES } from "./text";
import { clock, words } from "./words";

function make<K extends keyof HTMLElementTagNameMap>(tag: K, text = "", rest: Partial<HTMLElementTagNameMap[K]> = {}): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), text ? { textContent: text } : {}, rest);
}

function dialog(title: string): HTMLDialogElement {
  const made = make("dialog", "", { className: "editor-dialog" });
  made.setAttribute("aria-label", title);
  // Escape must not make a decision that nobody took.
  made.addEventListener("cancel", (event) => event.preventDefault());
  made.append(make("h2", title));
  document.body.append(made);
  return made;
}

type Part = { agreed: string } | { conflict: { base: string; mine: string; theirs: string } };

/** Both texts, and one made of both; nothing happens until somebody decides. */
export async function conflict(saver: Saver, theirs: Theirs): Promise<void> {
  const mine = saver.text.read();
  const ancestor = saver.state.ancestor;
  let merged = `<<<<<<< ${words.mine}\n${mine.body}\n=======\n${theirs.fields.body}\n>>>>>>> ${words.theirs}\n`;
  let count = 1;
  try {
    const response = await fetch("/api/merge", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ base: ancestor.body, mine: mine.body, theirs: theirs.fields.body }),
    });
    if (response.ok) {
      const { parts, text } = (await response.json()) as { parts: Part[]; text: string };
      merged = text;
      count = parts.filter((part) => "conflict" in part).length;
    }
  } catch {
    // Without the server the two texts stand below each other.
  }
  const box = dialog(words.conflictTitle);
  box.append(make("p", words.conflictHelp(theirs.saved_by, clock(theirs.saved_at))), make("p", count ? words.marks(count) : words.clean));
  const label = make("label", words.merged);
  const area = make("textarea", "", { value: merged, rows: 14, className: "editor-merged" });
  label.append(area);
  const pair = make("div", "", { className: "pair" });
  for (const [name, text] of [[words.mine, mine.body], [words.theirs, theirs.fields.body]] as const) {
    const side = make("label", name);
    side.append(make("textarea", "", { value: text, rows: 8, readOnly: true }));
    pair.append(side);
  }
  const row = make("div", "", { className: "actions" });
  const choose = (word: string, act: () => Promise<void>): void => {
    const button = make("button", word, { type: "button" });
    button.addEventListener("click", () => {
      box.close();
      box.remove();
      void act();
    });
    row.append(button);
  };
  choose(words.useMerged, () => {
    const fields = {} as Fields;
    // Of the small fields, whatever I changed is mine.
    for (const name of NAMES) fields[name] = mine[name] === ancestor[name] ? theirs.fields[name] : mine[name];
    return saver.decide(theirs, { ...fields, body: area.value });
  });
  choose(words.useMine, () => saver.decide(theirs, saver.text.read()));
  choose(words.useTheirs, async () => {
    // Mine becomes a kept version first, so that it can be had back.
    await saver.decide(theirs, saver.text.read());
    if (saver.phase !== "idle" || saver.dirty) return;
    saver.text.write(theirs.fields);
    saver.changed();
    await saver.push(true);
  });
  box.append(label, pair, row);
  box.showModal();
}

/** Signing in again without leaving the text. */
export function signIn(saver: Saver, send: (username: string, password: string) => Promise<string | null>): void {
  if (document.querySelector("dialog.editor-dialog[open]")) return;
  const box = dialog(words.signIn);
  const form = make("form");
  const field = (name: string, word: string, type: string): HTMLInputElement => {
    const label = make("label", word);
    const input = make("input", "", { name, type, required: true, autocomplete: type === "password" ? "current-password" : "username" });
    label.append(input);
    form.append(label);
    return input;
  };
  const username = field("username", words.username, "text");
  username.value = saver.state.user;
  const password = field("password", words.password, "password");
  const wrong = make("p");
  wrong.setAttribute("role", "alert");
  const go = make("button", words.signIn, { type: "submit", className: "primary" });
  const later = make("button", words.later, { type: "button" });
  later.addEventListener("click", () => {
    box.close();
    box.remove();
  });
  form.append(wrong, go, later);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(username.value, password.value).then((who) => {
      if (who === null) wrong.textContent = words.wrong;
      else if (who !== saver.state.user) wrong.textContent = words.otherPerson;
      else {
        box.close();
        box.remove();
        saver.resume();
      }
    });
  });
  box.append(make("p", words.signInHelp), form);
  box.showModal();
  password.focus();
}
