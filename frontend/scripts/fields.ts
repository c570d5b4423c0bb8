// The fields of searches: the box with suggestions that opens where one points at the field in the top bar, results that
// follow the typing, and input methods that are left alone in all of them.

/** The part of the script that only searching needs. */
export const searching = (): Promise<typeof import("./search")> => import(document.querySelector<HTMLMetaElement>('meta[name="liuguang-search"]')?.content ?? "");

/** How long typing must rest before the results follow. */
const REST = 200;
const TOP_FIELD = ".find input";
const RESULTS_FIELD = "main .q input[type=search]";

const field = (selector: string): HTMLInputElement | null => document.querySelector<HTMLInputElement>(selector);
const isHydrated = (): boolean => document.documentElement.dataset.hydrated !== undefined;

let composing = false;
let resting = 0;
/** What waits until the word that is being composed is there. */
let afterwards: (() => void) | undefined;
document.addEventListener("compositionstart", () => {
  composing = true;
  clearTimeout(resting);
}, true);
document.addEventListener("compositionend", (event) => {
  composing = false;
  typed(event);
  setTimeout(() => {
    afterwards?.();
    afterwards = undefined;
  });
}, true);
document.addEventListener("input", typed);
document.addEventListener("focusout", () => {
  composing = false;
  afterwards = undefined;
});

/** With the client, the results page follows the typing; nothing happens while an input method composes a word. */
function typed(event: Event): void {
  const typedInto = event.target as HTMLInputElement;
  if (!typedInto.matches(RESULTS_FIELD)) return;
  clearTimeout(resting);
  if (composing || !isHydrated()) return;
  resting = setTimeout(() => {
    const address = new URL(location.href);
    if (address.pathname !== "/search" || typedInto.value.trim() === (address.searchParams.get("q") ?? "")) return;
    address.searchParams.set("q", typedInto.value.trim());
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
export function showWords(): void {
  const results = field(RESULTS_FIELD);
  if (!results || results === document.activeElement || location.pathname !== "/search" || !isHydrated()) return;
  const words = new URLSearchParams(location.search).get("q") ?? "";
  if (results.value !== words) results.value = words;
}

/** Opens the search box over the page for the keyboard, which goes back to where it was when the box is closed. */
export function openBox(): void {
  const active = document.activeElement as HTMLElement | null;
  const from = active?.closest<HTMLInputElement>("form[role=search] input") ?? field(TOP_FIELD);
  from?.select();
  from?.focus();
  open(from, active);
}

/**
 * Opens the box with what stands in a field. Until it is loaded, the field takes the letters; it stays where loading fails.
 * What stands in the box that is closed goes back to the field in the top bar, and the focus to `back`.
 */
function open(from: HTMLInputElement | null, back?: HTMLElement | null): void {
  const top = from?.matches(TOP_FIELD) ? from : undefined;
  const show = (openPalette: (text?: string, closed?: (text?: string) => void) => void): void => {
    // Who pointed at the field may have gone elsewhere meanwhile.
    if (back === undefined && document.activeElement !== from) return;
    openPalette(from?.value, (text) => {
      if (top) {
        top.value = text ?? "";
        // Or the keyboard of a phone would stay.
        top.blur();
      }
      if (text !== undefined) back?.focus({ preventScroll: true });
    });
    if (top) top.value = "";
  };
  searching().then(
    ({ openPalette }) => {
      if (composing) afterwards = () => show(openPalette);
      else show(openPalette);
    },
    () => undefined,
  );
}

// Phones bring their keyboard up for a field that is focused by the finger itself, so that the box is loaded before.
for (const near of ["pointerover", "touchstart", "focusin"]) {
  document.addEventListener(near, ({ target }) => {
    if ((target as Element).matches(TOP_FIELD)) searching().catch(() => undefined);
  }, { passive: true });
}
document.addEventListener("click", ({ target }) => {
  if (target === document.activeElement && (target as Element).matches(TOP_FIELD)) open(target as HTMLInputElement);
});

/** What stood in the top bar when the reader went to the page of searches to type there. */
let onTheWay: string | undefined;
document.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey }) => {
  onTheWay = undefined;
  if (ctrlKey || metaKey || shiftKey || !isHydrated() || !(target as Element).closest('a[href="/search"]')) return;
  const top = field(TOP_FIELD);
  onTheWay = top?.value ?? "";
  // The keyboard of a phone comes up for the field that is there, and goes on in the one that comes.
  if (!arriveInField()) top?.focus({ preventScroll: true });
}, true);

/** Who went to the page of searches to type goes on typing in its field. Called at each change of the page. */
export function arriveInField(): boolean {
  const results = field(RESULTS_FIELD);
  if (onTheWay === undefined || composing || !results || location.pathname + location.search !== "/search") return false;
  const top = field(TOP_FIELD);
  const letters = top && top === document.activeElement && top.value !== onTheWay ? top.value : "";
  onTheWay = undefined;
  results.focus();
  if (top && letters) {
    top.value = "";
    results.value = letters;
    results.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  return true;
}

// The key that picks a candidate submits nothing; Safari sends it after the composition, with the code 229.
document.addEventListener("keydown", (event) => {
  const taken = composing || event.isComposing || event.keyCode === 229;
  if (event.key === "Enter" && taken && (event.target as Element).matches("form[role=search] input")) event.preventDefault();
}, true);
