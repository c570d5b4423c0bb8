// Marks around the selection, by button and by key.
import { redo, undo } from "@codemirror/commands";
import { openSearchPanel } from "@codemirror/search";
import type { EditorView, KeyBinding } from "@codemirror/view";

type Command = (view: EditorView) => boolean;

/** Puts marks around the selection, or takes them away. */
const around = (mark: string, end = mark): Command => (view) => {
  const { from, to } = view.state.selection.main;
  const inside = view.state.sliceDoc(from, to);
  const marked =
    view.state.sliceDoc(Math.max(0, from - mark.length), from) === mark && view.state.sliceDoc(to, to + end.length) === end;
  view.dispatch(
    marked
      ? { changes: [{ from: from - mark.length, to: from }, { from: to, to: to + end.length }], userEvent: "input" }
      : {
          changes: { from, to, insert: mark + inside + end },
          selection: { anchor: from + mark.length, head: to + mark.length },
          userEvent: "input",
        },
  );
  view.focus();
  return true;
};

/** Puts a mark before every selected line, or takes it away. */
const before = (mark: string): Command => (view) => {
  const { from, to } = view.state.selection.main;
  const changes = [];
  for (let at = from; ; ) {
    const line = view.state.doc.lineAt(at);
    changes.push(line.text.startsWith(mark) ? { from: line.from, to: line.from + mark.length } : { from: line.from, insert: mark });
    if (line.to >= to || line.to + 1 > view.state.doc.length) break;
    at = line.to + 1;
  }
  view.dispatch({ changes, userEvent: "input" });
  view.focus();
  return true;
};

const insert = (text: string, back = 0): Command => (view) => {
  const { to } = view.state.selection.main;
  view.dispatch({ changes: { from: to, insert: text }, selection: { anchor: to + text.length - back }, userEvent: "input" });
  view.focus();
  return true;
};

const link: Command = (view) => {
  const { from, to } = view.state.selection.main;
  const inside = view.state.sliceDoc(from, to);
  view.dispatch({
    changes: { from, to, insert: `[${inside}](https://)` },
    selection: { anchor: from + inside.length + 3, head: from + inside.length + 11 },
    userEvent: "input",
  });
  view.focus();
  return true;
};

const tools: { sign: string; name: string; key?: string; run: Command }[] = [
  { sign: "B", name: "加粗", key: "Mod-b", run: around("**") },
  { sign: "I", name: "斜体", key: "Mod-i", run: around("*") },
  { sign: "S", name: "删除线", run: around("~~") },
  { sign: "H", name: "标题", key: "Mod-Alt-2", run: before("## ") },
  { sign: "❝", name: "引用", run: before("> ") },
  { sign: "•", name: "列表", key: "Mod-Shift-8", run: before("- ") },
  { sign: "⒈", name: "编号列表", key: "Mod-Shift-7", run: before("1. ") },
  { sign: "<>", name: "行内代码", key: "Mod-e", run: around("`") },
  { sign: "{ }", name: "代码块", key: "Mod-Alt-c", run: insert("\n```\n\n```\n", 5) },
  { sign: "sign-link", name: "链接", key: "Mod-k", run: link },
  { sign: "▦", name: "表格", run: insert("\n| 列 | 列 |\n| --- | --- |\n|  |  |\n") },
  { sign: "∑", name: "公式", run: around("$") },
  { sign: "↶", name: "撤销", run: undo },
  { sign: "↷", name: "重做", run: redo },
  { sign: "sign-search", name: "查找与替换", run: openSearchPanel },
];

export const toolKeys: KeyBinding[] = tools.filter((tool) => tool.key).map(({ key, run }) => ({ key, run, preventDefault: true }));

/** A button that is no part of the form; its sign is a character, a word, or the name of a drawn sign. */
export function button(sign: string, name: string, run: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  if (sign.startsWith("sign-")) made.append(Object.assign(document.createElement("i"), { className: `sign ${sign}` }));
  else made.textContent = sign;
  made.title = name;
  made.setAttribute("aria-label", name);
  made.addEventListener("click", run);
  return made;
}

/** Fills the toolbar. */
export function toolbar(host: HTMLElement, view: EditorView, extra: HTMLElement[]): void {
  host.hidden = false;
  host.setAttribute("role", "toolbar");
  host.setAttribute("aria-label", "排版");
  for (const { sign, name, key, run } of tools) {
    host.append(button(sign, key ? `${name}（${key.replace("Mod", "Ctrl")}）` : name, () => void run(view)));
  }
  host.append(...extra);
}
