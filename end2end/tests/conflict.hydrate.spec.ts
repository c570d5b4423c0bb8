// Two people, or two tabs, change the same small field: neither value is lost without being asked about.
import { type Page, expect, test } from "@playwright/test";
import { open, saved, signIn, type } from "./writing";

test.describe.configure({ timeout: 120_000 });

const title = (page: Page) => page.getByLabel("标题", { exact: true });

/** A text that the server has, with another title from another tab, and a third one typed here. */
async function disputed(page: Page): Promise<Page> {
  await signIn(page);
  await open(page);
  await title(page).fill("原来的题");
  await type(page, "一样的正文。");
  await saved(page);
  const other = await page.context().newPage();
  await open(other, new URL(page.url()).pathname);
  await title(other).fill("那边的题");
  await other.getByLabel("摘要").fill("那边的摘要");
  await saved(other);
  await other.close();
  await title(page).fill("这边的题");
  await expect(page.locator("dialog[open]")).toBeVisible({ timeout: 20_000 });
  return page;
}

for (const { side, chosen } of [{ side: "我的", chosen: "这边的题" }, { side: "服务器上的", chosen: "那边的题" }]) {
  test(`of two titles the one is kept that somebody chooses: ${side}`, async ({ page }) => {
    const dialog = (await disputed(page)).locator("dialog[open]");
    await expect(dialog).toContainText("有 1 栏两边都改了");
    await expect(dialog).not.toContainText("已自动合并");
    await expect(dialog.locator("textarea")).toHaveCount(0);
    await expect(dialog.getByLabel("我的：这边的题")).toBeChecked();
    await dialog.getByLabel(`${side}：${chosen}`).check();
    await dialog.getByRole("button", { name: "采用上面选定的" }).click();
    await saved(page);
    await page.reload();
    await expect(title(page)).toHaveValue(chosen);
    await expect(page.getByLabel("摘要")).toHaveValue("那边的摘要");
  });
}
