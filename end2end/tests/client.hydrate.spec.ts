// What the client adds: navigation without reload, theme, copying code, shortcuts, chance.
import { complaints } from "./accessibility";
import { anArticle, expect, hydrated, scripted, still, test } from "./fixtures";

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
  // The very answer that is shown: another journey may publish something before the next one.
  const html = (await (await page.goto("/search?q=redis"))?.text()) ?? "";
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
  // The first script adds the buttons that copy.
  await scripted(page);
  const before = await page.locator(".prose").innerText();
  await hydrated(page);
  expect(await page.locator(".prose").innerText()).toBe(before);
});

test("the head of a page that the client shows is the one that the server writes", async ({ page }) => {
  /** Title, descriptions, addresses and feeds, of the document shown or of the server's. */
  const head = (fresh: boolean) => page.evaluate(async (fresh) => {
    const read = async () => new DOMParser().parseFromString(await (await fetch(location.href, { cache: "reload" })).text(), "text/html");
    const { head } = fresh ? await read() : document;
    const elements = [...head.querySelectorAll("title, meta[property], meta[name=description], link[rel=canonical], link[rel=prev], link[rel=next], link[rel=alternate]")];
    const text = (element: Element) => [...element.attributes].map(({ name, value }) => `${name}=${value}`).sort().join(" ") + element.textContent;
    return elements.map(text).sort();
  }, fresh);
  await page.goto("/");
  await hydrated(page);
  // The head says how many articles there are: not of a category that other journeys publish in.
  await page.locator(".kick a:not([href$='/redis'], [href$='/middleware'], [href$='/linux'], [href$='/systems'])").last().click();
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

test("back leads to the place in the list where the reader was", async ({ page }) => {
  for (const address of ["/", `/search?q=${encodeURIComponent("索引")}`]) {
    await page.goto(address);
    await hydrated(page);
    const link = page.locator(".card h2 a").nth(8);
    await link.scrollIntoViewIfNeeded();
    await still(page);
    const near = await page.evaluate(() => scrollY);
    await page.mouse.wheel(0, 200);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(near);
    await still(page);
    const top = async (): Promise<number> => (await link.boundingBox())?.y ?? NaN;
    const before = await top();
    const scrolled = await page.evaluate(() => scrollY);
    expect(scrolled).toBeGreaterThan(500);
    await link.click();
    await expect(page.locator(".prose > *").first()).toBeVisible();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
    await page.goBack();
    await expect(link).toBeVisible();
    await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(3);
  }
});

test("after a change of the page the keyboard goes on at its heading", async ({ page }) => {
  await page.goto("/");
  await hydrated(page);
  await page.locator(".card h2 a").first().focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".prose > *").first()).toBeVisible();
  await expect(page.locator("main h1")).toBeFocused();
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
});

test("the theme is remembered", async ({ page }) => {
  await page.goto("/");
  await page.locator("button.theme").click();
  // A click before the first script is there is done when it is.
  await expect(page.locator("html")).toHaveAttribute("data-theme", /./);
  const theme = await page.locator("html").getAttribute("data-theme");
  await page.goto("/archive");
  await expect(page.locator("html")).toHaveAttribute("data-theme", theme ?? "");
});

test("the theme that the system has is not remembered, and the button says what it leads to", async ({ page }) => {
  await page.goto("/");
  const [root, button] = [page.locator("html"), page.locator("button.theme")];
  const frames = (): Promise<string[]> => page.locator("meta[name=theme-color]").evaluateAll((metas) => metas.map((meta) => (meta as HTMLMetaElement).content));
  const before = await frames();
  await expect(button).toHaveAttribute("title", "换成深色");
  await button.click();
  await expect(root).toHaveAttribute("data-theme", "dark");
  await expect(button).toHaveAccessibleName("换成浅色");
  const paper = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--paper"));
  expect(await frames()).toEqual([paper, paper]);
  await button.click();
  await expect(root).not.toHaveAttribute("data-theme");
  await expect(button).toHaveAccessibleName("换成深色");
  expect(await frames()).toEqual(before);
  expect(await page.evaluate(() => localStorage.getItem("theme"))).toBeNull();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(button).toHaveAccessibleName("换成浅色");
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
  await hydrated(page);
  const links = page.locator(".toc a");
  await expect(links.first()).toBeVisible();
  await links.nth(3).click();
  await expect(links.nth(3)).toHaveAttribute("aria-current", "location");
  await expect(page.locator(".toc [aria-current]")).toHaveCount(1);
  // Frames of scrolling measure no heading; what grows in the text moves the sections. What is still put into the page after
  // the client has taken over is a reason to measure: then the frames are counted again.
  const counted = (): Promise<number> => page.evaluate(async () => {
    const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
    const measure = Element.prototype.getBoundingClientRect;
    let count = 0;
    HTMLHeadingElement.prototype.getBoundingClientRect = function () {
      count += 1;
      return measure.call(this);
    };
    const from = scrollY;
    for (let step = 0; step < 10; step += 1) {
      scrollBy({ top: 40, behavior: "instant" });
      await frame();
    }
    scrollTo({ top: from, behavior: "instant" });
    return count;
  });
  await expect.poll(counted).toBe(0);
  await page.evaluate(() => {
    scrollTo({ top: 0, behavior: "instant" });
    (document.querySelector(".prose > *") as HTMLElement).style.paddingTop = "3000px";
  });
  await page.evaluate(() => scrollTo({ top: 2500, behavior: "instant" }));
  await expect(page.locator(".toc [aria-current]")).toHaveCount(0);
  await page.evaluate(() => document.querySelectorAll(".prose h2")[1].scrollIntoView({ behavior: "instant" }));
  const second = await page.locator(".prose h2").nth(1).getAttribute("id");
  await expect(page.locator(".toc [aria-current]")).toHaveAttribute("href", new RegExp(`#${encodeURIComponent(second ?? "")}$|#${second}$`));
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
