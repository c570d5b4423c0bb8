// What makes writing comfortable: completion, pictures, the preview, texts that come from elsewhere, times.
import { expect, test } from "@playwright/test";
import { begun, code, inBrowser, open, saved, signIn, status, type } from "./writing";

test.describe.configure({ timeout: 120_000 });

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
  await expect.poll(() => inBrowser(page)).toMatch(/你好$/);
  await saved(page);
});

test("a shared link begins a reprint that is saved at once", async ({ page }) => {
  await signIn(page);
  await open(page, `/editor/new?${new URLSearchParams({ title: "别处的文章", text: "值得一读 https://example.org/a?b=1" })}`);
  await expect(page.getByLabel("原文地址")).toHaveValue("https://example.org/a?b=1");
  await saved(page);
  const html = await (await page.request.get(new URL(page.url()).pathname)).text();
  expect(html).toContain('value="https://example.org/a?b=1"');
  expect(html).toMatch(/<option value="reprint" selected/);
  expect(await inBrowser(page)).toBe("值得一读");
});

test("a Markdown file that the installed site is opened with becomes a text", async ({ page }) => {
  await signIn(page);
  // What the browser does when it starts the installed site with a file.
  await page.addInitScript(() => {
    const file = new File(["---\r\ntitle: \"索引\"\r\ntags: [mysql, 锁]\r\n---\r\n\r\n# 索引\r\n\r\n一段话。\r\n"], "index.md");
    const setConsumer = (take: (launch: unknown) => void): void => take({ files: [{ name: file.name, getFile: async () => file }] });
    Object.defineProperty(window, "launchQueue", { value: { setConsumer } });
  });
  await open(page);
  await expect(page.getByLabel("标题", { exact: true })).toHaveValue("索引");
  await expect(page.locator("[name=tags]")).toHaveValue("mysql, 锁");
  await saved(page);
  expect(await inBrowser(page)).toBe("一段话。\n");
});

test.describe("far away", () => {
  test.use({ timezoneId: "America/New_York" });

  test("times are those of the site, with the date unless it is today", async ({ page }) => {
    await signIn(page);
    await open(page);
    let before: number | undefined;
    await page.route("**/api/draft", async (route) => {
      const response = await route.fetch();
      const answer = await response.json();
      await route.fulfill({ response, json: { ...answer, saved_at: before ?? answer.saved_at } });
    });
    await type(page, "今天。");
    await expect(status(page)).toHaveText(/已存到服务器 \d\d:\d\d:\d\d（/);
    before = Date.UTC(2026, 0, 2, 16, 30);
    await type(page, "那天。");
    await expect(status(page)).toContainText("已存到服务器 2026-01-03 00:30:00（");
  });
});
