// What every journey uses: a page that fails on any console message of a fault, and waiting for the client.
import { expect, test as base, type Page } from "@playwright/test";

export const test = base.extend<{ refusals: number[] }>({
  /** Statuses by which the server may refuse what a journey asks on purpose; the console calls them failed loads. */
  refusals: [[], { option: true }],
  page: async ({ page, refusals }, use) => {
    const faults: string[] = [];
    page.on("console", (message) => {
      // A page that is not there is a failed load for the console, and nothing more.
      const missing = [404, ...refusals].some((status) => message.text().includes(`status of ${status}`)) && message.location().url === page.url();
      if (["error", "warning"].includes(message.type()) && !missing) faults.push(`${message.type()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => faults.push(`thrown: ${error.message}`));
    await use(page);
    expect(faults, "the console stays silent").toEqual([]);
  },
});

export { expect };

/** Waits until the first script is there, for what is lost or done otherwise before: it gives the button a title last of all. */
export async function scripted(page: Page): Promise<void> {
  await expect(page.locator("button.theme")).toHaveAttribute("title", /./);
}

/** Touches the page, so that the client is loaded, and waits until it has taken over. */
export async function hydrated(page: Page): Promise<void> {
  // A touch before the first script is there counts for nothing.
  await expect(async () => {
    await page.mouse.move(5, 5);
    await page.mouse.move(9, 9);
    await expect(page.locator("html")).toHaveAttribute("data-hydrated", "true", { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
}

/** Waits until the page has not been scrolled for some frames; it scrolls smoothly, and slowly on a busy machine. */
export async function still(page: Page): Promise<void> {
  await page.evaluate(() => new Promise<void>((done) => {
    let [place, frames] = [scrollY, 0];
    const look = (): void => {
      frames = scrollY === place ? frames + 1 : 0;
      place = scrollY;
      if (frames > 24) done();
      else requestAnimationFrame(look);
    };
    look();
  }));
}

/** The address of a demo article; the newest may be one that another journey has just written. */
export async function anArticle(page: Page): Promise<string> {
  const list = await page.request.get("/api/articles?per_page=1&category=databases");
  return `/articles/${(await list.json()).items[0].slug}`;
}
