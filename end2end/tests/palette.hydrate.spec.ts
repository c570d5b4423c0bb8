// The search box over the page, search as you type, and input methods in both.
import { complaints } from "./accessibility";
import type { Page } from "@playwright/test";
import { expect, hydrated, scripted, test } from "./fixtures";

const field = ".palette input";

/** Answers suggestions from here, and tells what was asked. */
async function suggestions(page: Page): Promise<string[]> {
  const asked: string[] = [];
  await page.route("**/api/suggest*", (route) => {
    const words = new URL(route.request().url()).searchParams.get("q") ?? "";
    asked.push(words);
    const answer = words.startsWith("red")
      ? [{ kind: "tag", text: "redis", url: "/tag/mysql" }, { kind: "category", text: "Redis", url: "/category/redis" }]
      : [];
    return route.fulfill({ json: answer });
  });
  return asked;
}

/** What a device sends while a word is composed. Recorded: [type, data or key]. */
type Recorded = [string, string?][];

/** Plays recorded events on a field, as the input method sends them. */
async function play(page: Page, selector: string, events: Recorded): Promise<void> {
  await page.locator(selector).evaluate((element, events) => {
    const input = element as HTMLInputElement;
    input.focus();
    // A composition may go on from an earlier recording.
    const state = ((window as { composition?: { before: string; composing: boolean } }).composition ??= { before: "", composing: false });
    let { before, composing } = state;
    for (const [type, data = ""] of events) {
      if (type === "compositionstart") {
        before = input.value;
        composing = true;
      }
      if (type === "compositionend") composing = false;
      if (type === "input") input.value = before + data;
      const init = { bubbles: true, cancelable: true };
      if (type.startsWith("composition")) input.dispatchEvent(new CompositionEvent(type, { ...init, data }));
      else if (type === "input") input.dispatchEvent(new InputEvent(type, { ...init, data, isComposing: composing, inputType: "insertCompositionText" }));
      else if (type.startsWith("key")) {
        // Chrome and Firefox say 229 for keys that the input method took; so does Safari, after the composition's end.
        const [key, code] = data.split("/");
        const event = new KeyboardEvent(type, { ...init, key, isComposing: composing, keyCode: Number(code) } as KeyboardEventInit);
        // A browser submits a field's form after an Enter that nobody took.
        if (input.dispatchEvent(event) && type === "keydown" && key === "Enter") input.form?.requestSubmit();
      } else if (type === "cancel") {
        // A browser asks a dialog to close after an Escape that nobody took.
        const dialog = input.closest("dialog");
        if (dialog?.dispatchEvent(new Event("cancel", { cancelable: true }))) dialog.close();
      }
    }
    Object.assign(state, { before, composing });
  }, events);
}

/** Windows, Chrome, Microsoft Pinyin: `ni hao`, Escape, `ni hao` again, Enter picks the letters. */
const desktopBegins: Recorded = [
  ["keydown", "Process/229"], ["compositionstart"], ["compositionupdate", "n"], ["input", "n"],
  ["keydown", "Process/229"], ["compositionupdate", "ni"], ["input", "ni"],
  ["keydown", "Process/229"], ["compositionupdate", "ni'h"], ["input", "ni'h"],
  ["keydown", "Process/229"], ["compositionupdate", "ni'hao"], ["input", "ni'hao"],
];
const desktopPicks: Recorded = [["keydown", "Enter/229"], ["compositionupdate", "nihao"], ["input", "nihao"], ["compositionend", "nihao"], ["keyup", "Enter/13"]];
/** macOS, Safari: the composition ends before the key that ended it arrives. */
const safariPicks: Recorded = [["compositionupdate", "你好"], ["input", "你好"], ["compositionend", "你好"], ["keydown", "Enter/229"], ["keyup", "Enter/13"]];
/** Android, Gboard: every key is 229 and even Latin letters are composed. */
const android: Recorded = [
  ["keydown", "Unidentified/229"], ["compositionstart"], ["compositionupdate", "r"], ["input", "r"], ["keyup", "Unidentified/229"],
  ["keydown", "Unidentified/229"], ["compositionupdate", "re"], ["input", "re"], ["keyup", "Unidentified/229"],
  ["keydown", "Unidentified/229"], ["compositionupdate", "red"], ["input", "red"], ["keyup", "Unidentified/229"],
];

test("`/` and Ctrl-K open the box anywhere, Escape closes it and gives the focus back", async ({ page }) => {
  await suggestions(page);
  await page.goto("/");
  await hydrated(page);
  const link = page.locator(".card h2 a").first();
  await link.focus();
  for (const key of ["/", "Control+k"]) {
    await page.keyboard.press(key);
    await expect(page.locator(field)).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page.locator(".palette")).toBeHidden();
    await expect(link).toBeFocused();
  }
});

