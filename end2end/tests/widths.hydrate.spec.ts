// Windows of all sizes, and systems with colours of their own.
import { anArticle, expect, test } from "./fixtures";

for (const width of [821, 844, 1000, 1024, 1080, 1081, 1100, 1240]) {
  test(`the head keeps to one row of groups at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto("/");
    const height = await page.locator(".groups").evaluate((groups) => groups.getBoundingClientRect().height);
    expect(height).toBeLessThanOrEqual(50);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
}

test("tablets reach the categories by the button of the drawer", async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.goto("/");
  await page.locator(".drawer").click();
  await page.locator(".groups a", { hasText: "Netty" }).click();
  await expect(page).toHaveURL(/\/category\/netty$/);
  await expect(page.locator(".groups")).toBeHidden();
});

test("of code and tables, those that scroll are stops for the keyboard", async ({ page }) => {
  await page.goto("/articles/inverted-index-bm25");
  const wrong = () =>
    page.locator(".prose :is(pre, .table)").evaluateAll((all) => all.filter((one) => one.matches("[tabindex]") !== one.scrollWidth > one.clientWidth).length);
  const stops = page.locator(".prose :is(pre, .table)[tabindex]");
  await page.setViewportSize({ width: 1920, height: 900 });
  await expect.poll(wrong).toBe(0);
  const before = await stops.count();
  await page.setViewportSize({ width: 320, height: 700 });
  await expect.poll(() => stops.count()).toBeGreaterThan(before);
  await expect.poll(wrong).toBe(0);
});

test("a large zoom leaves the window to the text", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await page.goto(await anArticle(page));
  await page.evaluate(() => scrollTo({ top: 1500, behavior: "instant" }));
  for (const part of [".top", ".toc", ".tabs"]) await expect(page.locator(part)).not.toBeInViewport();
});

test("marks are seen in the colours of the system", async ({ page }) => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ forcedColors: "active", colorScheme });
    await page.goto("/search?q=redis");
    const [text, ground, around] = await page.locator(".hit mark").first().evaluate((mark) => {
      const of = (element: Element) => getComputedStyle(element);
      return [of(mark).color, of(mark).backgroundColor, of(document.body).backgroundColor];
    });
    expect(text).not.toBe(ground);
    expect(ground).not.toBe(around);
  }
});
