// An open page says what became of its article elsewhere: taken back to review, or published.
import { expect, test } from "@playwright/test";
import { become, inBrowser, novice, open, post, saved, signIn, signOut, type, writer } from "./writing";

test.describe.configure({ timeout: 120_000 });

test("an author reads at once that a change took a scheduled text back to review", async ({ page, context }) => {
  const title = `定时之后 ${Math.random().toString(36).slice(2, 8)}`;
  const text = { title, body: "等人来审。", category: "linux", kind: "original" };
  await signIn(page, novice);
  const address = await post(page, "/editor/new", { ...text, action: "submit" });
  await become(page, writer);
  await post(page, address, { ...text, action: "schedule", publish_at: "2099-01-01T08:00", base_revision: "1" });
  await signOut(context);
  await become(page, novice);
  await open(page, address);
  const told = page.getByText("取消了定时，回到待审核");
  await expect(told).toHaveCount(0);
  await type(page, "再改一句。");
  await expect(told).toBeVisible({ timeout: 20_000 });
  await type(page, "又改一句。");
  await saved(page);
  await expect(told).toHaveCount(1);
});

test("a page whose article was published meanwhile says so and leads to its buttons", async ({ page }) => {
  const text = { title: `变动 ${Math.random().toString(36).slice(2, 8)}`, body: "等人来审。", category: "linux", kind: "original" };
  await signIn(page, novice);
  const address = await post(page, "/editor/new", { ...text, action: "submit" });
  await open(page, address);
  const badge = page.locator(".editor-head .badge");
  await expect(badge).toHaveText("待审核");
  await signIn(page, writer);
  await post(page, address, { ...text, action: "publish", base_revision: "1" });
  await signIn(page, novice);
  await type(page, "出版之后的一句。");
  await saved(page);
  await expect(badge).toHaveText("已发布");
  await page.getByRole("button", { name: "重新载入" }).click();
  await expect(page.getByRole("button", { name: "提交修改" })).toBeVisible();
  await expect(page.locator("form[data-editor]")).toHaveAttribute("data-ready", "true", { timeout: 15_000 });
  expect(await inBrowser(page)).toContain("出版之后的一句。");
});
