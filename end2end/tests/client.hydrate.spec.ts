// What the client adds: navigation without reload, theme, copying code, shortcuts, chance.
import { complaints } from "./accessibility";
import { anArticle, expect, hydrated, test } from "./fixtures";

const pages = [
  "/", "/?page=2", "/?page=99", "/?sort=views", "/archive", "/archive/2026-05", "/category/databases", "/category/mysql", "/category/php",
  "/tag/%E7%B4%A2%E5%BC%95", "/author/song-jian-zhao", "/downloads", "/search", "/search?q=redis", "/search?q=%E9%9B%86%E7%BE%A4", "/search?q=qqxyzzy",
  "/articles/inverted-index-bm25", "/articles/linux-file-descriptors-excerpt", "/articles/html-details-dialog-semantics",
  "/articles/docker-pid-1-signals", "/nowhere-at-all", "/articles/no-such-article",
];

for (const address of pages) {
  test(`hydrates silently and is accessible: ${address}`, async ({ page }) => {
    await page.goto(address);
    await hydrated(page);
    expect(await complaints(page)).toEqual([]);
    await expect(page.locator("h1")).toHaveCount(1);
    await expect(page.locator("main")).toHaveCount(1);
  });
}

test("a chosen theme has the colours of the system's", async ({ page }) => {
  await page.goto("/");
  const tokens = (theme: string): Promise<string[]> =>
    page.evaluate((theme) => {
      document.documentElement.dataset.theme = theme;
      return [...document.documentElement.computedStyleMap()].filter(([name]) => name.startsWith("--")).map(([name, values]) => `${name}: ${values}`);
    }, theme);
  for (const [system, chosen] of [["light", "dark"], ["dark", "light"]] as const) {
    await page.emulateMedia({ colorScheme: chosen });
    const wanted = await tokens("");
    expect(wanted.length).toBeGreaterThan(10);
    await page.emulateMedia({ colorScheme: system });
    expect(await tokens(chosen)).toEqual(wanted);
    expect(await tokens("")).not.toEqual(wanted);
  }
});

test("passages of results are sent once and stay when the client takes over", async ({ page }) => {
  const address = "/search?q=redis";
  const html = await (await page.request.get(address)).text();
  await page.goto(address);
  const passages = page.locator(".hit h2, .hit [data-text]");
  const before = await passages.allTextContents();
  const stretch = before.map((text) => text.match(/[\u4e00-\u9fff]{10,}/)?.[0]).find(Boolean) ?? "";
  expect(stretch).not.toBe("");
  const sent = html.slice(html.indexOf("<main")).replace(/<[^>]*>/g, "");
  expect(sent.split(stretch).length).toBe(before.join("\n").split(stretch).length);
  await hydrated(page);
  expect(await passages.allTextContents()).toEqual(before);
});

test("an open menu is accessible", async ({ page }) => {
  await page.goto("/");
  await page.locator(".groups > ul > li > a").nth(3).hover();
  await expect(page.locator(".groups li li a", { hasText: "SpringBoot" })).toBeVisible();
  expect(await complaints(page)).toEqual([]);
});

test("an article keeps its text while the client takes over", async ({ page }) => {
  await page.goto(await anArticle(page));
  const before = await page.locator(".prose").innerText();
  await hydrated(page);
  expect(await page.locator(".prose").innerText()).toBe(before);
});

