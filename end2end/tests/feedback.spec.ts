// From a reader's word about an article to the one who deals with it, hydrated and with JavaScript off.
import { complaints } from "./accessibility";
import { anArticle, expect, hydrated, test } from "./fixtures";
import { become, novice, signIn } from "./writing";

test.use({ refusals: [422], viewport: { width: 360, height: 740 } });

test("a reader tells something about an article, and an editor deals with it", async ({ page, javaScriptEnabled }) => {
  // Every page is looked at in both themes.
  test.setTimeout(240_000);
  const words = `第二节的命令 <b>少了</b>一个参数 ${Date.now()} ${javaScriptEnabled ? "有" : "无"}脚本`;
  /** On phones nothing is wider than the screen, and everything can be read and named, in both themes. */
  const looks = async (): Promise<void> => {
    if (!javaScriptEnabled) return;
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths[0]).toBeLessThanOrEqual(widths[1]);
    expect(await complaints(page)).toEqual([]);
  };
  const article = await anArticle(page);
  await page.goto(article);
  if (javaScriptEnabled) await hydrated(page);
  await page.getByRole("link", { name: "反馈", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`${article}/feedback\\?revision=\\d+$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("告诉我们");
  await looks();
  await page.getByLabel("类型").selectOption("侵权");
  await page.getByLabel("想说的话").fill(words);
  await page.getByRole("button", { name: "发送" }).click();
  await expect(page.locator("#contact-error")).toHaveText("反馈侵权需要留下联系方式，以便核实和答复。");
  await expect(page.getByLabel("联系方式")).toBeFocused();
  await expect(page.getByLabel("想说的话")).toHaveValue(words);
  await expect(page.getByLabel("类型")).toHaveValue("infringement");
  await looks();
  await page.getByLabel("联系方式").fill("reader@example.org");
  await page.getByRole("button", { name: "发送" }).click();
  const number = (await page.getByRole("status").innerText()).replace("反馈编号：", "");
  expect(number).toMatch(/^\d+$/);
  await looks();
  await page.getByRole("link", { name: "回到文章" }).click();
  await expect(page).toHaveURL(article);

  await signIn(page);
  await page.goto("/editor");
  await page.getByRole("link", { name: /^读者反馈（\d+）$/ }).click();
  await page.getByLabel("反馈编号").fill(number);
  await page.getByRole("button", { name: "查找" }).click();
  const told = page.locator(`#feedback-${number}`);
  await expect(told).toContainText(words);
  await expect(told).toContainText("reader@example.org");
  await expect(told.getByRole("link", { name: "打开编辑页" })).toHaveAttribute("href", /^\/editor\/\d+$/);
  await told.locator("summary").click();
  await told.getByLabel("处理说明").fill("已补上");
  await looks();
  await told.getByRole("button", { name: "已处理" }).click();
  await expect(page.getByRole("status")).toHaveText("已标为“已处理”。");
  await expect(told).toContainText("已补上");
  await expect(told.getByRole("button")).toHaveCount(0);
  await looks();
  // Somebody else's article is none of an author's business.
  await become(page, novice);
  await page.goto(`/editor/feedback?number=${number}`);
  await expect(page.getByText("这里没有反馈。")).toBeVisible();
});

test("the notice of a reprint leads to the form, about somebody's rights", async ({ page, javaScriptEnabled }) => {
  const list = await page.request.get("/api/articles?kind=reprint&per_page=1");
  const [{ slug }] = (await list.json()).items;
  await page.goto(`/articles/${slug}`);
  if (javaScriptEnabled) await hydrated(page);
  await page.getByRole("link", { name: "告知本站" }).click();
  await expect(page).toHaveURL(new RegExp(`/articles/${slug}/feedback\\?revision=\\d+&kind=infringement$`));
  await expect(page.getByLabel("类型")).toHaveValue("infringement");
});
