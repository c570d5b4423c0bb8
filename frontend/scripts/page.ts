// What works before and without WASM: theme, copying code, contents that follow the reader, shortcuts, and loading the
// client. Everything listens on the document, so that it goes on working when the client changes the page.
import { command, picks, whenReached } from "./chance";
import { catchUp, offered } from "./early";
import { arriveInField, openBox, searching, showWords } from "./fields";
import { rememberPlace, tellOfPage } from "./place";
import { scrollers } from "./scrollers";
import { arrived, follow as followHit, remember } from "./searched";

/** Loads the WASM client once: when the page is idle after a while, or as soon as somebody touches it. */
function client(): void {
  const names = document.querySelector<HTMLMetaElement>('meta[name="liuguang-client"]')?.content.split(" ");
  if (!names) return;
  const [module, wasm, offline] = names;
  let started = false;
  const touches = ["pointerdown", "pointermove", "keydown", "touchstart", "scroll"] as const;
  const start = async (): Promise<void> => {
    if (started) return;
    started = true;
    for (const touch of touches) removeEventListener(touch, start, true);
    const library = offline ? import(offline) : undefined;
    try {
      const { default: initialise, hydrate } = await import(module);
      await initialise({ module_or_path: wasm });
      hydrate();
      document.documentElement.dataset.hydrated = "true";
    } finally {
      // After the client, which must find the document as the server made it; and without the client as well.
      (await library)?.start();
    }
  };
  // From the device there is nothing to wait for, and the page of saved articles is empty without its script. Browsers think
  // that they are online in networks that lead nowhere, but the service worker says what is a copy.
  const [{ serverTiming = [] } = {}] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (!navigator.onLine || location.pathname === "/offline" || serverTiming.some(({ name }) => name === "copy")) return void start();
  for (const touch of touches) addEventListener(touch, start, { capture: true, passive: true });
  // Long enough after the load that it takes nothing from the first paint of a slow phone.
  const idle = (): void => void ("requestIdleCallback" in window ? requestIdleCallback(start) : start());
  const later = (): void => void setTimeout(idle, 3500);
  if (document.readyState === "complete") later();
  else addEventListener("load", later, { once: true });
}

/**
 * Back and forward change only the address of a page that was reloaded after the client had led there. Until the client
 * has taken over, nobody but this follows.
 */
const loaded = location.pathname + location.search;
addEventListener("popstate", () => {
  if (!document.documentElement.dataset.hydrated && location.pathname + location.search !== loaded) location.reload();
});

const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

/** The theme that is shown. */
const shownTheme = (): string => document.documentElement.dataset.theme || (systemIsDark.matches ? "dark" : "light");

/** The bars of the browser around the page take the colour of a theme that was chosen, and the button says what it leads to. */
function frame(): void {
  // Each theme's colour stands in the document: what is computed would be asked for before the browser has changed the page.
  const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')];
  for (const meta of metas) meta.dataset.own ??= meta.content;
  const { theme } = document.documentElement.dataset;
  const chosen = theme && metas.find(({ media }) => media.includes(theme))?.dataset.own;
  for (const meta of metas) meta.content = chosen || (meta.dataset.own ?? "");
  const label = shownTheme() === "dark" ? "换成浅色" : "换成深色";
  for (const button of document.querySelectorAll<HTMLElement>("button.theme")) {
    button.title = label;
    button.ariaLabel = label;
  }
}

/** Switches between light and dark, and remembers what differs from the system's setting, which the page follows otherwise. */
function theme(): void {
  const { dataset } = document.documentElement;
  const next = shownTheme() === "dark" ? "light" : "dark";
  const asSystem = (next === "dark") === systemIsDark.matches;
  if (asSystem) delete dataset.theme;
  else dataset.theme = next;
  frame();
  try {
    if (asSystem) localStorage.removeItem("theme");
    else localStorage.setItem("theme", next);
  } catch {
    // Without storage the choice holds for this page.
  }
}

/** Copies the exact source of the code block, or the hash beside the button. */
async function copy(button: HTMLElement): Promise<void> {
  const code = button.closest("figure, .hash")?.querySelector("code");
  if (!code) return;
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(code.textContent ?? "");
    button.textContent = "已复制";
  } catch {
    getSelection()?.selectAllChildren(code);
    button.textContent = "已选中";
  }
  setTimeout(() => (button.textContent = before), 1500);
}

/** Gives every code block that has none a copy button. */
function copyButtons(): void {
  for (const figure of document.querySelectorAll(".prose figure.code:not([data-copy])")) {
    (figure as HTMLElement).dataset.copy = "";
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.action = "copy";
    button.textContent = "复制";
    figure.prepend(button);
  }
}

/** The width from which the contents stand beside the text, as in article.css. */
const wide = matchMedia("(min-width: 1081px)");

/** Opens the contents where they stand beside the text; above it, the reader does. */
function contents(): void {
  for (const details of document.querySelectorAll<HTMLDetailsElement>(".toc details:not([data-width])")) {
    details.dataset.width = "";
    // A reader may have opened them before this script was there.
    details.open ||= wide.matches;
  }
}

/** The article that is being read, as it was measured: where its sections begin, from the top of the text. */
interface Measured {
  bar: HTMLElement;
  prose: HTMLElement;
  sections: { link: HTMLAnchorElement; top: number }[];
  current?: HTMLAnchorElement;
}

