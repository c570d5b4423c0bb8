// What a reader sees while the client waits for the next page: the page that is left, marked as busy.
import { test as plain, type Page } from "@playwright/test";
import { expect, hydrated, still, test } from "./fixtures";

/** Holds back the answers of one function until it is called. */
async function held(page: Page, name: string): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((done) => (release = done));
  await page.route(`**/api/${name}?*`, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test("a page stays, marked as busy, until the next one is there", async ({ page }) => {
  await page.goto("/");
  await hydrated(page);
  const heading = page.getByRole("heading", { level: 1 });
  const [before, title] = [await heading.innerText(), await page.title()];
  const link = page.locator(".card h2 a").nth(3);
  const wanted = await link.innerText();
  await link.scrollIntoViewIfNeeded();
  const release = await held(page, "article");
  const asked = page.waitForRequest(/\/api\/article\?/);
  await link.click();
  await asked;
  await page.waitForTimeout(500);
  await expect(page.locator("main[aria-busy=true]")).toBeVisible();
  await expect(heading).toHaveText(before);
  await expect(link).toBeInViewport();
  expect(await page.title()).toBe(title);
  await expect(page).toHaveURL("/");
  release();
  await expect(heading).toHaveText(wanted);
  await expect(heading).toBeFocused();
  await expect(page).toHaveURL(/\/articles\//);
  await expect.poll(() => page.title()).toContain(wanted);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  await expect(page.locator("main[aria-busy]")).toHaveCount(0);
});

test("the way back waits in the same manner, and leads to the place that was left", async ({ page }) => {
  await page.goto("/");
  await hydrated(page);
  const link = page.locator(".card h2 a").nth(8);
  await link.scrollIntoViewIfNeeded();
  await still(page);
  const left = await page.evaluate(() => scrollY);
  expect(left).toBeGreaterThan(200);
  const heading = page.getByRole("heading", { level: 1 });
  await link.click();
  await expect(page.locator(".prose > *").first()).toBeVisible();
  const title = await heading.innerText();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  await expect(page.locator("main[aria-busy]")).toHaveCount(0);
  const release = await held(page, "articles");
  await page.goBack();
  await expect(page.locator("main[aria-busy=true]")).toBeVisible();
  await page.waitForTimeout(300);
  await expect(heading).toHaveText(title);
  expect(await page.evaluate(() => scrollY)).toBe(0);
  release();
  await expect(heading).toContainText("最新文章");
  await expect.poll(() => page.evaluate((left) => Math.abs(scrollY - left), left)).toBeLessThan(3);
});

test("going back asks nobody again for what the client was told", async ({ page }) => {
  await page.goto("/");
  await hydrated(page);
  await page.locator(".card .kick a, .kick a").last().click();
  await expect(page).toHaveURL(/\/category\//);
  await page.locator(".card h2 a").first().click();
  await expect(page.locator(".prose > *").first()).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/category\//);
  await expect(page.locator(".siblings")).toBeVisible();
  const transferred = (): Promise<number[]> => page.evaluate(() => performance.getEntriesByType("resource")
    .filter(({ name }) => name.includes("/api/category?")).map((entry) => (entry as PerformanceResourceTiming).transferSize));
  await expect.poll(async () => (await transferred()).length).toBe(2);
  const [first, second] = await transferred();
  expect(first).toBeGreaterThan(0);
  expect(second).toBe(0);
});

for (const [name, address] of [["category", /\/category\//], ["tag", /\/tag\//]] as const) {
  test(`a page asks for its ${name} and for the list at once`, async ({ page }) => {
    await page.goto("/");
    await hydrated(page);
    const release = await held(page, name);
    const list = page.waitForRequest(/\/api\/articles\?/);
    await page.locator(`main a[href^="/${name}/"]`).first().click();
    await list;
    release();
    await expect(page).toHaveURL(address);
    await expect(page.locator(".lede h1")).toBeVisible();
    await expect(page.locator(".card").first()).toBeVisible();
  });
}

// The console tells of the refusal, which the other journeys may not cause.
plain("a page that cannot be had says so", async ({ page }) => {
  await page.goto("/");
  await hydrated(page);
  await page.route("**/api/article?*", (route) => route.fulfill({ status: 503, contentType: "application/json", body: '"Unavailable"' }));
  await page.locator(".card h2 a").first().click();
  await expect(page.locator("main .failure h1")).toBeVisible();
  await expect(page.locator("main[aria-busy]")).toHaveCount(0);
});
