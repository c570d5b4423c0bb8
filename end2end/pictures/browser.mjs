// The browser in which the scripts of this folder draw.
import { chromium } from "@playwright/test";

export const open = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
