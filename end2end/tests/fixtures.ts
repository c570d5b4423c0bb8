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

/** Touches the page, so that the client is loaded, and waits until it has taken over. */
export async function hydrated(page: Page): Promise<void> {
  await page.mouse.move(5, 5);
  await page.mouse.move(9, 9);
  await expect(page.locator("html")).toHaveAttribute("data-hydrated", "true", { timeout: 15_000 });
}

/** The address of a demo article; the newest may be one that another journey has just written. */
export async function anArticle(page: Page): Promise<string> {
  const list = await page.request.get("/api/articles?per_page=1&category=databases");
  return `/articles/${(await list.json()).items[0].slug}`;
}
