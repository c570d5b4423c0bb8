// The results page, with and without JavaScript: its whole state stands in the address.
import { expect, scripted, test } from "./fixtures";

const search = (words: string, more = ""): string => `/search?q=${encodeURIComponent(words)}${more}`;

test("the results say how many they are and what was looked for", async ({ page }) => {
  await page.goto(search("Redis 缓存"));
  await expect(page.locator(".tell")).toContainText(/\d+ 条，用时 \d+ 毫秒 · 匹配：redis/);
  await expect(page.locator("main input[name=q]")).toHaveValue("Redis 缓存");
  await expect(page.locator(".scopes [aria-current=page]")).toContainText("全部");
});

test("the scope switch tells how many hits each scope has, and leads there", async ({ page }) => {
  await page.goto(search("linux"));
  const all = Number(await page.locator(".scopes a").first().locator(".num").innerText());
  const reprints = page.locator(".scopes a", { hasText: "转载与翻译" });
  const count = Number(await reprints.locator(".num").innerText());
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(all);
  await reprints.click();
  await expect(page).toHaveURL(/scope=reprints/);
  await expect(page.locator(".tell")).toContainText(`${count} 条`);
  for (const badge of await page.locator(".hit .badge").allInnerTexts()) expect(badge).toMatch(/转载|翻译/);
});

test("chips narrow, several together, and can be taken off", async ({ page }) => {
  await page.goto(search("的"));
  const chips = page.locator(".chips .chip:not([aria-current])");
  const tags = chips.filter({ hasText: "#" });
  const first = (await tags.nth(0).innerText()).match(/#(.*) (\d+)/);
  const second = (await tags.nth(1).innerText()).match(/#(.*) (\d+)/);
  await tags.nth(0).click();
  await expect(page).toHaveURL(/tag=/);
  await expect(page.locator(".tell")).toContainText(`${first?.[2]} 条`);
  const other = page.locator(".chip:not([aria-current])", { hasText: `#${second?.[1]} ` });
  await other.click();
  await expect(page.locator(".chip[aria-current]")).toHaveCount(2);
  const both = Number((await page.locator(".tell").innerText()).match(/(\d+) 条/)?.[1]);
  expect(both).toBeGreaterThanOrEqual(Number(first?.[2]));
  await page.locator(".chip[aria-current]").first().click();
  await expect(page.locator(".chip[aria-current]")).toHaveCount(1);
});

test("an order has an address and survives other words", async ({ page }) => {
  await page.goto(search("kubernetes"));
  await page.locator(".sort a", { hasText: "最新" }).click();
  await expect(page).toHaveURL(/sort=newest/);
  await expect(page.locator(".sort [aria-current]")).toHaveText("最新");
  const dates = await page.locator(".hit time").evaluateAll((times) => times.map((time) => time.getAttribute("datetime") ?? ""));
  expect(dates).toEqual([...dates].sort().reverse());
  await page.locator("main input[name=q]").fill("redis");
  await page.locator("main input[name=q]").press("Enter");
  await expect(page).toHaveURL(/q=redis/);
  await expect(page).toHaveURL(/sort=newest/);
});

test("a passage leads to its section", async ({ page }, { project }) => {
  await page.goto(search("Kibana监控Elasticsearch集群状态"));
  // The passage is kept by the first script when its link is followed.
  if (project.name !== "no-javascript") await scripted(page);
  const section = page.locator(".hit .section").first();
  const heading = await section.innerText();
  expect(await section.getAttribute("href")).toMatch(/^\/articles\/[a-z0-9-]+#./);
  await section.click();
  await expect(page).toHaveURL(/\/articles\/.*#/);
  // Scripts show the passage itself, which may stand a screen below its heading.
  const target = project.name === "no-javascript" ? page.locator(".prose").getByRole("heading", { name: heading }) : page.locator("[data-landed]");
  await expect(target.first()).toBeInViewport();
});

test("no hit is answered with ways on", async ({ page }) => {
  await page.goto(search("qzxwvk 霹雳虚空", "&scope=downloads&verbatim=1"));
  await expect(page.locator(".hit")).toHaveCount(0);
  await expect(page.locator(".empty > h2")).toHaveText("没有找到匹配的文章。");
  await expect(page.locator(".empty .neighbours a").first()).toBeVisible();
  await page.locator(".empty a", { hasText: "去掉全部筛选" }).click();
  await expect(page).not.toHaveURL(/scope=/);
});

test("behind the last page a way leads back to the first", async ({ page }) => {
  await page.goto(`/search?q=${encodeURIComponent("索引")}&page=99`);
  await page.getByRole("link", { name: "回到第一页" }).click();
  await expect(page.locator(".hit").first()).toBeVisible();
});

test("a slip is corrected, and the very words can still be searched", async ({ page }) => {
  await page.goto(search("kuberntes"));
  await expect(page.locator(".corrected")).toContainText("kubernetes");
  await expect(page.locator(".hit").first()).toBeVisible();
  await page.locator(".corrected a", { hasText: "仍搜索“kuberntes”" }).click();
  await expect(page).toHaveURL(/verbatim=1/);
  await expect(page.locator(".corrected")).toHaveCount(0);
  await expect(page.locator(".empty > h2")).toBeVisible();
});

test("a page of results is light", async ({ page }) => {
  await page.goto(search("的"));
  await expect(page.locator(".hit")).toHaveCount(20);
  const text = await page.locator("main").innerText();
  expect(new TextEncoder().encode(text).length).toBeLessThan(30_000);
  for (const passage of await page.locator("[data-text]").allInnerTexts()) expect([...passage].length).toBeLessThanOrEqual(200);
});
