// A Markdown file that somebody opens with the installed site becomes a new text (`file_handlers` of the manifest).
import type { Fields } from "./fields";
import type { Saver } from "./saver";
import { words } from "./words";

/** What the browser hands over; see <https://wicg.github.io/web-app-launch/>. */
interface LaunchQueue {
  setConsumer(take: (launch: { files?: readonly { name: string; getFile(): Promise<File> }[] }) => void): void;
}

/** Puts the file that the site was opened with into the form; the manifest asks for a window for each file. */
export function openLaunched(saver: Saver, tell: (message: string) => void): void {
  (window as { launchQueue?: LaunchQueue }).launchQueue?.setConsumer(({ files = [] }) => {
    const [file] = files;
    if (!file) return;
    file.getFile().then((opened) => opened.arrayBuffer()).then((bytes) => {
      saver.text.write(textOf(file.name, new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
      saver.changed();
    }).catch(() => tell(words.notOpened(file.name)));
  });
}

/** Title, tags and summary from the lines between `---`, as many tools write them; else the first heading is the title. */
function textOf(name: string, content: string): Partial<Fields> {
  const text = content.replace(/\r\n?/g, "\n");
  const [whole = "", head = ""] = /^---\n([\s\S]*?)\n---\n+/.exec(text) ?? [];
  const named = (field: string): string => new RegExp(`^${field}:(.*)$`, "m").exec(head)?.[1].trim().replace(/^(["'])(.*)\1$/, "$2") ?? "";
  const tags = named("tags").replace(/^\[(.*)\]$/, "$1").replace(/["']/g, "");
  const body = text.slice(whole.length);
  const [heading = "", words = ""] = /^# +(.+)\n*/.exec(body) ?? [];
  const title = named("title") || words.trim() || name.replace(/\.\w+$/, "");
  return { title, tags, summary: named("summary") || named("description"), body: title === words.trim() ? body.slice(heading.length) : body };
}