let measured: Measured | undefined;
/** A picture that is loaded, or a note that is opened, moves the sections. */
const moved = new ResizeObserver(() => {
  measured = undefined;
  soon();
});
let watched: HTMLElement | undefined;

function measure(): Measured | undefined {
  const bar = document.querySelector<HTMLElement>(".bar");
  const prose = document.querySelector<HTMLElement>(".prose");
  if (!bar || !prose) return;
  if (watched !== prose) {
    moved.disconnect();
    moved.observe(prose);
    watched = prose;
  }
  const { top } = prose.getBoundingClientRect();
  const links = [...document.querySelectorAll<HTMLAnchorElement>(".toc a")];
  const sections = links.flatMap((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return heading ? [{ link, top: heading.getBoundingClientRect().top - top }] : [];
  });
  return { bar, prose, sections, current: links.find((link) => link.hasAttribute("aria-current")) };
}

/** Marks the section being read in the contents, and shows how far the reader is. */
function follow(): void {
  measured ??= measure();
  if (!measured) return;
  const { bar, prose, sections } = measured;
  const { top, height } = prose.getBoundingClientRect();
  const length = Math.max(1, height - innerHeight * 0.6);
  bar.style.transform = `scaleX(${Math.min(1, Math.max(0, (innerHeight * 0.2 - top) / length))})`;
  // The last section that begins above the line, which is all that a frame of scrolling looks for.
  let [from, to] = [0, sections.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sections[middle].top + top < 140) from = middle + 1;
    else to = middle;
  }
  const current = sections[from - 1]?.link;
  if (current === measured.current) return;
  measured.current?.removeAttribute("aria-current");
  measured.current = current;
  if (!current) return;
  current.setAttribute("aria-current", "location");
  // Keeps the mark in sight in contents longer than the window; `scrollIntoView` would move the page as well.
  const column = current.closest<HTMLElement>(".toc");
  if (column) column.scrollTop = current.offsetTop - column.clientHeight / 2;
}

/** Marks in an article what the search found that led here. */
function showFound(): void {
  const prose = document.querySelector<HTMLElement>("main .prose");
  const found = prose?.hasChildNodes() ? arrived() : undefined;
  if (prose && found) searching().then(({ showPassage }) => showPassage(prose, found), () => undefined);
}

const hit = (event: Event): void => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('.hit a[href^="/articles/"]');
  if (link) followHit(link);
};
document.addEventListener("click", hit, true);
document.addEventListener("auxclick", hit, true);
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (form.matches("form[role=search]")) remember(new FormData(form).get("q")?.toString() ?? "");
});

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-action]");
  if (button?.dataset.action === "theme") theme();
  if (button?.dataset.action === "copy") void copy(button);
  if (button?.dataset.action === "command") void command(button);
  if (button?.dataset.action === "random") void picks();
  // On phones the contents close once a section is chosen, or they would cover it.
  const chosen = (event.target as Element).closest(".toc a")?.closest("details");
  if (chosen && !wide.matches) chosen.open = false;
  // A chosen category closes the drawer, which otherwise stays open over the page that the client shows.
  const menu = document.getElementById("menu");
  if ((event.target as Element).closest("#menu a") && menu?.matches(":popover-open")) menu.hidePopover();
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.altKey || event.defaultPrevented) return;
  const typing = (event.target as Element).closest("input, textarea, select, [contenteditable]");
  const control = event.ctrlKey || event.metaKey;
  // Editors have a Ctrl-K of their own.
  const editing = typing && !typing.matches("input");
  if ((event.key.toLowerCase() === "k" && control && !event.shiftKey && !editing) || (event.key === "/" && !control && !typing)) {
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) openBox();
  }
  if (event.key === "Escape") dismiss();
});

/** Closes the panel of the menu that is open; the keyboard stands on its group afterwards. */
function dismiss(): void {
  document.activeElement?.closest<HTMLElement>(".find input")?.blur();
  const group = document.querySelector<HTMLElement>(".groups > ul > li:is(:hover, :focus-within):not([data-shut])");
  if (!group) return;
  group.dataset.shut = "";
  if (group.contains(document.activeElement)) group.querySelector("a")?.focus();
  const reopen = (): void => void delete group.dataset.shut;
  group.addEventListener("mouseleave", reopen, { once: true });
  group.addEventListener("focusout", reopen, { once: true });
}

let waiting = false;
const soon = (): void => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    follow();
    rememberPlace();
  });
};
addEventListener("scroll", soon, { passive: true });
addEventListener("resize", soon, { passive: true });
new MutationObserver(() => {
  copyButtons();
  scrollers();
  contents();
  showFound();
  showWords();
  arriveInField();
  tellOfPage();
  measured = undefined;
  soon();
}).observe(document.body, { childList: true, subtree: true });

// The browser offers to install once and early; the offline library shows its button when it is time.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offered(event);
});

contents();
showFound();
whenReached();
soon();
// A task of its own, which changes what the first paint has laid out.
setTimeout(() => {
  copyButtons();
  frame();
  scrollers();
});
systemIsDark.addEventListener("change", frame);
wide.addEventListener("change", () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>(".toc details")) details.open = wide.matches;
});
client();
catchUp();
