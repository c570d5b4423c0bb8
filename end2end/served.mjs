// A site of its own for a measurement: a fresh folder, filled, served, and gone afterwards.
import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The project's folder. */
export const root = new URL("..", import.meta.url).pathname;

/**
 * Serves a site while `measure` works with its address. `fill` fills it before: `run` calls the program and throws when
 * that fails, `folder` is there for files of its own. `offset` keeps the ports of measurements apart. `measure` may stop
 * the site, and goes on without it.
 */
export async function served(offset, fill, measure) {
  const program = process.env.LIUGUANG_TEST_PROGRAM ?? join(root, "target/release/liuguang");
  const port = Number(process.env.LIUGUANG_TEST_PORT ?? 3417) + offset;
  const folder = await mkdtemp(join(tmpdir(), "liuguang-measure-"));
  const site = `http://127.0.0.1:${port}`;
  const env = { ...process.env, LIUGUANG_DATA: join(folder, "data"), LIUGUANG_ADDR: `127.0.0.1:${port}`, LIUGUANG_LOG: "warn", LIUGUANG_SITE_ROOT: join(root, "target/site") };
  for (const name of Object.keys(env)) if (name.startsWith("LIUGUANG_TEST_")) delete env[name];
  const run = (input, ...words) => {
    const { status } = spawnSync(program, words, { env, input, stdio: ["pipe", "ignore", "inherit"] });
    if (status !== 0) throw new Error(`liuguang ${words[0]} failed`);
  };
  let server;
  try {
    await fill(run, folder);
    server = spawn(program, ["serve"], { env, stdio: ["ignore", "ignore", "inherit"] });
    for (let tries = 0; !(await fetch(`${site}/readyz`).then((answer) => answer.ok, () => false)); tries += 1) {
      if (tries > 1200) throw new Error("the site did not become ready");
      await new Promise((done) => setTimeout(done, 100));
    }
    await measure(site, { folder, stop: () => new Promise((done) => server.once("exit", done).kill()) });
  } finally {
    server?.kill();
    await rm(folder, { recursive: true, force: true });
  }
}
