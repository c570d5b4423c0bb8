// Takes the pictures that browsers show before they install the site, from a running site with its demo content:
// SITE=http://127.0.0.1:3000 node end2end/pictures/screenshots.mjs
import { writeFile } from "node:fs/promises";
import { open } from "./browser.mjs";

const site = process.env.SITE ?? "http://127.0.0.1:3000";
const pictures = [
  // name, width, height, address
  ["wide", 1280, 800, "/"],
  ["narrow", 540, 1080, "/articles/redis-cache-breakdown-bloom-filter"],
];

const browser = await open();
for (const [name, width, height, address] of pictures) {
  const page = await browser.newPage({ viewport: { width, height }, locale: "zh-CN", isMobile: width < 600, colorScheme: "light" });
  const answer = await page.goto(site + address, { waitUntil: "load" });
  if (!answer?.ok()) throw new Error(`${address} was answered with ${answer?.status()}`);
  const png = await page.screenshot();
  // The browser itself writes WebP.
  const blank = await browser.newPage();
  const webp = await blank.evaluate(async (source) => {
    const picture = new Image();
    picture.src = source;
    await picture.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
    canvas.getContext("2d").drawImage(picture, 0, 0);
    return canvas.toDataURL("image/webp", 0.8).split(",")[1];
  }, `data:image/png;base64,${png.toString("base64")}`);
  await writeFile(new URL(`../../public/screenshots/${name}.webp`, import.meta.url), Buffer.from(webp, "base64"));
}
await browser.close();