test("a click on the field in the top bar opens the box, which gives back what is not searched", async ({ page }) => {
  await suggestions(page);
  await page.goto("/");
  const top = page.locator(".find input");
  await top.click();
  await expect(page.locator(field)).toBeFocused();
  await page.keyboard.type("red");
  await expect(page.locator(".palette [role=option]")).toHaveCount(3);
  await page.keyboard.press("Escape");
  await expect(page.locator(".palette")).toBeHidden();
  await expect(top).toHaveValue("red");
  await expect(top).not.toBeFocused();
  await top.click();
  await expect(page.locator(field)).toHaveValue("red");
  await page.locator(".palette [role=option]", { hasText: "redis" }).first().click();
  await expect(page).toHaveURL(/\/tag\/mysql/);
  await expect(top).toHaveValue("");
  await expect(top).not.toBeFocused();
});

test("what is typed before the box is loaded is in it, and a word that is being composed is finished first", async ({ page }) => {
  await suggestions(page);
  let release = (): void => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route(/\/pkg\/search\.\w+\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/");
  const top = page.locator(".find input");
  await expect(page.locator("html")).toHaveAttribute("data-hydrated", "true", { timeout: 30_000 });
  await top.click();
  await play(page, ".find input", desktopBegins);
  release();
  await page.waitForTimeout(500);
  await expect(page.locator(".palette")).toHaveCount(0);
  await expect(top).toBeFocused();
  await play(page, ".find input", desktopPicks);
  await expect(page.locator(field)).toBeFocused();
  await expect(page.locator(field)).toHaveValue("nihao");
  await expect(page).toHaveURL(/\/$/);
});

test("a keyboard that goes through the page may write into the field without the box", async ({ page }) => {
  await page.goto("/");
  await hydrated(page);
  await page.locator(".find input").focus();
  await page.keyboard.type("redis");
  await expect(page.locator(".find input")).toHaveValue("redis");
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=redis/);
});

test("the box works before the client is loaded, and loses no letter", async ({ page }) => {
  await suggestions(page);
  await page.route("**/pkg/liuguang.*.wasm", (route) => route.abort());
  await page.route("**/pkg/liuguang.*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "await new Promise(() => {}); export default 0; export const hydrate = 0" }));
  await page.goto("/");
  // Letters before the first script go nowhere.
  await scripted(page);
  await page.keyboard.press("/");
  await page.keyboard.type("redis");
  await expect(page.locator(field)).toHaveValue("redis");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/search\?q=redis/);
  await expect(page.locator(".hit").first()).toBeVisible();
});

test("suggestions are a listbox that arrows move in, and Enter opens", async ({ page }) => {
  await suggestions(page);
  await page.goto("/");
  await hydrated(page);
  await page.keyboard.press("/");
  await expect(page.locator(field)).toBeFocused();
  await page.keyboard.type("red");
  const options = page.locator(".palette [role=option]");
  await expect(options).toHaveCount(3);
  await expect(page.locator(field)).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const chosen = await page.locator(field).getAttribute("aria-activedescendant");
  await expect(page.locator(`#${chosen}`)).toHaveAttribute("aria-selected", "true");
  await expect(page.locator(`#${chosen}`)).toContainText("redis");
  expect(await complaints(page, ".palette")).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/tag\/mysql/);
  await expect(page.locator(".palette")).toBeHidden();
});

test("recent searches stay on the device and can be taken away", async ({ page }) => {
  await suggestions(page);
  await page.goto("/");
  await hydrated(page);
  for (const words of ["redis 锁", "c++"]) {
    await page.keyboard.press("/");
    await expect(page.locator(field)).toBeFocused();
    await page.locator(field).fill(words);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`q=${encodeURIComponent(words).replaceAll("+", "\\+")}`));
    await page.locator("h1").first().click({ force: true });
  }
  await page.keyboard.press("Control+k");
  const options = page.locator(".palette [role=option] > :first-child");
  await expect(options).toHaveText(["c++", "redis 锁"]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Delete");
  await expect(options).toHaveText(["redis 锁"]);
  await page.locator(".palette [data-clear]").click();
  await expect(options).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem("searches"))).toBe("[]");
});

