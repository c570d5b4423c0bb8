// Measures how soon a saved article is there and alive when Chromium starts anew and the site does not answer.
// node end2end/offline-open.mjs   (build the site first)
import { chromium } from "@playwright/test";
import { join } from "node:path";
import { served } from "./served.mjs";

const [STARTS, BUDGET] = [10, 500];

/** Chromium with the same profile each time, as on somebody's phone. */
const start = async (folder, offline) => {
  const context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
    viewport: { width: 412, height: 915 },
    offline,
  });
  // When the first text was painted, and when the client had taken over the page, in milliseconds of the navigation.
  await context.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.documentElement?.dataset.hydrated !== "true") return;
      window.alive = performance.now();
      observer.disconnect();
    }).observe(document, { attributes: true, childList: true, subtree: true, attributeFilter: ["data-hydrated"] });
  });
  return context;
};

await served(4, () => {}, async (site, { folder, stop }) => {
  const list = await (await fetch(`${site}/api/articles?per_page=1`)).json();
  const address = `${site}/articles/${list.items[0].slug}`;
  const online = await start(folder, false);
  const page = await online.newPage();
  await page.goto(address);
  await page.mouse.move(10, 10);
  await page.locator("html[data-hydrated=true]").waitFor();
  await page.locator('[data-save="article"] > button').click();
  await page.getByText("1 篇可离线阅读").waitFor({ timeout: 30_000 });
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
  await online.close();
  await stop();

  const [first, again] = [[], []];
  for (let number = 0; number < STARTS; number += 1) {
    const context = await start(folder, true);
    // The first page of a started browser also starts the service worker; the second finds it running.
    for (const times of [first, again]) {
      const page = await context.newPage();
      await page.goto(address);
      await page.waitForFunction(() => window.alive !== undefined, undefined, { timeout: 30_000 });
      times.push(await page.evaluate(() => [performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN, window.alive]));
      await page.close();
    }
    await context.close();
  }
  for (const [name, times] of [["first page of a cold start", first], ["next page", again]]) {
    const at = (which, share) => times.map((time) => time[which]).sort((one, other) => one - other)[Math.min(STARTS - 1, Math.floor(STARTS * share))];
    console.log(`${name}: painted ${at(0, 0.5).toFixed(0)} ms, alive ${at(1, 0.5).toFixed(0)} ms of ${BUDGET} (worst ${at(1, 1).toFixed(0)})`);
    if (at(1, 0.5) > BUDGET) process.exitCode = 1;
  }
});
