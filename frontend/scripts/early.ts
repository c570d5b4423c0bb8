// What happens before the first script is there. The document keeps it (`first_script` in app/src/site/shell.rs), because the
// script is only asked for when the page is painted.

interface Early {
  liuguangEarly?: Event[];
  liuguangInstall?: Event;
}

/** Keeps the browser's offer to install. */
export const offered = (event: Event): void => void ((window as Early).liuguangInstall = event);

/** Does now what was clicked and pressed before, and ends the keeping. Links and fields have done their part without scripts. */
export function catchUp(): void {
  const kept = (window as Early).liuguangEarly;
  if (!kept) return;
  const events = kept.splice(0);
  kept.push = () => 0;
  for (const event of events) {
    const target = event.target as Element;
    if (event instanceof KeyboardEvent) target.dispatchEvent(new KeyboardEvent(event.type, event));
    else if (event.type !== "click") offered(event);
    // The search box opens while nothing is typed: a word may be being composed.
    else if (target.closest("[data-action], .find input:placeholder-shown")) target.dispatchEvent(new MouseEvent(event.type, event));
  }
}
