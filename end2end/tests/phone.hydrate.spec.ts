// The site at the width of a phone.
import { anArticle, expect, test } from "./fixtures";

test("nothing is wider than the screen", async ({ page }) => {
  for (const address of ["/", "/articles/kibana-monitor-elasticsearch-cluster", "/articles/inverted-index-bm25", "/nowhere", await anArticle(page), "/search?q=redis", "/archive", "/category/databases"]) {
    await page.goto(address);
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths[0], address).toBeLessThanOrEqual(widths[1]);
  }
});

test("the contents are closed above the text, and close after a choice", async ({ page }) => {
  await page.goto("/articles/inverted-index-bm25");
  const link = page.locator(".toc a").nth(2);
  await expect(link).toBeHidden();
  await page.locator(".toc summary").tap();
  await expect(link).toBeVisible();
  await link.tap();
  await expect(link).toBeHidden();
});

test("the drawer opens, leads on and closes", async ({ page }) => {
  await page.goto("/");
  await page.locator(".tabs button").tap();
  await expect(page.locator("#menu")).toBeVisible();
  await page.locator("#menu a", { hasText: "MySQL" }).first().tap();
  await expect(page).toHaveURL(/\/category\/mysql/);
  await expect(page.locator("#menu")).toBeHidden();
});

test("results and the search box fit the screen", async ({ page }) => {
  await page.goto("/search?q=redis&tag=redis");
  for (const link of await page.locator(".chip, .scopes a, .sort a").all()) expect((await link.boundingBox())?.height).toBeGreaterThanOrEqual(24);
  await page.keyboard.press("Control+k");
  const box = page.locator(".palette");
  await expect(box).toBeVisible();
  const size = await box.boundingBox();
  expect(size?.x).toBeGreaterThanOrEqual(0);
  expect((size?.x ?? 0) + (size?.width ?? 0)).toBeLessThanOrEqual(360);
});
