// A server of a test's own, which can be stopped and started again with another build of the site.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { keeper } from "./writing";

export class OwnSite {
  private server?: ChildProcess;
  private folder = "";
  private keeper?: unknown;
  readonly url: string;

  constructor(readonly port: number) {
    this.url = `http://127.0.0.1:${port}`;
  }

  async start(root = "../target/site", settings: Record<string, string> = {}): Promise<void> {
    // The demo content is made once: it takes a debug build minutes.
    this.folder ||= resolve("../target/end2end-own");
    const program = resolve(process.env.LIUGUANG_TEST_PROGRAM ?? "../target/release/liuguang");
    const env = {
      ...process.env, LIUGUANG_DATA: join(this.folder, "data"), LIUGUANG_ADDR: `127.0.0.1:${this.port}`,
      LIUGUANG_LOG: "warn", LIUGUANG_SITE_ROOT: resolve(root), ...settings,
    };
    // Refused when there is one from an earlier run.
    this.keeper ??= spawnSync(program, ["user", "add", keeper.username, "--role", "admin", "--password-stdin"], { env, input: `${keeper.password}\n` });
    this.server = spawn(program, ["serve"], { env, stdio: "ignore" });
    for (let tries = 0; tries < 1800; tries += 1) {
      if (await fetch(`${this.url}/readyz`).then((answer) => answer.ok, () => false)) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error("the site did not become ready within 180 s");
  }

  /** Stops the server, so that nothing answers at its address. */
  async stop(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (!server || server.exitCode !== null) return;
    const ended = new Promise((done) => server.once("exit", done));
    server.kill("SIGKILL");
    await ended;
  }

  /** A copy of the built site in which the page's script is another one: what the next deploy would bring. */
  async nextBuild(): Promise<string> {
    const target = join(this.folder, "site-b");
    await rm(target, { recursive: true, force: true });
    await cp("../target/site", target, { recursive: true });
    const assets = JSON.parse(await readFile(join(target, "assets.json"), "utf8"));
    const [before, after] = [assets.script as string, "/pkg/page.bbbbbbbbbbbbbbbb.js"];
    await writeFile(join(target, after), `${await readFile(join(target, before), "utf8")}\ndocument.documentElement.dataset.build="b";`);
    await rm(join(target, `${before}.br`), { force: true });
    await writeFile(join(target, "assets.json"), JSON.stringify({ ...assets, script: after }));
    const worker = await readFile(join(target, "sw.js"), "utf8");
    const build = worker.match(/assets-\$\{"([0-9a-f]{16})"\}|assets-([0-9a-f]{16})/);
    if (!build) throw new Error("sw.js does not name its build");
    await writeFile(join(target, "sw.js"), worker.replaceAll(before, after).replaceAll(build[1] ?? build[2], "bbbbbbbbbbbbbbbb"));
    for (const ending of ["br", "gz"]) await rm(join(target, `sw.js.${ending}`), { force: true });
    return target;
  }
}
