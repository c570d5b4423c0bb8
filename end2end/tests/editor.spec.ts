// Writing from the first word to readers, hydrated and with JavaScript off.
import { complaints } from "./accessibility";
import { expect, test } from "./fixtures";
import { become, novice, post, signIn, writer } from "./writing";

test.describe.configure({ timeout: 120_000 });

test("an author writes, previews, publishes and edits", async ({ page, javaScriptEnabled }) => {
  const name = `e2e-${Date.now()}-${javaScriptEnabled ? "with" : "without"}`;
  await signIn(page);
  await page.goto("/editor/new");
  await page.getByLabel("标题", { exact: true }).fill(`测试 ${name}`);
  await page.getByLabel("栏目", { exact: true }).selectOption("redis");
  await page.getByLabel("网址名").fill(name);
  if (javaScriptEnabled) {
    await page.locator(".editor-code .cm-content").fill("第一版 **正文**");
  } else {
    await page.locator("#body").fill("第一版 **正文**");
  }
  await page.getByRole("button", { name: "预览", exact: true }).click();
  await expect(page.locator("#preview strong")).toHaveText("正文");
  await expect(page.locator("#preview")).toBeInViewport();
  // With scripts the text has its address since it was saved, and the preview made no second one.
  await expect(page).toHaveURL(javaScriptEnabled ? /\/editor\/\d+#preview$/ : /\/editor\/new#preview$/);
  await page.getByRole("button", { name: "发布", exact: true }).click();
  await expect(page.getByText("已发布，读者看到的就是这一版。")).toBeVisible();
  const published = await page.request.get(`/articles/${name}`);
  expect(await published.text()).toContain("第一版 <strong>正文</strong>");
  if (javaScriptEnabled) await page.locator(".editor-code .cm-content").fill("第二版");
  else await page.locator("#body").fill("第二版");
  await page.getByRole("button", { name: "保存草稿" }).click();
  await expect(page.getByText("草稿已存到服务器")).toBeVisible();
  expect(await (await page.request.get(`/articles/${name}`)).text()).toContain("第一版");
  await page.getByRole("button", { name: "发布改动" }).click();
  await expect(page.getByText("已发布，读者看到的就是这一版。")).toBeVisible();
  expect(await (await page.request.get(`/articles/${name}`)).text()).toContain("第二版");
  // The reload shows the list of revisions with the new one in it.
  await page.reload();
  await page.locator("#revisions li a", { hasText: "比较" }).last().click();
  const sign = page.locator(".comparison .sign", { hasText: "+" }).first();
  await expect(sign).toBeVisible();
  // The signs of the site are masks filled with a colour; this is a character to be read.
  await expect(sign).toHaveCSS("mask-image", "none");
  await expect(sign).toHaveCSS("background-color", "rgba(0, 0, 0, 0)");
});

test("the change of a published article goes to readers by way of an editor", async ({ page, javaScriptEnabled }) => {
  const name = `changed-${Date.now()}-${javaScriptEnabled ? "with" : "without"}`;
  const text = { title: `改动 ${name}`, slug: name, category: "redis", kind: "original", body: "旧的一句" };
  const write = (body: string): Promise<void> => page.locator(javaScriptEnabled ? ".editor-code .cm-content" : "#body").fill(body);
  const press = (button: string): Promise<void> => page.getByRole("button", { name: button, exact: true }).click();
  await signIn(page, novice);
  const address = await post(page, "/editor/new", { ...text, action: "submit" });
  await become(page);
  await post(page, address, { ...text, action: "publish", base_revision: "1" });
  await become(page, novice);
  await page.goto(address);
  await expect(page.getByLabel("选择文件")).toHaveCount(0);
  await write("新的一句");
  await press("提交修改");
  await expect(page.getByText("修改已提交")).toBeVisible();
  await become(page);
  await page.goto("/editor");
  await page.getByRole("link", { name: "待审队列" }).click();
  const waiting = page.locator(".work li", { hasText: text.title });
  await expect(waiting.getByText("改动待审")).toBeVisible();
  await waiting.getByRole("link", { name: text.title }).click();
  await page.getByRole("link", { name: "与读者看到的比较" }).click();
  await expect(page.locator(".comparison ins")).toHaveText("新");
  await page.getByLabel("退回的理由").fill("缺出处");
  await press("退回给作者");
  await expect(page.getByText("已退回给作者。")).toBeVisible();
  await become(page, novice);
  await page.goto(address);
  await expect(page.getByText("编辑退回了这篇文章：缺出处")).toBeVisible();
  await write("新的一句，附出处");
  await press("提交修改");
  await expect(page.getByText("编辑退回了这篇文章")).toHaveCount(0);
  expect(await (await page.request.get(`/articles/${name}`)).text()).toContain("旧的一句");
  await become(page);
  await page.goto(address);
  await press("发布改动");
  await expect(page.getByText("已发布，读者看到的就是这一版。")).toBeVisible();
  expect(await (await page.request.get(`/articles/${name}`)).text()).toContain("新的一句，附出处");
});

test.describe("refused", () => {
  test.use({ refusals: [422] });

  test("a post that cannot be carried out keeps the text", async ({ page }) => {
    await signIn(page);
    await page.goto("/editor/new");
    await page.getByLabel("标签").fill("标".repeat(300));
    await page.locator("#summary").fill("</textarea><b>我的摘要");
    await page.getByRole("button", { name: "发布", exact: true }).click();
    await expect(page.locator("#tags-error")).toBeVisible();
    await expect(page.locator("#title-error")).toBeVisible();
    await expect(page.getByLabel("标题", { exact: true })).toBeFocused();
    await expect(page.locator("#summary")).toHaveValue("</textarea><b>我的摘要");
  });
});

test.describe("signed out", () => {
  test.use({ refusals: [401] });

  test("whoever must sign in first can read why, and comes back", async ({ page, javaScriptEnabled }) => {
    const wanted = `/editor?text=${encodeURIComponent("图")}`;
    await page.goto(wanted);
    const way = page.locator(".failure").getByRole("link", { name: "登录" });
    await expect(way).toBeVisible();
    if (javaScriptEnabled) expect(await complaints(page)).toEqual([]);
    await way.click();
    await page.getByLabel("用户名").fill(writer.username);
    await page.getByLabel("密码").fill(writer.password);
    await page.getByRole("button", { name: "登录" }).click();
    await expect(page).toHaveURL(wanted);
    await expect(page.getByRole("heading", { name: "我的文章" })).toBeVisible();
  });
});
