// The two questions that interrupt writing: which text to keep, and who is writing.
import { make } from "../element";
import { type Saver, type Theirs } from "./saver";
import { type Contested, contested } from "./contested";
import { type Fields, NAMES } from "./fields";
import { clock, words } from "./words";

function dialog(title: string): HTMLDialogElement {
  const made = make("dialog", { className: "editor-dialog" });
  made.setAttribute("aria-label", title);
  // Escape must not make a decision that nobody took; pressed often enough, it closes in spite of the first line.
  made.addEventListener("cancel", (event) => event.preventDefault());
  made.addEventListener("close", () => made.isConnected && made.showModal());
  made.append(make("h2", {}, title));
  document.body.append(made);
  return made;
}

type Part = { agreed: string } | { conflict: { base: string; mine: string; theirs: string } };

/** Both texts, and one made of both; nothing happens until somebody decides. */
export async function conflict(saver: Saver, theirs: Theirs): Promise<void> {
  const mine = saver.text.read();
  const ancestor = saver.state.ancestor;
  const fields = contested(saver.text, mine, theirs.fields, ancestor);
  const { merged, count } = await mergedBody(ancestor.body, mine.body, theirs.fields.body);
  // Three times the same body would only hide the fields that somebody must choose.
  const bodyToo = mine.body !== theirs.fields.body || !fields.length;
  const box = dialog(words.conflictTitle);
  const said = [count && words.marks(count), fields.length && words.fields(fields.length)].filter(Boolean).join("");
  box.append(make("p", {}, words.conflictHelp(theirs.saved_by, clock(theirs.saved_at))), make("p", {}, said || words.clean));
  box.append(...fields.map((field) => field.element));
  const area = make("textarea", { value: merged, rows: 14, className: "editor-merged" });
  const label = make("label", {}, words.merged, area);
  const pair = make("div", { className: "pair" });
  for (const [name, text] of [[words.mine, mine.body], [words.theirs, theirs.fields.body]] as const) {
    pair.append(make("label", {}, name, make("textarea", { value: text, rows: 8, readOnly: true })));
  }
  const row = make("div", { className: "actions" });
  const choose = (word: string, act: () => Promise<void>): void => {
    const button = make("button", { type: "button" }, word);
    button.addEventListener("click", () => {
      box.close();
      box.remove();
      void act();
    });
    row.append(button);
  };
  choose(bodyToo ? words.useMerged : words.useChosen, () => saver.decide(theirs, { ...settled(mine, theirs.fields, ancestor, fields), body: area.value }));
  choose(words.useMine, () => saver.decide(theirs, saver.text.read()));
  choose(words.useTheirs, async () => {
    // Mine becomes a kept version first, so that it can be had back.
    await saver.decide(theirs, saver.text.read());
    if (saver.phase !== "idle" || saver.dirty) return;
    saver.text.write(theirs.fields);
    saver.changed();
    await saver.push(true);
  });
  if (bodyToo) box.append(label, pair);
  box.append(row);
  box.showModal();
}

/** The body made of both, and how often both changed the same place. */
async function mergedBody(base: string, mine: string, theirs: string): Promise<{ merged: string; count: number }> {
  try {
    const response = await fetch("/api/merge", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ base, mine, theirs }),
    });
    if (response.ok) {
      const { parts, text } = (await response.json()) as { parts: Part[]; text: string };
      return { merged: text, count: parts.filter((part) => "conflict" in part).length };
    }
  } catch {
    // Without the server the two texts stand below each other.
  }
  return { merged: `<<<<<<< ${words.mine}\n${mine}\n=======\n${theirs}\n>>>>>>> ${words.theirs}\n`, count: 1 };
}

/** The small fields: what one side changed is that side's, and what both changed is as somebody chose. */
function settled(mine: Fields, theirs: Fields, ancestor: Fields, chosen: Contested[]): Fields {
  const fields = {} as Fields;
  for (const name of NAMES) fields[name] = mine[name] === ancestor[name] ? theirs[name] : mine[name];
  for (const field of chosen) fields[field.name] = field.chosen();
  return fields;
}

/** Signing in again without leaving the text. */
export function signIn(saver: Saver, send: (username: string, password: string) => Promise<string | null>): void {
  if (document.querySelector("dialog.editor-dialog[open]")) return;
  const box = dialog(words.signIn);
  const form = make("form");
  const field = (name: string, word: string, type: string): HTMLInputElement => {
    const input = make("input", { name, type, required: true, autocomplete: type === "password" ? "current-password" : "username" });
    form.append(make("label", {}, word, input));
    return input;
  };
  const username = field("username", words.username, "text");
  // Most people have one name for both.
  username.value = saver.text.form.dataset.handle ?? "";
  const password = field("password", words.password, "password");
  const wrong = make("p");
  wrong.setAttribute("role", "alert");
  const go = make("button", { type: "submit", className: "primary" }, words.signIn);
  const later = make("button", { type: "button" }, words.later);
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
  box.append(make("p", {}, words.signInHelp), form);
  box.showModal();
  password.focus();
}
