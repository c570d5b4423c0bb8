// Pasting and dropping: pictures are uploaded, rich text becomes Markdown.
import type { EditorView } from "@codemirror/view";
import TurndownService from "turndown";
import { words } from "./words";

let service: TurndownService | undefined;

/** Rich text as Markdown. */
function toMarkdown(html: string): string {
  service ??= new TurndownService({ headingStyle: "atx", codeBlockStyle: "fenced", bulletListMarker: "-", emDelimiter: "*" })
    .remove(["script", "style", "meta", "title", "head"] as never)
    .addRule("table", {
      filter: "table",
      replacement: (_content, node) => {
        const rows = [...(node as HTMLTableElement).rows].map((row) =>
          [...row.cells].map((cell) => (cell.textContent ?? "").trim().replace(/\s+/g, " ").replace(/\|/g, "\\|")),
        );
        if (!rows.length) return "";
        const line = (cells: string[]): string => `| ${cells.join(" | ")} |`;
        return `\n\n${[line(rows[0]), line(rows[0].map(() => "---")), ...rows.slice(1).map(line)].join("\n")}\n\n`;
      },
    });
  return service.turndown(html).trim();
}

function put(view: EditorView, text: string): void {
  view.dispatch(view.state.replaceSelection(text), { userEvent: "input.paste", scrollIntoView: true });
}

/** Uploads pictures where the cursor is; each place is marked until its picture is there. */
export async function upload(view: EditorView, files: File[], failed: (message: string) => void): Promise<void> {
  for (const file of files) {
    const mark = words.uploading(`${file.name || "image"} ${crypto.randomUUID().slice(0, 4)}`);
    put(view, mark);
    let text = "";
    try {
      const response = await fetch("/api/upload", { method: "POST", headers: { "content-type": file.type || "application/octet-stream" }, body: file });
      const answer = (await response.json()) as { url?: string; message?: string };
      if (answer.url) text = `![${file.name.replace(/\.[^.]*$/, "").replace(/[[\]]/g, "")}](${answer.url})`;
      else failed(words.uploadFailed(answer.message ?? String(response.status)));
    } catch {
      failed(words.uploadFailed(words.offline));
    }
    const at = view.state.doc.toString().indexOf(mark);
    if (at >= 0) view.dispatch({ changes: { from: at, to: at + mark.length, insert: text }, userEvent: "input" });
  }
}

const pictures = (data: DataTransfer | null): File[] => [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));

/** Whether a paste was taken. */
export function paste(view: EditorView, event: ClipboardEvent, failed: (message: string) => void): boolean {
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
  if (!rich) return false;
  event.preventDefault();
  try {
    put(view, toMarkdown(html) || plain);
  } catch {
    put(view, plain);
  }
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
