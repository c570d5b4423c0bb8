// Two runs of the same journeys: hydrated, and with JavaScript off. Files named *.hydrate.spec.ts need the client.
import { defineConfig, devices } from "@playwright/test";

const port = Number(process.env.LIUGUANG_TEST_PORT ?? 3417);
const program = process.env.LIUGUANG_TEST_PROGRAM ?? "../target/release/liuguang";
const chromium = {
  ...devices["Desktop Chrome"],
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  },
};

export default defineConfig({
  testDir: "./tests",
  fullyParallel: true,
  workers: 2,
  forbidOnly: !!process.env.CI,
  // Two browsers and the site share two cores: what takes a second alone may take some.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // A journey that fails once and passes then is told as flaky, with its trace.
  retries: 1,
  reporter: [["list"]],
  use: { baseURL: `http://127.0.0.1:${port}`, trace: "retain-on-failure", locale: "zh-CN" },
  webServer: {
    // The journeys of the editor write as somebody who may publish, or may not; those of the administration as somebody who may do everything.
    command: `rm -rf ../target/end2end-data && for role in editor:writer admin:keeper author:novice; do echo 'a long pass phrase' | ${program} user add \${role#*:} --role \${role%:*} --password-stdin || true; done && ${program} serve`,
    env: { LIUGUANG_DATA: "../target/end2end-data", LIUGUANG_ADDR: `127.0.0.1:${port}`, LIUGUANG_LOG: "warn", LIUGUANG_SITE_ROOT: "../target/site" },
    url: `http://127.0.0.1:${port}/readyz`,
    timeout: 180_000,
  },
  projects: [
    { name: "hydrated", use: chromium, testIgnore: "phone.hydrate.spec.ts" },
    { name: "no-javascript", use: { ...chromium, javaScriptEnabled: false }, testIgnore: "*.hydrate.spec.ts" },
    { name: "phone", use: { ...chromium, ...{ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } }, testMatch: "phone.hydrate.spec.ts" },
  ],
});
