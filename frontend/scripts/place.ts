// Where the reader is on each page of the history, and who must be told that the page is another one now. Browsers do both
// when a page is loaded; when the client changes it, the browser looks for the place before the page is there.

interface Place {
  y: number;
  /** The card at the top of the window, by its link, and how far it stands below the edge. */
  card?: string;
  top: number;
}

/** How long a page that is made anew may take to become as long as it was. */
const PATIENCE_MS = 4_000;
/** Below the bar at the top of the window. */
const UNDER_THE_BAR = 100;

const places = new Map<string, Place>();
let returning = 0;
/** The entry that a click on a link leaves: where the next page stands before it has an entry of its own is no place in this one. */
let left = "";

/** Entries of the history have keys where the browser knows the Navigation API, else only addresses. */
const entry = (): string => (window as any).navigation?.currentEntry?.key ?? location.href;

const linkOf = (card: Element): string => card.querySelector<HTMLAnchorElement>("h2 a, h3 a")?.getAttribute("href") ?? "";

/** Remembers the place; called when the page has been scrolled. */
export function rememberPlace(): void {
  if (returning || left === entry()) return;
  // The browser would move the page that is left, before the one gone back to is there.
  if (dataset.hydrated) history.scrollRestoration = "manual";
  const card = document.elementFromPoint(innerWidth / 2, UNDER_THE_BAR)?.closest(".card");
  places.set(entry(), { y: scrollY, card: card ? linkOf(card) : undefined, top: card?.getBoundingClientRect().top ?? 0 });
}

/** Whether the page that is left is still shown, because the client waits for the data of the next one. */
const waits = (): boolean => document.querySelector("main[aria-busy]") !== null;

/** Goes back to a place, again and again while the page grows, until it is reached or the reader does something. */
function goBackTo({ y, card, top }: Place): void {
  let since = performance.now();
  const mine = ++returning;
  let still = 0;
  const step = (): void => {
    if (returning !== mine) return;
    if (waits()) {
      since = performance.now();
      return void requestAnimationFrame(step);
    }
    const shown = card ? [...document.querySelectorAll(".card")].find((one) => linkOf(one) === card) : undefined;
    // Cards that were never shown have only an estimated height, so that the same card counts more than the same height.
    const by = shown ? shown.getBoundingClientRect().top - top : y - scrollY;
    if (Math.abs(by) >= 1) scrollTo({ top: scrollY + by, behavior: "instant" });
    still = Math.abs(by) < 1 ? still + 1 : 0;
    if (still > 20 || performance.now() - since > PATIENCE_MS) returning = 0;
    else requestAnimationFrame(step);
  };
  // Not in this task, in which the client only begins to ask for the page.
  requestAnimationFrame(step);
}

const { dataset } = document.documentElement;
addEventListener("popstate", () => {
  if (!dataset.hydrated) return;
  // The client takes what it was answered before: who goes back wants the page that was left, and at once.
  dataset.back = "";
  left = "";
  const place = places.get(entry());
  if (place) goBackTo(place);
});
const act = (): void => {
  returning = 0;
  left = "";
  delete dataset.back;
};
addEventListener("click", ({ target }) => {
  if ((target as Element).closest("a")) left = entry();
}, true);
for (const touch of ["wheel", "pointerdown", "keydown", "touchstart"]) addEventListener(touch, act, { passive: true, capture: true });
// A page that is loaded again is the browser's.
addEventListener("pagehide", () => (history.scrollRestoration = "auto"));

const heading = (): HTMLElement | null => document.querySelector<HTMLElement>("main h1");
let [path, title] = [location.pathname, heading()?.textContent];

/** After the client has put another page in place, the keyboard and the voice go on at its heading; called at each change. */
export function tellOfPage(): void {
  const now = heading();
  if (location.pathname === path || !now || now.textContent === title) return;
  [path, title] = [location.pathname, now.textContent];
  // The router has gone to the top of the page that was left, and smoothly.
  if (!returning && dataset.back === undefined) {
    const section = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    if (section) section.scrollIntoView({ behavior: "instant" });
    else scrollTo({ top: 0, behavior: "instant" });
  }
  if (document.activeElement?.matches("input, textarea")) return;
  now.tabIndex = -1;
  now.focus({ preventScroll: true });
}
