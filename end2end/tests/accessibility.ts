// What axe finds wrong on a page, in the light and in the dark theme.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** One line for each complaint: theme, rule, element and axe's reason. Colours are read when they have stopped fading into each other. */
export async function complaints(page: Page, within = "html"): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(async () => {
      // A cancelled transition has come to its end, too.
      while (document.getAnimations().length > 0) await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    });
    const { violations } = await new AxeBuilder({ page }).include(within).analyze();
    found.push(...violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${colorScheme} ${id}: ${node.html} ${node.failureSummary}`)));
  }
  return found;
}
