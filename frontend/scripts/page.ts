// What works before and without WASM: theme, copying code, contents that follow the reader, shortcuts, and loading the
// client. Everything listens on the document, so that it goes on working when the client changes the page.
import { command, picks, whenReached } from "./chance";

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
  // From the cache there is nothing to wait for, and the page of saved articles is empty without its script.
  if (!navigator.onLine || location.pathname === "/offline") return void start();
  for (const touch of touches) addEventListener(touch, start, { capture: true, passive: true });
  // Long enough after the load that it takes nothing from the first paint of a slow phone.
  const idle = (): void => void ("requestIdleCallback" in window ? requestIdleCallback(start) : start());
  const later = (): void => void setTimeout(idle, 3500);
  if (document.readyState === "complete") later();
  else addEventListener("load", later, { once: true });
}

/** Switches between light and dark, and remembers. */
function theme(): void {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  const paper = getComputedStyle(document.body).backgroundColor;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) meta.content = paper;
  try {
    localStorage.setItem("theme", root.dataset.theme);
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
    details.open = wide.matches;
  }
}

/** Marks the section being read in the contents, and shows how far the reader is. */
function follow(): void {
  const bar = document.querySelector<HTMLElement>(".bar");
  const prose = document.querySelector<HTMLElement>(".prose");
  if (!bar || !prose) return;
  const box = prose.getBoundingClientRect();
  const length = Math.max(1, box.height - innerHeight * 0.6);
  bar.style.transform = `scaleX(${Math.min(1, Math.max(0, (innerHeight * 0.2 - box.top) / length))})`;
  const links = document.querySelectorAll<HTMLAnchorElement>(".toc a");
  let current: HTMLAnchorElement | undefined;
  for (const link of links) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading && heading.getBoundingClientRect().top < 140) current = link;
  }
  if (current?.hasAttribute("aria-current")) return;
  for (const link of links) link.removeAttribute("aria-current");
  if (!current) return;
  current.setAttribute("aria-current", "location");
  // Keeps the mark in sight in contents longer than the window; `scrollIntoView` would move the page as well.
  const column = current.closest<HTMLElement>(".toc");
  if (column) column.scrollTop = current.offsetTop - column.clientHeight / 2;
}

/** The part of the script that only searching needs. */
const searching = (): Promise<typeof import("./search")> => import(document.querySelector<HTMLMetaElement>('meta[name="liuguang-search"]')?.content ?? "");

/** How long typing must rest before the results follow. */
const REST = 200;
const RESULTS_FIELD = "main .q input[type=search]";

let composing = false;
let resting = 0;
document.addEventListener("compositionstart", () => {
  composing = true;
  clearTimeout(resting);
}, true);
document.addEventListener("compositionend", (event) => {
  composing = false;
  typed(event);
}, true);
document.addEventListener("input", typed);
document.addEventListener("focusout", () => (composing = false));

/** With the client, the results page follows the typing; nothing happens while an input method composes a word. */
function typed(event: Event): void {
  const field = event.target as HTMLInputElement;
  if (!field.matches(RESULTS_FIELD)) return;
  clearTimeout(resting);
  if (composing || !document.documentElement.dataset.hydrated) return;
  resting = setTimeout(() => {
    const address = new URL(location.href);
    if (address.pathname !== "/search" || field.value.trim() === address.searchParams.get("q")) return;
    address.searchParams.set("q", field.value.trim());
    for (const name of ["page", "verbatim"]) address.searchParams.delete(name);
    // Replaced, not added: the way back leads to where the reader came from. The router reads this from the link.
    const link = Object.assign(document.createElement("a"), { href: address.href.replaceAll("+", "%20"), replace: true });
    link.dataset.noscroll = "";
    document.body.append(link);
    link.click();
    link.remove();
  }, REST);
}

/** After a link or the way back, the field shows the words of the search, but never under the fingers of who types. */
function showWords(): void {
  const field = document.querySelector<HTMLInputElement>(RESULTS_FIELD);
  if (!field || field === document.activeElement || location.pathname !== "/search" || !document.documentElement.dataset.hydrated) return;
  const words = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value !== words) field.value = words;
}

/** Opens the search box over the page. Until it is loaded, the field in the top bar takes the letters; it stays where loading fails. */
function search(): void {
  const active = document.activeElement?.closest<HTMLInputElement>("form[role=search] input");
  const field = active ?? document.querySelector<HTMLInputElement>("#find");
  field?.select();
  field?.focus();
  searching().then(
    ({ openPalette }) => {
      if (composing) return;
      openPalette(field?.value);
      if (!active && field) field.value = "";
    },
    () => undefined,
  );
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

// The key that picks a candidate submits nothing; Safari sends it after the composition, with the code 229.
document.addEventListener("keydown", (event) => {
  const taken = composing || event.isComposing || event.keyCode === 229;
  if (event.key === "Enter" && taken && (event.target as Element).matches("form[role=search] input")) event.preventDefault();
}, true);

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.altKey || event.defaultPrevented) return;
  const typing = (event.target as Element).closest("input, textarea, select, [contenteditable]");
  const control = event.ctrlKey || event.metaKey;
  // Editors have a Ctrl-K of their own.
  const editing = typing && !typing.matches("input");
  if ((event.key.toLowerCase() === "k" && control && !event.shiftKey && !editing) || (event.key === "/" && !control && !typing)) {
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) search();
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
  });
};
addEventListener("scroll", soon, { passive: true });
addEventListener("resize", soon, { passive: true });
new MutationObserver(() => {
  copyButtons();
  contents();
  showFound();
  showWords();
  soon();
}).observe(document.body, { childList: true, subtree: true });

// The browser offers to install once and early; the offline library shows its button when it is time.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  (window as { liuguangInstall?: Event }).liuguangInstall = event;
});

copyButtons();
contents();
showFound();
follow();
whenReached();
wide.addEventListener("change", () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>(".toc details")) details.open = wide.matches;
});
client();
