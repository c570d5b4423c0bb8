// Running the site, hydrated and with JavaScript off: every page, its forms, and what readers see of it.
import { complaints } from "./accessibility";
import { expect, test } from "./fixtures";
import { keeper, signIn } from "./writing";

const PAGES = ["", "/people", "/categories", "/tags", "/cards", "/quotations", "/redirects", "/settings", "/audit"];

test.beforeEach(async ({ page }) => signIn(page, keeper));

test("every page is there, readable and no wider than a phone", async ({ page, javaScriptEnabled }) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of PAGES) {
    await page.goto(`/admin${path}`);
    await expect(page.locator("main h1")).toBeVisible();
    if (!javaScriptEnabled) continue;
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths[0], path).toBeLessThanOrEqual(widths[1]);
    expect(await complaints(page), path).toEqual([]);
  }
});

test("a category is made, renamed, moved and merged, and its address leads on", async ({ page, javaScriptEnabled }) => {
  const slug = `made-${Date.now()}-${javaScriptEnabled ? "with" : "without"}`;
  await page.goto("/admin/categories");
  const add = page.locator(".panel", { hasText: "添加分类" });
  await add.getByLabel("名称").fill(`试验 ${slug}`);
  await add.getByLabel("网址名").fill(slug);
  const groups = add.getByRole("combobox");
  await groups.selectOption({ index: 1 });
  await add.locator("button.primary").click();
  const line = page.locator(".tree .line", { hasText: slug });
  await expect(line).toBeVisible();
  expect((await page.request.get(`/category/${slug}`)).ok()).toBe(true);
  await line.getByRole("button", { name: /上移/ }).click();
  await expect(line).toBeVisible();
  await line.locator("a").click();
  const panel = page.locator("#edit");
  await panel.getByLabel("网址名").fill(`${slug}-now`);
  await panel.locator("button.primary").click();
  await expect(page.locator(".tree code", { hasText: `${slug}-now` })).toBeVisible();
  const moved = await page.request.get(`/category/${slug}`, { maxRedirects: 0 });
  expect([moved.status(), moved.headers().location]).toEqual([308, `/category/${slug}-now`]);
  await page.locator(".tree .line", { hasText: `${slug}-now` }).locator("a").click();
  const into = page.locator("#edit form", { hasText: "合并" }).getByRole("combobox");
  await into.selectOption({ label: (await into.locator("option", { hasText: "/ Redis" }).first().textContent()) ?? "" });
  await page.locator("#edit form", { hasText: "合并" }).getByRole("button").click();
  await expect(page.locator(".tree code", { hasText: slug })).toHaveCount(0);
  expect((await page.request.get(`/category/${slug}-now`, { maxRedirects: 0 })).headers().location).toBe("/category/redis");
  await page.goto("/admin/audit");
  await expect(page.getByText(`试验 ${slug}`).first()).toBeVisible();
});

test("a category is dragged to its place", async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "the arrows do it without scripts");
  const slug = `dragged-${Date.now()}`;
  await page.goto("/admin/categories");
  const add = page.locator(".panel", { hasText: "添加分类" });
  await add.getByLabel("名称").fill(slug);
  await add.getByLabel("网址名").fill(slug);
  await add.getByRole("combobox").selectOption({ index: 1 });
  await add.locator("button.primary").click();
  const group = page.locator(".tree > li").first();
  const leaves = group.locator("li");
  // Another journey may put a category of its own behind this one. The script makes lines ready to be dragged.
  const own = leaves.filter({ hasText: slug });
  await expect(own).toHaveAttribute("draggable", "true");
  await own.locator("code").dragTo(leaves.first().locator("code"), { targetPosition: { x: 3, y: 2 } });
  await expect(leaves.first()).toContainText(slug);
  // The line stands there before the server has heard of it, and a reload would break the post off.
  await page.waitForURL(/done=moved/);
  await page.reload();
  await expect(page.locator(".tree > li").first().locator("li").first()).toContainText(slug);
});

test.describe("refused", () => {
  test.use({ refusals: [403, 409, 422] });

  test("a wrong value is said at its field and stays there", async ({ page }) => {
    await page.goto("/admin/categories");
    const add = page.locator(".panel", { hasText: "添加分类" });
    await add.getByLabel("名称").fill("云");
    await add.getByLabel("网址名").fill("Ü x");
    await add.locator("button.primary").click();
    await expect(page.getByText("网址名只能用").first()).toBeVisible();
    await expect(page.locator(".panel", { hasText: "添加分类" }).getByLabel("名称")).toHaveValue("云");
  });

  test("who may not run the site does not see it", async ({ page }) => {
    await page.context().clearCookies();
    await signIn(page);
    const answer = await page.goto("/admin/settings");
    expect([403, 404]).toContain(answer?.status());
  });
});
