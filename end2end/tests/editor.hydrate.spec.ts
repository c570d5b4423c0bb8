// Never lose a word: the tab killed, the network cut, the server silent, the answer lost, the sign-in over, two tabs.
import { expect, test } from "@playwright/test";
import { begun, inBrowser, keeper, onServer, open, repeat, saved, signIn, signOut, some, status, type, writer } from "./writing";

const moment = (most: number): Promise<void> => new Promise((done) => setTimeout(done, Math.random() * most));

test.beforeEach(({}, info) => info.setTimeout(60_000 * (1 + repeat)));

test("a killed tab loses nothing older than a second", async ({ page, context }) => {
  const address = await begun(page);
  for (let round = 0; round < repeat; round++) {
    const tab = await context.newPage();
    await open(tab, address);
    await tab.route("**/api/draft", (route) => route.abort());
    const text = some();
    await type(tab, text);
    await tab.waitForTimeout(1000);
    // The journal has it by now; the status line says so, on a busy machine later.
    await expect(status(tab)).toHaveAttribute("data-where", /^(here|sending|offline)$/);
    await tab.close({ runBeforeUnload: false });
    const again = await context.newPage();
    await open(again, address);
    expect(await inBrowser(again)).toContain(text);
    await saved(again);
    await again.close();
  }
});

test("without the network writing goes on, and everything arrives later", async ({ page, context }) => {
  await begun(page);
  for (let round = 0; round < repeat; round++) {
    await context.setOffline(true);
    const text = some();
    await type(page, text);
    await expect(status(page)).toHaveAttribute("data-where", "offline");
    await moment(1500);
    await context.setOffline(false);
    await saved(page);
    expect(await onServer(page)).toContain(text);
  }
});

test("an answer that is lost makes no second save and no conflict", async ({ page }) => {
  await begun(page);
  for (let round = 0; round < repeat; round++) {
    let lost = 0;
    await page.route("**/api/draft", async (route) => {
      if (lost++ > 0) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await type(page, some());
    await moment(2500);
    await type(page, some());
    await saved(page);
    await expect(page.locator("dialog[open]")).toHaveCount(0);
    await page.unroute("**/api/draft");
  }
});

test("a server that refuses for a while is asked again", async ({ page }) => {
  await begun(page);
  for (let round = 0; round < repeat; round++) {
    await page.route("**/api/draft", (route) => route.fulfill({ status: 503, body: "later" }));
    const text = some();
    await type(page, text);
    await expect(status(page)).toHaveAttribute("data-where", "offline");
    await moment(1500);
    await page.unroute("**/api/draft");
    await saved(page);
    expect(await onServer(page)).toContain(text);
  }
});

test("a sign-in that ends leaves the text and asks in a dialog", async ({ page, context }) => {
  await begun(page);
  for (let round = 0; round < repeat; round++) {
    await signOut(context);
    const text = some();
    await type(page, text);
    const dialog = page.locator("dialog[open]");
    await expect(dialog).toBeVisible();
    await expect(status(page)).toHaveAttribute("data-where", "signed-out");
    expect(await inBrowser(page)).toContain(text);
    await dialog.getByLabel("密码").fill(writer.password);
    await dialog.getByRole("button", { name: "重新登录" }).click();
    await expect(dialog).toHaveCount(0);
    await saved(page);
    expect(await onServer(page)).toContain(text);
  }
});

test("two tabs in mid-typing keep both texts", async ({ page, context }) => {
  const address = await begun(page);
  for (let round = 0; round < repeat; round++) {
    await open(page, address);
    const other = await context.newPage();
    await open(other, address);
    const [mine, theirs] = [`甲${some()}`, `乙${some()}`];
    await type(page, mine);
    await type(other, theirs);
    const asked = await Promise.any([page, other].map(async (tab) => {
      await tab.locator("dialog[open]").waitFor({ timeout: 20_000 });
      return tab;
    }));
    await expect(status(asked)).toHaveAttribute("data-where", "conflict");
    const merged = await asked.locator(".editor-merged").inputValue();
    expect(merged).toContain(mine);
    expect(merged).toContain(theirs);
    await asked.getByRole("button", { name: "采用合并后的正文" }).click();
    await saved(asked);
    expect(await onServer(asked)).toContain(mine);
    expect(await onServer(asked)).toContain(theirs);
    await other.close();
  }
});

test("a decision about two texts waits, however often Escape is pressed", async ({ page, context }) => {
  const address = await begun(page);
  const other = await context.newPage();
  await open(other, address);
  await type(other, "另一边的字。");
  await saved(other);
  const mine = some();
  await type(page, mine);
  const dialog = page.locator("dialog[open]");
  await expect(dialog).toBeVisible({ timeout: 20_000 });
  for (let press = 0; press < 5; press++) await page.keyboard.press("Escape");
  await page.waitForTimeout(300);
  await expect(dialog).toBeVisible();
  await page.getByRole("button", { name: "保留我的" }).click();
  await saved(page);
  expect(await onServer(page)).toContain(mine);
});

test("nobody's words are saved under another's name", async ({ page }) => {
  await signIn(page);
  await open(page);
  await signIn(page, keeper);
  const text = some();
  await type(page, text);
  const dialog = page.locator("dialog[open]");
  await expect(dialog).toBeVisible();
  await expect(status(page)).toHaveAttribute("data-where", "signed-out");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.waitForTimeout(500);
  const drafts = await (await page.request.get("/editor?status=draft")).text();
  expect(drafts).not.toContain("/editor/1");
  await signIn(page);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await saved(page);
  expect(await onServer(page)).toContain(text);
});

test("a stranger's answer is no refusal", async ({ page }) => {
  await begun(page);
  await page.route("**/api/draft", (route) => route.fulfill({ status: 403, contentType: "text/html", body: "<h1>请先登录网络</h1>" }));
  const text = some();
  await type(page, text);
  await expect(status(page)).toHaveAttribute("data-where", "offline");
  await page.unroute("**/api/draft");
  await saved(page);
  expect(await onServer(page)).toContain(text);
});
