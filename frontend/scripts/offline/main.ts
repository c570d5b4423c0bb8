// The offline library, loaded beside the client when the page is idle: the service worker, the places on pages that
// save and list articles, the search without network, and the way onto the home screen.

import { sendUnsent } from "../editor/unsent";
import { fill } from "./button";
import { fillInstall } from "./install";
import { answerSearches } from "./search";
import { fillShelf } from "./shelf";
import { watchForUpdates } from "./update";

/** Fills every place that the page keeps; the client makes new ones while it changes pages. */
function places(): void {
  document.querySelectorAll<HTMLElement>("[data-save]").forEach(fill);
  document.querySelectorAll<HTMLElement>("[data-shelf]").forEach((place) => void fillShelf(place));
  document.querySelectorAll<HTMLElement>("[data-install]").forEach((place) => void fillInstall(place));
  if (document.querySelector("[data-unreachable]")) loadWhole();
}

/**
 * The client could not get what a page shows. Loaded whole, the service worker has the copy that was visited or saved, or
 * leads to what is saved. A page that was loaded whole already says what is wrong.
 */
function loadWhole(): void {
  const [loaded] = performance.getEntriesByType("navigation");
  const { origin, pathname, search } = location;
  if (navigator.serviceWorker?.controller && loaded?.name.split("#")[0] !== origin + pathname + search) location.reload();
}

/** What an author wrote without a network goes out with any page that is opened later. */
const sendSoon = (): void => void sendUnsent().catch(() => {});

let waiting = false;
const soon = (): void => {
  if (waiting) return;
  waiting = true;
  setTimeout(() => {
    waiting = false;
    places();
  }, 50);
};

answerSearches();

/** Called once the client has taken over, or could not. */
export function start(): void {
  places();
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  addEventListener("liuguang:saved", soon);
  sendSoon();
  addEventListener("online", sendSoon);
  watchForUpdates().catch(() => {
    // Without a service worker, as in some private windows, the site works as long as there is a network.
  });
}