test("the head of a page that the client shows is the one that the server writes", async ({ page }) => {
  /** Title, descriptions, addresses and feeds, of the document shown or of the server's, which names the site in addresses. */
  const head = (fresh: boolean) => page.evaluate(async (fresh) => {
    const read = async () => new DOMParser().parseFromString(await (await fetch(location.href, { cache: "reload" })).text(), "text/html");
    const { head } = fresh ? await read() : document;
    const elements = [...head.querySelectorAll("title, meta[property], meta[name=description], link[rel=canonical], link[rel=prev], link[rel=next], link[rel=alternate]")];
    const text = (element: Element) => [...element.attributes].map(({ name, value }) => `${name}=${value.replace(location.origin + "/", "/")}`).sort().join(" ") + element.textContent;
    return elements.map(text).sort();
  }, fresh);
  await page.goto("/");
  await hydrated(page);
  await page.locator(".kick a").last().click();
  await expect(page).toHaveURL(/\/category\//);
  await expect.poll(() => head(false)).toEqual(await head(true));
  await page.locator(".card h2 a").first().click();
  await expect(page).toHaveURL(/\/articles\//);
  await expect(page.locator(".prose > *").first()).toBeVisible();
  await expect.poll(() => head(false)).toEqual(await head(true));
  await page.goBack();
  await expect(page).toHaveURL(/\/category\//);
  await expect.poll(() => head(false)).toEqual(await head(true));
});

test("links lead on without a reload, and back keeps the list", async ({ page }) => {
  await page.goto("/");
  await hydrated(page);
  await page.evaluate(() => ((window as { stayed?: boolean }).stayed = true));
  const title = await page.locator(".card h2 a").first().innerText();
  await page.locator(".card h2 a").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.locator(".prose > *").first()).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("最新文章");
  expect(await page.evaluate(() => (window as { stayed?: boolean }).stayed)).toBe(true);
});

test("the theme is remembered", async ({ page }) => {
  await page.goto("/");
  await page.locator("button.theme").click();
  const theme = await page.locator("html").getAttribute("data-theme");
  await page.goto("/archive");
  await expect(page.locator("html")).toHaveAttribute("data-theme", theme ?? "");
});

test("code is copied exactly", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const list = await (await page.request.get("/api/search?q=curl&per_page=5")).json();
  for (const hit of list.hits) {
    await page.goto(`/articles/${hit.slug}`);
    if ((await page.locator("figure.code").count()) > 0) break;
  }
  const figure = page.locator("figure.code").first();
  await figure.locator("[data-action=copy]").click();
  await expect(figure.locator("[data-action=copy]")).toHaveText("已复制");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await figure.locator("code").textContent());
});

test("the menu works by keyboard alone, and Escape closes it", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.locator(".skip")).toBeFocused();
  const group = page.locator(".groups > ul > li > a").nth(4);
  const leaf = page.locator(".groups li li a", { hasText: "MySQL" });
  await group.focus();
  await expect(leaf).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(leaf).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(leaf).toBeHidden();
  await expect(group).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.locator(".groups > ul > li > a").nth(5)).toBeFocused();
});

test("the contents follow the reader", async ({ page }) => {
  await page.goto("/articles/inverted-index-bm25");
  const links = page.locator(".toc a");
  await expect(links.first()).toBeVisible();
  await links.nth(3).click();
  await expect(links.nth(3)).toHaveAttribute("aria-current", "location");
  await expect(page.locator(".toc [aria-current]")).toHaveCount(1);
});

test("another command is shown", async ({ page }) => {
  await page.goto("/");
  await hydrated(page);
  const command = page.locator(".learn code");
  const before = await command.innerText();
  await expect(async () => {
    await page.locator("[data-action=command]").click();
    expect(await command.innerText()).not.toBe(before);
  }).toPass();
});

test("the keyboard is enough", async ({ page }) => {
  await page.goto("/");
  await hydrated(page);
  await page.keyboard.press("/");
  await expect(page.locator(".palette input")).toBeFocused();
  await page.keyboard.type("redis");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=redis/);
  await expect(page.locator(".hit").first()).toBeVisible();
});

test("chance brings articles when the foot is reached", async ({ page }) => {
  await page.goto("/");
  await hydrated(page);
  await expect(page.locator(".random li")).toHaveCount(0);
  await page.locator("footer").scrollIntoViewIfNeeded();
  await expect(page.locator(".random li").first()).toBeVisible();
});
