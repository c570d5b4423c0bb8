// The code editor over the body's textarea. It lives in a shadow root: there its styles need no exception from the page's policy.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { HighlightStyle, Language, LanguageSupport, defineLanguageFacet, languageDataProp, syntaxHighlighting } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { GFM, parser } from "@lezer/markdown";
import { toolKeys } from "./toolbar";

const data = defineLanguageFacet({ commentTokens: { block: { open: "<!--", close: "-->" } } });
const markdown = new LanguageSupport(
  new Language(data, parser.configure([GFM, { props: [languageDataProp.add({ Document: data })] }]), [], "markdown"),
);

const colours = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "600", color: "var(--cherry)" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strikethrough, textDecoration: "line-through" },
  { tag: [tags.link, tags.url], color: "var(--leaf)" },
  { tag: [tags.monospace], fontFamily: "var(--mono)", backgroundColor: "var(--code)" },
  { tag: [tags.quote, tags.processingInstruction, tags.contentSeparator], color: "var(--ink-3)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--sheet)", height: "100%", fontSize: "1rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.75", overflow: "auto" },
  ".cm-content": { padding: ".75rem 0", caretColor: "var(--cherry)" },
  ".cm-line": { padding: "0 1rem" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--wash) 55%, transparent)" },
  ".cm-line::selection, .cm-line ::selection": { backgroundColor: "var(--leaf-wash)" },
  ".cm-panels": { backgroundColor: "var(--wash)", color: "var(--ink)" },
  ".cm-placeholder": { color: "var(--ink-3)" },
  ".cm-button, .cm-textfield": { backgroundImage: "none", backgroundColor: "var(--sheet)", color: "var(--ink)", borderColor: "var(--rule)" },
});

const phrases = EditorState.phrases.of({
  Find: "查找", Replace: "替换", next: "下一个", previous: "上一个", all: "全部", "match case": "区分大小写", regexp: "正则",
  "by word": "整词", replace: "替换", "replace all": "全部替换", close: "关闭", "current match": "当前匹配", "on line": "在行",
  "replaced match on line $": "已替换第 $ 行的一处", "replaced $ matches": "已替换 $ 处",
});

export interface Hooks {
  changed: () => void;
  /** The cursor went elsewhere or the text lost the focus. */
  left: () => void;
  /** A key before anything else gets it; true when it was used. */
  key: (event: KeyboardEvent) => boolean;
  scrolled: () => void;
  paste: (event: ClipboardEvent) => boolean;
  drop: (event: DragEvent) => boolean;
}

/** Puts the editor in place of the textarea. */
export function mount(host: HTMLElement, area: HTMLTextAreaElement, hooks: Hooks): EditorView {
  host.hidden = false;
  area.hidden = true;
  const root = host.attachShadow({ mode: "open" });
  const parent = document.createElement("div");
  parent.style.height = "100%";
  root.append(parent);
  return new EditorView({
    root,
    parent,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        history(),
        highlightActiveLine(),
        search({ top: true }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "正文（Markdown）", spellcheck: "false", lang: "zh-Hans" }),
        placeholder("在这里写正文，用 Markdown 排版；图片可以直接粘贴或拖进来。"),
        // Before the keys of the editor.
        EditorView.domEventHandlers({ keydown: (event) => hooks.key(event), blur: () => hooks.left() }),
        keymap.of([...toolKeys, ...searchKeymap, ...historyKeymap, indentWithTab, ...defaultKeymap]),
        markdown,
        syntaxHighlighting(colours),
        look,
        phrases,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) hooks.changed();
          else if (update.selectionSet) hooks.left();
        }),
        EditorView.domEventHandlers({
          paste: (event) => hooks.paste(event),
          drop: (event) => hooks.drop(event),
          scroll: () => hooks.scrolled(),
        }),
      ],
    }),
  });
}
