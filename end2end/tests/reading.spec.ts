// Journeys that work with and without JavaScript.
import { anArticle, expect, test } from "./fixtures";

test("from the home page to an article, a tag, a search and back", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("最新文章");
  // One with tags: another journey may have published something plain a moment ago.
  const card = page.locator(".card").filter({ has: page.locator('a[href^="/tag/"]') }).first();
  const title = await card.locator("h2 a").innerText();
  await card.locator("h2 a").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page).toHaveTitle(new RegExp("流光"));

  await page.locator(".meta.tags a").first().click();
  await expect(page).toHaveURL(/\/tag\//);
  await expect(page.locator(".card h2", { hasText: title }).first()).toBeVisible();

  await page.goto("/search?q=Kibana%E7%9B%91%E6%8E%A7Elasticsearch%E9%9B%86%E7%BE%A4%E7%8A%B6%E6%80%81");
  await expect(page.locator(".hit h2").first()).toContainText("Kibana");
  await expect(page.locator(".hit mark").first()).toBeVisible();
  await page.locator(".hit h2 a").first().click();
  await expect(page).toHaveURL(/\/articles\//);
  await page.goBack();
  await expect(page.locator(".hit h2").first()).toContainText("Kibana");
});

test("a category shows its siblings, pages have addresses", async ({ page }) => {
  await page.goto("/?page=2");
  await expect(page.locator(".pager [aria-current=page]")).toHaveText("2");
  await page.locator(".kick a").first().click();
  await expect(page).toHaveURL(/\/category\//);
  await expect(page.locator(".siblings [aria-current=page]")).toHaveCount(1);
});

test("columns of a table stand as their author aligned them", async ({ page }) => {
  await page.goto("/articles/docker-multi-stage-build");
  for (const cell of [page.locator(".prose th[align=right]").first(), page.locator(".prose td[align=right]").first()]) {
    await expect(cell).toHaveCSS("text-align", /right$/);
  }
  await expect(page.locator(".prose th:not([align])").first()).toHaveCSS("text-align", "left");
});

test("the search form works", async ({ page }) => {
  await page.goto("/");
  await page.locator(".top input[name=q]").fill("redis");
  await page.locator(".top input[name=q]").press("Enter");
  await expect(page).toHaveURL(/\/search\?q=redis/);
  await expect(page.locator(".hit").first()).toBeVisible();
});

test("nonsense is answered with help", async ({ page }) => {
  for (const address of ["/articles/no-such-article", "/category/nothing", "/tag/%E6%B2%A1%E6%9C%89", "/nowhere", "/archive/2025-13"]) {
    const answer = await page.request.get(address);
    expect(answer.status(), address).toBe(404);
    expect(await answer.text()).toContain("没有这一页");
  }
  const strange = await page.request.get("/search?q=%00%22(&page=-1&category=..&month=x");
  expect(strange.status()).toBe(200);
});

test("an article stands in the document once", async ({ page }) => {
  const address = await anArticle(page);
  const html = await (await page.request.get(address)).text();
  const plain = (await (await page.request.get(address.replace("/articles/", "/api/article?slug="))).json()).html as string;
  const sentence = plain.replace(/<[^>]*>/g, "").match(/[\u4e00-\u9fff]{12}/)?.[0] ?? "";
  expect(sentence).not.toBe("");
  const body = html.slice(html.indexOf('class="prose"'));
  expect(body.split(sentence).length - 1).toBe(plain.split(sentence).length - 1);
});