test("in the box nothing fires while a word is composed", async ({ page }) => {
  const asked = await suggestions(page);
  await page.goto("/");
  await hydrated(page);
  await page.keyboard.press("/");
  await expect(page.locator(field)).toBeFocused();
  await play(page, field, desktopBegins);
  await play(page, field, [["keydown", "Escape/229"], ["cancel"], ["keydown", "ArrowDown/229"]]);
  await expect(page.locator(".palette")).toBeVisible();
  await page.waitForTimeout(400);
  expect(asked).toEqual([]);
  await play(page, field, desktopPicks);
  await expect(page.locator(".palette")).toBeVisible();
  await expect.poll(() => asked).toEqual(["nihao"]);
  await expect(page).toHaveURL(/\/$/);
  // The next Enter is meant.
  await play(page, field, [["keydown", "Enter/13"]]);
  await expect(page).toHaveURL(/q=nihao/);
});

test("in the box the candidate that Safari picks is not submitted", async ({ page }) => {
  const asked = await suggestions(page);
  await page.goto("/");
  await hydrated(page);
  await page.keyboard.press("/");
  await expect(page.locator(field)).toBeFocused();
  await play(page, field, [...desktopBegins, ...safariPicks]);
  await expect.poll(() => asked).toEqual(["你好"]);
  await expect(page.locator(".palette")).toBeVisible();
  await expect(page).toHaveURL(/\/$/);
});

test("in the box an Android keyboard asks once, when the word is finished", async ({ page }) => {
  const asked = await suggestions(page);
  await page.goto("/");
  await hydrated(page);
  await page.keyboard.press("/");
  await expect(page.locator(field)).toBeFocused();
  await play(page, field, android);
  await page.waitForTimeout(400);
  expect(asked).toEqual([]);
  await play(page, field, [["compositionend", "red"], ["keydown", "Enter/13"]]);
  await expect(page).toHaveURL(/q=red/);
});

test("results follow the typing, the way back leads to where one came from", async ({ page }) => {
  await page.goto("/");
  await page.goto("/search?q=redis");
  await hydrated(page);
  await expect(page.locator(".hit").first()).toBeVisible();
  const input = page.locator("main input[name=q]");
  await input.click();
  await page.keyboard.press("End");
  await page.keyboard.type(" 锁", { delay: 30 });
  await expect(page).toHaveURL(/q=redis%20%E9%94%81/);
  await expect(page.locator(".tell")).toContainText("锁");
  await expect(input).toBeFocused();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("最新文章");
});

test("on the results page nothing fires while a word is composed", async ({ page }) => {
  await page.goto("/search?q=redis");
  await hydrated(page);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/search")) asked.push(request.url());
  });
  const input = "main input[name=q]";
  // The address may change before the question is asked that belongs to it.
  const empty = async (): Promise<void> => {
    const answer = page.waitForResponse((answer) => answer.url().includes("/api/search?") && !new URL(answer.url()).searchParams.get("q"));
    await page.locator(input).fill("");
    await answer;
    await expect(page).toHaveURL(/q=$/);
    asked.length = 0;
  };
  await empty();
  await play(page, input, desktopBegins);
  await page.waitForTimeout(500);
  expect(asked).toEqual([]);
  await play(page, input, desktopPicks);
  await expect(page).toHaveURL(/q=nihao/);
  await expect.poll(() => asked.length).toBe(1);
  await empty();
  await play(page, input, [...android, ["compositionend", "red"]]);
  await expect(page).toHaveURL(/q=red$/);
  await expect.poll(() => asked.length).toBe(1);
});

test("a followed passage is marked in the article and brought into view", async ({ page }) => {
  await page.goto(`/search?q=${encodeURIComponent("Kibana监控Elasticsearch集群状态")}`);
  await hydrated(page);
  const passage = page.locator(".hit").first().locator("[data-passage]:has(.section)").first();
  await passage.locator(".section").click();
  await expect(page).toHaveURL(/\/articles\/.*#/);
  await expect(page.locator("[data-landed]")).toBeInViewport();
  await expect(page.locator(".prose mark.found").first()).toBeAttached();
  expect(await complaints(page, ".prose")).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(page.locator(".prose mark.found")).toHaveCount(0);
});

test("a passage opened in a new tab is marked there", async ({ page, context }) => {
  await page.goto(`/search?q=${encodeURIComponent("Kibana监控Elasticsearch集群状态")}`);
  // What is followed is kept by the first script.
  await scripted(page);
  const opened = context.waitForEvent("page");
  await page.locator(".hit .section").first().click({ modifiers: ["ControlOrMeta"] });
  const tab = await opened;
  await tab.bringToFront();
  await expect(tab.locator("[data-landed]")).toBeInViewport();
  await expect(tab.locator(".prose mark.found").first()).toBeAttached();
});
