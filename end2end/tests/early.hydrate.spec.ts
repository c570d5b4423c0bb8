// What a reader does before the first script is there, which is only asked for when the page is painted.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** Holds the first script back until the function that comes back is called. */
async function holdScript(page: Page): Promise<() => void> {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/pkg\/page\.\w+\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

test("a click on the theme is done when the script is there", async ({ page }) => {
  const release = await holdScript(page);
  await page.goto("/");
  await page.locator("[data-action=theme]").click();
  const theme = page.locator("html");
  expect(await theme.getAttribute("data-theme")).toBeNull();
  release();
  await expect(theme).toHaveAttribute("data-theme", "dark");
});

test("a shortcut is done when the script is there, a link at once and once", async ({ page }) => {
  const release = await holdScript(page);
  await page.goto("/");
  await page.keyboard.press("/");
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  release();
  await expect(page.locator("dialog[open] input")).toBeFocused();
  await page.keyboard.press("Escape");

  await page.goto("/");
  await page.locator(".kick a").last().click();
  await expect(page).toHaveURL(/\/category\//);
});

test("the search box opens for a field that was pointed at", async ({ page }) => {
  const release = await holdScript(page);
  await page.goto("/");
  await page.locator(".find input").click();
  release();
  await expect(page.locator("dialog[open] input")).toBeFocused();
});

test("contents that were opened stay open", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const release = await holdScript(page);
  await page.goto("/articles/netty-zero-copy-bytebuf");
  const contents = page.locator(".toc details");
  await contents.locator("summary").click();
  release();
  await expect(contents).toHaveAttribute("data-width", "");
  await expect(contents).toHaveAttribute("open", "");
});

test("a tab that nobody looks at gets its script too", async ({ page }) => {
  await page.addInitScript(() => delete (window as { PerformanceObserver?: unknown }).PerformanceObserver);
  const script = page.waitForResponse(/\/pkg\/page\.\w+\.js$/);
  await page.goto("/");
  expect((await script).ok()).toBe(true);
});
