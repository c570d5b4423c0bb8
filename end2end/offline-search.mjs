// Measures the search of saved articles against the server's: 300 articles of a corpus, 100 queries.
// CORPUS=FOLDER node end2end/offline-search.mjs   (FOLDER holds Markdown and its manifest.jsonl; build the site first)
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import initialise, { index, Library } from "../target/xtask/offline_search.js";
import { root, served } from "./served.mjs";

const [ARTICLES, QUERIES] = [300, 100];
const corpus = process.env.CORPUS;
if (!corpus) throw new Error("CORPUS names no folder; it must hold Markdown files and their manifest.jsonl");

const spread = (list, count) => Array.from({ length: Math.min(count, list.length) }, (_, place) => list[Math.floor((place * list.length) / Math.min(count, list.length))]);
const fill = async (run, folder) => {
  const lines = (await readFile(join(corpus, "manifest.jsonl"), "utf8")).trim().split("\n");
  const manifest = join(folder, "manifest.jsonl");
  await writeFile(manifest, `${spread(lines, ARTICLES).join("\n")}\n`);
  run("", "import", corpus, "--manifest", manifest);
};
await served(2, fill, async (site) => {
  const json = async (path) => (await fetch(site + path)).json();
  const assets = JSON.parse(await readFile(join(root, "target/site/assets.json"), "utf8"));
  await initialise({ module_or_path: await readFile(join(root, "target/site", assets.offline_wasm)) });
  const library = new Library();
  const articles = [];
  for (let page = 1; ; page += 1) {
    const list = await json(`/api/articles?per_page=100&page=${page}`);
    for (const { slug } of list.items) articles.push(await (await fetch(`${site}/api/article?slug=${slug}`)).text());
    if (list.items.length < 100) break;
  }
  let [bytes, text, spent] = [0, 0, 0];
  for (const article of articles) {
    const begin = performance.now();
    const record = index(article, "");
    spent += performance.now() - begin;
    bytes += record.length;
    text += Buffer.byteLength(JSON.parse(article).html);
    if (!library.add(record)) throw new Error("a record was refused");
  }

  const parsed = articles.map((article) => JSON.parse(article));
  const short = (text) => text.replace(/[：:，,。(（|].*$/, "").trim().slice(0, 30);
  const headings = parsed.flatMap((article) => article.outline.map((heading) => short(heading.text))).filter((heading) => heading.length >= 5);
  const titles = parsed.map((article) => short(article.title)).filter((title) => title.length >= 3);
  const tags = parsed.filter((article) => article.tags.length >= 2).map((article) => article.tags.slice(0, 2).map((tag) => tag.name).join(" "));
  const queries = [...spread([...new Set(titles)], 40), ...spread([...new Set(headings)], 40), ...spread([...new Set(tags)], 20)].slice(0, QUERIES);
  const ask = (q) => {
    const begin = performance.now();
    const answer = JSON.parse(library.search(JSON.stringify({ q }), Date.now()));
    return [performance.now() - begin, answer.hits.map((hit) => hit.slug)];
  };
  // The page makes one search when its field gets the focus: a fresh engine is slow once.
  const [first] = ask(parsed[0].title);
  const [times, differing] = [[], []];
  for (const q of queries) {
    const online = (await json(`/api/search?q=${encodeURIComponent(q)}&per_page=3`)).hits.map((hit) => hit.slug);
    const [time, offline] = ask(q);
    times.push(time);
    if (online[0] !== offline[0]) differing.push({ q, online: online[0], offline: offline[0], atOffline: offline.indexOf(online[0]) + 1 });
  }
  times.sort((one, other) => one - other);
  for (const line of differing) console.log(JSON.stringify(line));
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
  const same = (100 * (queries.length - differing.length)) / queries.length;
  console.log(`articles ${articles.length}, HTML ${(text / 1e6).toFixed(1)} MB, records ${(bytes / 1e6).toFixed(1)} MB of 10, indexing ${(spent / articles.length).toFixed(1)} ms each`);
  console.log(`queries ${queries.length}: the same first hit ${same.toFixed(0)} % of 90; p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms; before them the one that makes the engine warm, ${first.toFixed(1)} ms`);
  if (same < 90 || bytes > 10e6 || Number(at(0.95)) > 10) process.exitCode = 1;
});
