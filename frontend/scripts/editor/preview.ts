// The live preview: made by the very renderer that publishes, scrolled along with the text, with outline and counts.
import { words } from "./words";

interface Rendered {
  html: string;
  outline: { level: number; anchor: string; text: string }[];
}

const AFTER_MS = 400;

export class Preview {
  private timer = 0;
  private asked = 0;
  /** The blocks shown, as they came. */
  private blocks: string[] = [];
  private readonly page = document.createElement("div");
  private readonly outline = document.createElement("details");
  private readonly list = document.createElement("ol");
  private readonly count = document.createElement("p");

  constructor(
    host: HTMLElement,
    private readonly source: () => string,
    private readonly jump: (line: number) => void,
  ) {
    host.hidden = false;
    this.page.className = "prose";
    this.page.tabIndex = 0;
    this.page.setAttribute("role", "region");
    this.page.setAttribute("aria-label", words.preview);
    const summary = document.createElement("summary");
    summary.textContent = words.outline;
    this.outline.append(summary, this.list);
    this.count.className = "editor-count";
    host.append(this.outline, this.page, this.count);
  }

  soon(after = AFTER_MS): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.render(), after);
  }

  private async render(): Promise<void> {
    const body = this.source();
    const number = ++this.asked;
    this.counts(body);
    try {
      const response = await fetch("/api/preview", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ body }),
      });
      if (number !== this.asked) return;
      if (response.status === 429) return this.soon(3_000);
      if (!response.ok) throw new Error(String(response.status));
      const rendered = (await response.json()) as Rendered;
      this.show(rendered.html);
      this.headings(rendered, body);
    } catch {
      if (number === this.asked && !this.blocks.length) this.page.textContent = words.previewFailed;
    }
  }

  /** Replaces only the blocks that changed, so that a long text is not laid out anew after every pause. */
  private show(html: string): void {
    const made = document.createElement("template");
    made.innerHTML = html;
    const nodes = [...made.content.childNodes];
    const blocks = nodes.map((node) => (node instanceof Element ? node.outerHTML : (node.textContent ?? "")));
    const [old, now] = [this.blocks, blocks];
    let [start, end] = [0, 0];
    while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
    while (end < Math.min(old.length, now.length) - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
    // Something else than blocks stood there: a word that there was no preview.
    if (!old.length) this.page.replaceChildren();
    const shown = [...this.page.childNodes];
    for (const node of shown.slice(start, shown.length - end)) node.remove();
    const before = shown[shown.length - end] ?? null;
    for (const node of nodes.slice(start, nodes.length - end)) this.page.insertBefore(node, before);
    this.blocks = blocks;
  }

  private counts(body: string): void {
    const han = body.match(/\p{Script=Han}/gu)?.length ?? 0;
    const latin = body.match(/[A-Za-z0-9]+/g)?.length ?? 0;
    this.count.textContent = words.counts(han, latin, [...body].length);
  }

  private headings({ outline }: Rendered, body: string): void {
    const lines = headingLines(body);
    this.list.replaceChildren(
      ...outline.map((heading, place) => {
        const item = document.createElement("li");
        item.style.paddingInlineStart = `${heading.level - 2}em`;
        const go = document.createElement("button");
        go.type = "button";
        go.textContent = heading.text;
        go.addEventListener("click", () => this.jump(lines[place] ?? 1));
        item.append(go);
        return item;
      }),
    );
  }

  /** Scrolls so that the preview shows what the editor shows: between two headings, in proportion. */
  follow(line: number, lines: number): void {
    const at = headingLines(this.source());
    const headings = [...this.page.querySelectorAll<HTMLElement>("h2,h3,h4,h5,h6")];
    const points: [number, number][] = [[1, 0]];
    for (let place = 0; place < Math.min(at.length, headings.length); place++) {
      points.push([at[place], headings[place].offsetTop - this.page.offsetTop]);
    }
    points.push([lines + 1, this.page.scrollHeight]);
    for (let place = 1; place < points.length; place++) {
      const [start, top] = points[place - 1];
      const [end, bottom] = points[place];
      if (line < end) {
        this.page.scrollTop = top + ((bottom - top) * (line - start)) / Math.max(1, end - start);
        return;
      }
    }
  }
}

/** Lines that hold a heading, outside blocks of code. */
function headingLines(body: string): number[] {
  const found: number[] = [];
  let fence = "";
  body.split("\n").forEach((line, place) => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && !fence) fence = mark;
    else if (fence && line.trim().startsWith(fence)) fence = "";
    else if (!fence && /^ {0,3}#{1,6}\s/.test(line)) found.push(place + 1);
  });
  return found;
}
