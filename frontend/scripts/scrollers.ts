// Of code and tables, only what scrolls is a stop for the keyboard. The page comes with a stop at each, for without a script
// nobody knows which ones scroll, and not every browser lets keys reach what scrolls by itself.

const stops = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});
const watched = new WeakSet<Element>();

/** Watches all that may scroll and is not watched yet. */
export function scrollers(): void {
  for (const scroller of document.querySelectorAll('.prose [tabindex="0"]')) {
    if (watched.has(scroller)) continue;
    watched.add(scroller);
    stops.observe(scroller);
  }
}
