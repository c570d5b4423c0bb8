// Rich text from elsewhere becomes Markdown that says the same.
import { expect, test } from "@playwright/test";
import { code, inBrowser, open, signIn } from "./writing";

test("pasted rich text keeps what was struck out, and what stands in its tables", async ({ page }) => {
  await signIn(page);
  await open(page);
  await code(page).click();
  await page.evaluate(() => {
    const html = `<p>价格 <del>12 元</del>、<s>11</s> 与 <strike>10</strike></p><table><tr><th>命令</th><th>说明</th></tr>
      <tr><td><code>a | b</code></td><td><p>见 <a href="https://example.org/x">文档</a></p><p><strong>要紧</strong> 与 <em>次要</em></p></td></tr></table>`;
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "价格");
    const host = document.querySelector(".editor-code")?.shadowRoot?.querySelector(".cm-content");
    host?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  const text = await inBrowser(page);
  expect(text).toContain("价格 ~~12 元~~、~~11~~ 与 ~~10~~");
  expect(text).toContain("| 命令 | 说明 |\n| --- | --- |\n| `a \\| b` | 见 [文档](https://example.org/x) **要紧** 与 *次要* |");
});
