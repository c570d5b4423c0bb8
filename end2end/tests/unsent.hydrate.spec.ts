// Never lose a word of what closed tabs left in the journal: the next page, the service worker and whoever signs out.
import { type BrowserContext, type Page, expect, test } from "@playwright/test";
import { hydrated } from "./fixtures";
import { begun, inBrowser, onServer, open, repeat, saved, signIn, some, status, type } from "./writing";

/** What the status line says of a text that the server does not have and the journal has. */
const journalled = /^(here|sending|offline)$/;

/** Writes a new text that the server never gets, and kills its tab when the journal has it. */
async function killedNew(context: BrowserContext): Promise<string> {
  const tab = await context.newPage();
  await tab.route("**/api/draft", (route) => route.abort());
  await open(tab);
  const text = some();
  await type(tab, text);
  // Not much later: when saving has failed, the service worker is asked to send it once the tab is gone.
  await expect(status(tab)).toHaveAttribute("data-where", journalled);
  await tab.close({ runBeforeUnload: false });
  return text;
}

/** Writes what the server does not get, and closes the tab. */
async function leftBehind(page: Page): Promise<string> {
  const text = some();
  await page.route("**/api/draft", (route) => route.abort());
  await type(page, text);
  await expect(status(page)).toHaveAttribute("data-where", "offline");
  await page.close({ runBeforeUnload: false });
  return text;
}

/** Texts that the journal of this browser holds. */
const written = (page: Page): Promise<number> =>
  page.evaluate(() => new Promise((done, fail) => {
    const opening = indexedDB.open("liuguang-editor", 1);
    opening.onsuccess = () => {
      const counting = opening.result.transaction("text").objectStore("text").count();
      counting.onsuccess = () => done(counting.result);
    };
    opening.onerror = () => fail(opening.error);
  }));

test.beforeEach(({}, info) => info.setTimeout(60_000 * (1 + repeat)));

test("a new text survives a killed tab before the server knew it", async ({ page, context }) => {
  await signIn(page);
  for (let round = 0; round < repeat; round++) {
    const text = await killedNew(context);
    await open(page);
    await page.getByRole("button", { name: "恢复它" }).click();
    expect(await inBrowser(page)).toContain(text);
    await saved(page);
  }
});

test("what a closed tab left goes out with the next page", async ({ page, context }) => {
  const address = await begun(page);
  const text = await leftBehind(page);
  // A new text, too, that has no address yet.
  const tab = await context.newPage();
  await tab.route("**/api/draft", (route) => route.abort());
  await open(tab);
  const title = `新的${some()}`;
  await tab.getByLabel("标题", { exact: true }).fill(title);
  await expect(status(tab)).toHaveAttribute("data-where", journalled);
  await tab.close({ runBeforeUnload: false });

  const next = await context.newPage();
  await next.goto("/");
  await hydrated(next);
  await expect.poll(() => written(next), { timeout: 30_000 }).toBe(0);
  await next.goto(address);
  expect(await onServer(next)).toContain(text);
  await next.goto("/editor");
  await expect(next.getByRole("link", { name: title })).toBeVisible();
});

test("the service worker sends what a closed tab left when the network is back", async ({ page, context }) => {
  const address = await begun(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  const text = await leftBehind(page);
  // An answer without scripts: nothing but the worker can send. The browser's tools say that the network is back.
  const bare = await context.newPage();
  await bare.goto("/healthz");
  const tools = await context.newCDPSession(bare);
  const registered = new Promise<string>((done) => {
    tools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      if (registrations.length > 0) done(registrations[0].registrationId);
    });
  });
  await tools.send("ServiceWorker.enable");
  const { origin } = new URL(bare.url());
  await tools.send("ServiceWorker.dispatchSyncEvent", { origin, registrationId: await registered, tag: "liuguang-unsent", lastChance: false });
  await expect.poll(async () => (await bare.request.get(address)).text(), { timeout: 20_000 }).toContain(text);
});

test("who signs out decides about words that the server does not have", async ({ page, context }) => {
  // All the time: the page that comes after signing out would send what was kept as soon as somebody is signed in again.
  await page.route("**/api/draft", (route) => route.abort());
  for (const decision of ["keep", "discard"] as const) {
    await signIn(page);
    await killedNew(context);
    await page.goto("/account");
    let asked = "";
    page.once("dialog", (dialog) => {
      asked = dialog.message();
      void (decision === "discard" ? dialog.accept() : dialog.dismiss());
    });
    await page.getByRole("button", { name: "退出登录" }).click();
    await expect(page.getByRole("button", { name: "退出登录" })).toHaveCount(0);
    expect(asked).toContain("没有上传");
    expect(await written(page)).toBe(decision === "keep" ? 1 : 0);
  }
});

test.describe("without a service worker", () => {
  // It would send what the closed tab left while this page still shows where the text stands.
  test.use({ serviceWorkers: "block" });

  test("on a full device what is restored stays in the journal until the server has it", async ({ page, context }) => {
    await signIn(page);
    const text = await killedNew(context);
    await page.addInitScript(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await page.route("**/api/draft", (route) => route.abort());
    await open(page);
    await page.getByRole("button", { name: "恢复它" }).click();
    await expect(status(page)).toHaveAttribute("data-where", "no-journal");
    expect(await written(page)).toBe(1);
    await page.unroute("**/api/draft");
    await saved(page);
    await expect.poll(() => written(page)).toBe(0);
  });
});
