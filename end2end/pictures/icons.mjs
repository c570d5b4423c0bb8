// Draws the icons of the installed site from the one source, public/favicon.svg. Run it when the mark changes:
// node end2end/pictures/icons.mjs
import { readFile } from "node:fs/promises";
import { open } from "./browser.mjs";

const mark = await readFile(new URL("../../public/favicon.svg", import.meta.url), "utf8");
/** For one colour only the outline counts: what is white in the mark is a hole here. */
const silhouette = mark.replaceAll(/#2f6b41|#b5172f/g, "#000").replace(/<path d="M7\.5[^>]*\/>/, "");
const icons = [
  // name, size in pixels, share of the width that the mark takes, background, drawing
  ["180", 180, 0.74, "#fbf8f2", mark],
  ["192", 192, 0.94, "transparent", mark],
  ["512", 512, 0.94, "transparent", mark],
  // Launchers cut maskable icons to any shape; what must be seen lies within 80 % of the width.
  ["maskable", 512, 0.56, "#fbf8f2", mark],
  ["monochrome", 512, 0.8, "transparent", silhouette],
];

const browser = await open();
for (const [name, size, share, background, drawing] of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const width = Math.round(size * share);
  await page.setContent(
    `<style>*{margin:0}body{width:${size}px;height:${size}px;display:grid;place-items:center;background:${background}}svg{width:${width}px;height:${width}px}</style>${drawing}`,
  );
  await page.screenshot({ path: new URL(`../../public/icons/${name}.png`, import.meta.url).pathname, omitBackground: background === "transparent" });
  await page.close();
}
await browser.close();
