// The way onto the home screen: offered only to who came back or saved something, and never in the way.

import { make } from "../element";
import { all } from "./database";
import { words } from "./words";

/** Counts visits of this browser, one for a session. */
function visits(): number {
  try {
    const before = Number(localStorage.getItem("visits") ?? 0);
    if (sessionStorage.getItem("visiting")) return before;
    sessionStorage.setItem("visiting", "1");
    localStorage.setItem("visits", String(before + 1));
    return before + 1;
  } catch {
    return 0;
  }
}

const installed = (): boolean => matchMedia("(display-mode: standalone)").matches || (navigator as any).standalone === true;
const apple = (): boolean => /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Mac/.test(navigator.platform) && navigator.maxTouchPoints > 1);

/** Whether it is time: looked up once, and again when something was saved. */
let due: Promise<boolean> | undefined;
addEventListener("liuguang:saved", () => (due = undefined));
const isDue = async (): Promise<boolean> => visits() >= 2 || (await all().catch(() => [])).length > 0;

/** Fills the place for the button, when it is time. The page's script has caught the browser's offer, if there is one. */
export async function fillInstall(place: HTMLElement): Promise<void> {
  if (place.dataset.filled || installed()) return;
  due ??= isDue();
  if (!(await due)) return;
  const offer = (window as any).liuguangInstall;
  if (offer) {
    place.dataset.filled = "button";
    const button = make("button", { type: "button", className: "install", textContent: words.install });
    button.onclick = async () => {
      await offer.prompt();
      (window as any).liuguangInstall = undefined;
      button.remove();
    };
    place.replaceChildren(button);
  } else if (apple()) {
    place.dataset.filled = "hint";
    place.replaceChildren(make("small", {}, words.installApple));
  }
}
