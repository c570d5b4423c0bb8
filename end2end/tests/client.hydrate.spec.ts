// What the client adds: navigation without reload, theme, copying code, shortcuts, chance.
import AxeBuilder from "@axe-core/playwright";
import { anArticle, expect, hydrated, test } from "./fixtures";

const pages = ["/", "/archive", "/downloads", "/search?q=redis", "/search?q=%E9%9B%86%E7%BE%A4", "/category/databases", "/nowhere-at-all"];

for (const address of pages) {
  test(`hydrates silently and is accessible: ${address}`, async ({ page }) => {
    // A missing page is a failed load for the console; the test of the console is for the others.
    const answer = await page.request.get(address);
    if (answer.status() === 404) return;
    await page.goto(address);
    await hydrated(page);
    for (const theme of ["light", "dark"]) {
      await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), theme);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${theme} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  });
}

test("an article hydrates silently, keeps its text and is accessible", async ({ page }) => {
  await page.goto(await anArticle(page));
  const before = await page.locator(".prose").innerHTML();
  await hydrated(page);
  expect((await page.locator(".prose").innerHTML()).length).toBeGreaterThanOrEqual(before.length);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test("links lead on without a reload, and back keeps the list", async ({ page }) => {
  await page.goto("/");
  await hydrated(page);
  await page.evaluate(() => ((window as { stayed?: boolean }).stayed = true));
  const title = await page.locator(".card h2 a").first().innerText();
  await page.locator(".card h2 a").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.locator(".prose > *").first()).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("最新文章");
  expect(await page.evaluate(() => (window as { stayed?: boolean }).stayed)).toBe(true);
});

test("the theme is remembered", async ({ page }) => {
  await page.goto("/");
  await page.locator("button.theme").click();
  const theme = await page.locator("html").getAttribute("data-theme");
  await page.goto("/archive");
  await expect(page.locator("html")).toHaveAttribute("data-theme", theme ?? "");
});

test("code is copied exactly", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const list = await (await page.request.get("/api/search?q=curl&per_page=5")).json();
  for (const hit of list.hits) {
    await page.goto(`/articles/${hit.slug}`);
    if ((await page.locator("figure.code").count()) > 0) break;
  }
  const figure = page.locator("figure.code").first();
  await figure.locator("[data-action=copy]").click();
  await expect(figure.locator("[data-action=copy]")).toHaveText("已复制");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await figure.locator("code").textContent());
});

test("the keyboard is enough", async ({ page }) => {
  await page.goto("/");
  await hydrated(page);
  await page.keyboard.press("/");
  await expect(page.locator(".palette input")).toBeFocused();
  await page.keyboard.type("redis");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=redis/);
  await expect(page.locator(".hit").first()).toBeVisible();
});

test("chance brings articles when the foot is reached", async ({ page }) => {
  await page.goto("/");
  await hydrated(page);
  await page.locator(".random").scrollIntoViewIfNeeded();
  await expect(page.locator(".random li").first()).toBeVisible();
});
