// Never lose a word: the tab killed, the network cut, the server silent, the answer lost, the sign-in over, two tabs.
// LIUGUANG_TEST_REPEAT sets how often each is tried, with typing stopped at a random moment.
import { type Page, expect, test } from "@playwright/test";
import { code, inBrowser, onServer, open, saved, signIn, signOut, status, type, writer } from "./writing";

const repeat = Number(process.env.LIUGUANG_TEST_REPEAT ?? 1);
const some = (): string => `字${Math.random().toString(36).slice(2, 8)}，`.repeat(1 + Math.floor(Math.random() * 5));
const moment = (most: number): Promise<void> => new Promise((done) => setTimeout(done, Math.random() * most));

/** A text that the server has, open in a page. */
async function begun(page: Page): Promise<string> {
  await signIn(page);
  await open(page);
  await page.getByLabel("标题", { exact: true }).fill("不丢一个字");
  await type(page, "开头。");
  await saved(page);
  return new URL(page.url()).pathname;
}

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
    await expect(status(tab)).not.toHaveAttribute("data-where", /server|published/);
    await tab.close({ runBeforeUnload: false });
    const again = await context.newPage();
    await open(again, address);
    expect(await inBrowser(again)).toContain(text);
    await saved(again);
    await again.close();
  }
});

test("a new text survives a killed tab before the server knew it", async ({ page, context }) => {
  await signIn(page);
  for (let round = 0; round < repeat; round++) {
    const tab = await context.newPage();
    await tab.route("**/api/draft", (route) => route.abort());
    await open(tab);
    const text = some();
    await type(tab, text);
    await tab.waitForTimeout(1000);
    await tab.close({ runBeforeUnload: false });
    await open(page);
    await page.getByRole("button", { name: "恢复它" }).click();
    expect(await inBrowser(page)).toContain(text);
    await saved(page);
  }
});

test("without the network writing goes on, and everything arrives later", async ({ page, context }) => {
  await begun(page);
  for (let round = 0; round < repeat; round++) {
    await context.setOffline(true);
    const text = some();
    await type(page, text);
    await expect(status(page)).toHaveAttribute("data-where", "offline", { timeout: 10_000 });
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
    await expect(status(page)).toHaveAttribute("data-where", "offline", { timeout: 10_000 });
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
    await expect(dialog).toBeVisible({ timeout: 10_000 });
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

test("tags and links to articles are completed, and the cover is chosen", async ({ page }) => {
  await begun(page);
  const tags = page.getByLabel("标签");
  await tags.fill("新的，kub");
  const tag = page.locator("#choices-tag li", { hasText: "kubernetes" }).first();
  await expect(tag).toBeVisible();
  await expect(tags).toHaveAttribute("aria-activedescendant", "choices-tag-0");
  await tag.click();
  await expect(tags).toHaveValue("新的, kubernetes, ");
  await expect(page.locator("#choices-tag")).toBeHidden();
  await type(page, "\n见[[倒排");
  await expect(page.locator("#choices-article li").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  expect(await inBrowser(page)).toMatch(/见\[[^\]]*倒排[^\]]*\]\(\/articles\/[a-z0-9-]+\)$/);
  // Escape keeps what was typed.
  await type(page, " [[读懂");
  await expect(page.locator("#choices-article li").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator("#choices-article")).toBeHidden();
  expect(await inBrowser(page)).toMatch(/ \[\[读懂$/);
  const dot = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  await page.getByText("封面、适用版本与延伸阅读").click();
  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "上传封面…" }).click();
  await (await chosen).setFiles({ name: "dot.png", mimeType: "image/png", buffer: Buffer.from(dot.split(",")[1], "base64") });
  await expect(page.getByLabel("封面图片地址")).toHaveValue(/^\/media\/[0-9a-f]{32,64}\.png$/);
  await expect(page.locator(".covers button[aria-pressed=true] img")).toBeVisible();
  await saved(page);
});

test("pictures of other sites are offered to be copied, and a refusal says why", async ({ page }) => {
  await begun(page);
  await code(page).click();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/html", '<p>看图</p><img src="http://127.0.0.1:1/x.png" alt="图">');
    data.setData("text/plain", "看图");
    const host = document.querySelector(".editor-code")?.shadowRoot?.querySelector(".cm-content");
    host?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  expect(await inBrowser(page)).toContain("![图](http://127.0.0.1:1/x.png)");
  await page.getByRole("button", { name: "存到本站" }).click();
  await expect(page.getByText("图片地址不在公网上")).toBeVisible();
  expect(await inBrowser(page)).toContain("![图](http://127.0.0.1:1/x.png)");
  await saved(page);
});

test("the preview follows, marks work, and Chinese input is not disturbed", async ({ page }) => {
  await begun(page);
  await type(page, "\n## 小节\n内容");
  await expect(page.locator(".editor-preview h2")).toContainText("小节");
  await code(page).press("Control+a");
  await page.keyboard.press("Control+b");
  expect(await inBrowser(page)).toMatch(/^\*\*[\s\S]*\*\*$/);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+End");
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "nihao", selectionStart: 5, selectionEnd: 5 });
  await session.send("Input.insertText", { text: "你好" });
  expect(await inBrowser(page)).toMatch(/你好$/);
  await saved(page);
});
