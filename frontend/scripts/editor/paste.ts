// Pasting and dropping: pictures are uploaded, rich text becomes Markdown.
import type { EditorView } from "@codemirror/view";
import TurndownService from "turndown";
import { words } from "./words";

let service: TurndownService | undefined;

/** Rich text as Markdown. */
function toMarkdown(html: string): string {
  const made = (service ??= new TurndownService({ headingStyle: "atx", codeBlockStyle: "fenced", bulletListMarker: "-", emDelimiter: "*" })
    .remove(["script", "style", "meta", "title", "head"] as never)
    .addRule("strikethrough", { filter: ["del", "s", "strike"] as never, replacement: (content) => `~~${content}~~` })
    .addRule("table", { filter: "table", replacement: (_content, node) => table(node as HTMLTableElement) }));
  return made.turndown(html).trim();
}

/** A table, whose cells keep their links, code and emphasis, each in one line. */
function table(element: HTMLTableElement): string {
  const rows = [...element.rows].map((row) => [...row.cells].map((cell) => toMarkdown(cell.innerHTML).replace(/\s+/g, " ").replace(/\|/g, "\\|")));
  if (!rows.length) return "";
  const line = (cells: string[]): string => `| ${cells.join(" | ")} |`;
  return `\n\n${[line(rows[0]), line(rows[0].map(() => "---")), ...rows.slice(1).map(line)].join("\n")}\n\n`;
}

function put(view: EditorView, text: string): void {
  view.dispatch(view.state.replaceSelection(text), { userEvent: "input.paste", scrollIntoView: true });
}

/** Uploads a picture and says its address; null, and a sentence, when it was not taken. */
export async function send(file: File, failed: (message: string) => void): Promise<string | null> {
  try {
    const response = await fetch("/api/upload", { method: "POST", headers: { "content-type": file.type || "application/octet-stream" }, body: file });
    const answer = (await response.json()) as { url?: string; message?: string };
    if (answer.url) return answer.url;
    failed(words.uploadFailed(answer.message ?? String(response.status)));
  } catch {
    failed(words.uploadFailed(words.offline));
  }
  return null;
}

/** Uploads pictures where the cursor is; each place is marked until its picture is there. */
export async function upload(view: EditorView, files: File[], failed: (message: string) => void): Promise<void> {
  for (const file of files) {
    const mark = words.uploading(`${file.name || "image"} ${crypto.randomUUID().slice(0, 4)}`);
    put(view, mark);
    const address = await send(file, failed);
    const text = address ? `![${file.name.replace(/\.[^.]*$/, "").replace(/[[\]]/g, "")}](${address})` : "";
    const at = view.state.doc.toString().indexOf(mark);
    if (at >= 0) view.dispatch({ changes: { from: at, to: at + mark.length, insert: text }, userEvent: "input" });
  }
}

/** A picture of another site, as Markdown writes it. */
const FOREIGN = /(!\[[^\]]*\]\()(https?:\/\/[^\s)]+)/g;

/** What an author may be asked: the question, and what happens on yes. */
export type Ask = (question: string, answer: string, act: () => void) => void;

/** Offers to copy the pictures of other sites that a paste brought, so that they do not vanish with those sites. */
function offer(view: EditorView, pasted: string, ask: Ask, failed: (message: string) => void): void {
  const found = [...new Set([...pasted.matchAll(FOREIGN)].map((match) => match[2]))].filter((address) => URL.canParse(address) && new URL(address).host !== location.host);
  if (found.length) ask(words.foreign(found.length), words.copyThem, () => void copy(view, found, failed));
}

async function copy(view: EditorView, addresses: string[], failed: (message: string) => void): Promise<void> {
  for (const url of addresses) {
    const response = await fetch("/api/upload/copy", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ url }) }).catch(() => null);
    const answer = (await response?.json().catch(() => null)) as { url?: string; message?: string } | null;
    if (!answer?.url) {
      failed(`${url}：${answer?.message ?? words.offline}`);
      continue;
    }
    // Typing may have gone on: every place that names the picture now.
    const text = view.state.doc.toString();
    const changes = [...text.matchAll(FOREIGN)].filter((match) => match[2] === url).map((match) => ({ from: match.index + match[1].length, to: match.index + match[0].length, insert: answer.url }));
    view.dispatch({ changes, userEvent: "input" });
  }
}

const pictures = (data: DataTransfer | null): File[] => [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));

/** Whether a paste was taken. */
export function paste(view: EditorView, event: ClipboardEvent, failed: (message: string) => void, ask: Ask): boolean {
  const data = event.clipboardData;
  const html = data?.getData("text/html") ?? "";
  const plain = data?.getData("text/plain") ?? "";
  const files = pictures(data);
  if (files.length && !plain) {
    event.preventDefault();
    void upload(view, files, failed);
    return true;
  }
  // Code editors put coloured code on the clipboard: there the plain text is what was meant.
  const rich = /<(h[1-6]|p|ul|ol|table|blockquote|a |strong|b>|em|i>|img|pre)/i.test(html) && !/vscode|monaco|font-family:[^"]*mono/i.test(html);
  if (!rich) {
    offer(view, plain, ask, failed);
    return false;
  }
  event.preventDefault();
  let text = plain;
  try {
    text = toMarkdown(html) || plain;
  } catch {
    // What cannot be turned into Markdown is pasted as plain text.
  }
  put(view, text);
  offer(view, text, ask, failed);
  return true;
}

export function drop(view: EditorView, event: DragEvent, failed: (message: string) => void): boolean {
  const files = pictures(event.dataTransfer);
  if (!files.length) return false;
  event.preventDefault();
  const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
  if (at !== null) view.dispatch({ selection: { anchor: at } });
  void upload(view, files, failed);
  return true;
}
