// The site at the width of a phone.
import { anArticle, expect, scripted, test } from "./fixtures";
import { keeper, open, post, signIn, type } from "./writing";

test("nothing is wider than the screen", async ({ page }) => {
  for (const address of ["/", "/articles/kibana-monitor-elasticsearch-cluster", "/articles/inverted-index-bm25", "/nowhere", await anArticle(page), "/search?q=redis", "/archive", "/category/databases"]) {
    await page.goto(address);
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths[0], address).toBeLessThanOrEqual(widths[1]);
  }
});

test("the contents are closed above the text, and close after a choice", async ({ page }) => {
  await page.goto("/articles/inverted-index-bm25");
  // The first script closes them once.
  await scripted(page);
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

test("the tab of searches puts the keyboard into the field, but not on a page of results", async ({ page }) => {
  const input = page.locator("main .q input[type=search]");
  await page.goto("/search?q=redis");
  await expect(page.locator(".hit").first()).toBeVisible();
  await expect(input).not.toBeFocused();
  await page.goto("/search");
  await expect(input).toBeFocused();
  await page.goto("/");
  await page.mouse.wheel(0, 10);
  await expect(page.locator("html")).toHaveAttribute("data-hydrated", "true", { timeout: 30_000 });
  await page.locator('.tabs a[href="/search"]').tap();
  await expect(input).toBeFocused();
  await page.keyboard.type("redis");
  await expect(page).toHaveURL(/q=redis/);
  await expect(page.locator(".hit").first()).toBeVisible();
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

test("on the whole screen the code, its preview and the status line stand below each other", async ({ page }) => {
  await signIn(page);
  await open(page);
  await type(page, "一行\n".repeat(40));
  await page.getByRole("button", { name: "全屏" }).tap();
  // The click comes a moment after the tap, and the preview when it is rendered.
  await expect(async () => {
    const [code, preview, line] = await Promise.all([".editor-code", ".editor-preview", ".editor-status"].map((place) => page.locator(place).boundingBox()));
    if (!code || !preview || !line) throw new Error("a part of the editor is not there");
    expect(code.height).toBeGreaterThan(150);
    expect(preview.y).toBeGreaterThanOrEqual(code.y + code.height - 1);
    expect(line.y).toBeGreaterThanOrEqual(preview.y + preview.height - 1);
    expect(line.y + line.height).toBeLessThanOrEqual(740);
  }).toPass({ timeout: 15_000 });
});

test("times, people and addresses in the log are not broken", async ({ page }) => {
  await signIn(page, keeper);
  await page.goto("/admin/audit");
  const heights = await page.locator(".scroll tbody tr").first().locator("td").evaluateAll((cells) => cells.map((cell) => {
    const lines = document.createRange();
    lines.selectNodeContents(cell);
    return new Set([...lines.getClientRects()].map((part) => Math.round(part.top))).size;
  }));
  expect([heights[0], heights[1], heights[4]].every((lines) => lines === 1), String(heights)).toBe(true);
});

test("a long series with a long name fits and shows what is around", async ({ page }) => {
  const series = `Elasticsearch_${"cluster_state_".repeat(4)}${Date.now()}`;
  await signIn(page);
  for (let part = 1; part <= 9; part += 1) {
    const title = `第 ${part} 讲 ${"SynchronousReplication".repeat(2)}`;
    await post(page, "/editor/new", { title, slug: `${series.slice(-13)}-${part}`, series, part: `${part * 1000}`, category: "redis", body: "正文在此。", action: "publish" });
  }
  await page.goto(`/articles/${series.slice(-13)}-5`);
  const parts = page.locator(".series");
  await expect(parts.locator("li:visible")).toHaveCount(3);
  await parts.getByText("全部 9 篇").tap();
  await expect(parts.locator("li:visible")).toHaveCount(12);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
