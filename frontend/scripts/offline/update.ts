// Registers the service worker and tells of new versions. A page changes its version only when its reader taps.

import { notice } from "./notice";
import { words } from "./words";

/** How often a page that is looked at again asks for a new version, at most. */
const ASK_EVERY = 30_000;

/** Whether something is being written that a reload would take. */
const dirty = (): boolean => document.querySelector('[data-dirty="true"]') !== null;

export async function watchForUpdates(): Promise<void> {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  let tapped = false;
  workers.addEventListener("controllerchange", () => {
    if (tapped) location.reload();
  });
  const registration = await workers.register("/sw.js", { updateViaCache: "none" });
  const update = (): void => {
    if (dirty()) return notice("version", words.dirty, words.update, update);
    tapped = true;
    // Another tab may have been quicker.
    if (registration.waiting) registration.waiting.postMessage("update");
    else location.reload();
  };
  const tell = (): void => {
    if (registration.waiting && workers.controller) notice("version", words.newVersion, words.update, update);
  };
  const follow = (): void => registration.installing?.addEventListener("statechange", tell);
  registration.addEventListener("updatefound", follow);
  // One that began before this script ran.
  follow();
  tell();
  let asked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - asked < ASK_EVERY) return;
    asked = Date.now();
    registration.update().catch(() => {});
  });
}
