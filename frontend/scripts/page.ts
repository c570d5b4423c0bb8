// What works before and without WASM: theme, copying code, contents that follow the reader, shortcuts, and loading the
// client. Everything listens on the document, so that it goes on working when the client changes the page.

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
  try {
    localStorage.setItem("theme", root.dataset.theme);
  } catch {
    // Without storage the choice holds for this page.
  }
}

/** Copies the exact source of the code block. */
async function copy(button: HTMLElement): Promise<void> {
  const code = button.closest("figure")?.querySelector("code");
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

/** Marks the section being read in the contents, and shows how far the reader is. */
function follow(): void {
  const bar = document.querySelector<HTMLElement>(".bar");
  const prose = document.querySelector<HTMLElement>(".prose");
  if (!bar || !prose) return;
  const box = prose.getBoundingClientRect();
  const length = Math.max(1, box.height - innerHeight * 0.6);
  bar.style.transform = `scaleX(${Math.min(1, Math.max(0, (innerHeight * 0.2 - box.top) / length))})`;
  let current: HTMLAnchorElement | undefined;
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".toc a")) {
    link.removeAttribute("aria-current");
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading && heading.getBoundingClientRect().top < 140) current = link;
  }
  current?.setAttribute("aria-current", "location");
}

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("[data-action]");
  if (button?.dataset.action === "theme") theme();
  if (button?.dataset.action === "copy") void copy(button);
  // A chosen category closes the drawer, which otherwise stays open over the page that the client shows.
  const menu = document.getElementById("menu");
  if ((event.target as Element).closest("#menu a") && menu?.matches(":popover-open")) menu.hidePopover();
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = (event.target as Element).closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing) {
    const fields = document.querySelectorAll<HTMLInputElement>("form[role=search] input");
    const field = [...fields].find((field) => field.checkVisibility({ visibilityProperty: true }));
    if (field) {
      event.preventDefault();
      field.select();
      field.focus();
    }
  }
  if (event.key === "Escape") (document.activeElement as HTMLElement | null)?.closest<HTMLElement>(".groups a, .find input")?.blur();
});

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
  soon();
}).observe(document.body, { childList: true, subtree: true });

// The browser offers to install once and early; the offline library shows its button when it is time.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  (window as { liuguangInstall?: Event }).liuguangInstall = event;
});

copyButtons();
follow();
client();
