// A series from the form to its readers, hydrated and with JavaScript off.
import { expect, test } from "./fixtures";
import { post, signIn } from "./writing";

test.use({ refusals: [422] });

test("an author goes on with a series, and readers find its parts", async ({ page, javaScriptEnabled }) => {
  const name = `连载-${Date.now()}-${javaScriptEnabled ? "with" : "without"}`;
  const text = { category: "redis", kind: "original", body: "第一篇的正文。" };
  await signIn(page);
  await post(page, "/editor/new", { ...text, title: `${name} 之一`, slug: `${name.slice(3)}-1`, series: name, part: "1", action: "publish" });
  await page.goto("/editor/new");
  await expect(page.locator(`#series-names option[value="${name}"]`)).toHaveAttribute("label", "已有 1 篇，到第 1 篇");
  await page.getByLabel("标题", { exact: true }).fill(`${name} 之三`);
  await page.getByLabel("栏目", { exact: true }).selectOption("redis");
  await page.getByLabel("网址名").fill(`${name.slice(3)}-3`);
  await page.locator(javaScriptEnabled ? ".editor-code .cm-content" : "#body").fill("第三篇的正文。");
  const [series, part] = [page.getByLabel("系列", { exact: true }), page.getByLabel("第几篇")];
  await expect(series).toBeHidden();
  await page.getByText("系列、封面、适用版本与延伸阅读").click();
  await series.fill(name);
  await part.fill("1");
  await page.getByRole("button", { name: "发布", exact: true }).click();
  await expect(page.locator("#part-error")).toContainText(`已经是《${name} 之一》`);
  await expect(part).toBeFocused();
  await expect(series).toHaveValue(name);
  await part.fill("3");
  await page.getByRole("button", { name: "发布", exact: true }).click();
  await expect(page.getByText("已发布，读者看到的就是这一版。")).toBeVisible();
  await page.reload();
  await expect(part).toHaveValue("3");
  await page.goto(`/articles/${name.slice(3)}-3`);
  const parts = page.getByRole("navigation", { name: "系列" });
  await expect(parts.locator("li")).toHaveCount(2);
  expect(await parts.locator("li").evaluateAll((items) => items.map((item) => (item as HTMLLIElement).value))).toEqual([1, 3]);
  await expect(parts.locator("[aria-current=page]")).toHaveText(`${name} 之三`);
  await parts.getByRole("link", { name: `${name} 之一` }).click();
  await expect(page.getByText("第一篇的正文。")).toBeVisible();
});
