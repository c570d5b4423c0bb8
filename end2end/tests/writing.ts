// Signing in, and what the server has of a text: used by the journeys of the editor.
import { type BrowserContext, type Page, expect } from "@playwright/test";

/** Who writes in these journeys; `playwright.config.ts` makes the account. */
export const writer = { username: "writer", password: "a long pass phrase" };

/** Whose texts others review. */
export const novice = { ...writer, username: "novice" };

/** Who runs the site. */
export const keeper = { ...writer, username: "keeper" };

/** Signs in, with or without scripts. */
export async function signIn(page: Page, person = writer): Promise<void> {
  const answer = await page.request.post("/api/sign_in", { form: person, headers: { "sec-fetch-site": "same-origin" } });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** Signs in as somebody else. A page that still asks for a preview would be told that its session has ended, so it is left first. */
export async function become(page: Page, person = writer): Promise<void> {
  await page.goto("about:blank");
  await signIn(page, person);
}

/** Ends the session as if its time were over. */
export async function signOut(context: BrowserContext): Promise<void> {
  await context.clearCookies();
}

/** Opens a text and waits until the script has taken over. */
export async function open(page: Page, address = "/editor/new"): Promise<void> {
  await page.goto(address);
  // A page that still sends what closed tabs left is waited for five seconds.
  await expect(page.locator("form[data-editor]")).toHaveAttribute("data-ready", "true", { timeout: 30_000 });
}

export const code = (page: Page) => page.locator(".editor-code .cm-content");
export const status = (page: Page) => page.locator(".editor-status");

/** Types at the end of the text. */
export async function type(page: Page, text: string): Promise<void> {
  await code(page).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(text);
}

/** The text that the server would fill the form with. */
export async function onServer(page: Page): Promise<string> {
  const html = await (await page.request.get(new URL(page.url()).pathname)).text();
  const area = /<textarea[^>]*name="body"[^>]*>\n?([\s\S]*?)<\/textarea>/.exec(html)?.[1] ?? "";
  return area.replaceAll("&lt;", "<").replaceAll("&amp;", "&");
}

/** The text in the browser: the whole of it, as `EditorView.findFromDOM` finds it; the DOM holds only the lines in view. */
export async function inBrowser(page: Page): Promise<string> {
  return code(page).evaluate((content) => (content as any).cmTile.root.view.state.doc.toString());
}

/** Waits until the status line says that the server has it, and checks that this is true. */
export async function saved(page: Page): Promise<void> {
  await expect(status(page)).toHaveAttribute("data-where", /^(server|published)$/, { timeout: 30_000 });
  expect(await onServer(page)).toBe(await inBrowser(page));
}

/** How often each of the journeys is tried that may go wrong at a random moment: `LIUGUANG_TEST_REPEAT`. */
export const repeat = Number(process.env.LIUGUANG_TEST_REPEAT ?? 1);

/** Some words that no other text has. */
export const some = (): string => `字${Math.random().toString(36).slice(2, 8)}，`.repeat(1 + Math.floor(Math.random() * 5));

/** A text that the server has, open in a page. */
export async function begun(page: Page): Promise<string> {
  await signIn(page);
  await open(page);
  await page.getByLabel("标题", { exact: true }).fill("不丢一个字");
  await type(page, "开头。");
  await saved(page);
  return new URL(page.url()).pathname;
}

/** Sends a form as a page does without scripts; says where the answer leads. */
export async function post(page: Page, address: string, form: Record<string, string>): Promise<string> {
  const answer = await page.request.post(address, { form, headers: { "sec-fetch-site": "same-origin" } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return new URL(answer.url()).pathname;
}
