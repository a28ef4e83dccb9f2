import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const systemBrowsers = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/microsoft-edge",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const unpacked = resolve("node_modules/.cache/chromium");

/** Starts the system's Chromium where there is one, else the one of the npm package. */
export async function launchBrowser(): Promise<Browser> {
  const ofSystem = systemBrowsers.find((path) => existsSync(path));
  const { executablePath, env } = ofSystem
    ? { executablePath: ofSystem, env: process.env }
    : await packagedChromium();
  return chromium.launch({
    executablePath,
    env: withoutUndefined(env),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--font-render-hinting=none",
    ],
  });
}

/** A page as wide as the usual terminal, in Japan; any error of its scripts fails the test that asks. */
export async function newTerminal(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: "ja-JP",
    timezoneId: "Asia/Tokyo",
    reducedMotion: "reduce",
  });
}

/** What axe finds on the page, one line each; empty when all is well. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} — ${node.target.join(" ")}`),
  );
}

/** Whether the page is wider than the screen. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
}

/** Unpacks the packaged Chromium once, safely for several test files at a time. */
async function packagedChromium(): Promise<{ executablePath: string; env: NodeJS.ProcessEnv }> {
  if (!existsSync(unpacked)) {
    const mine = `${unpacked}.${process.pid}`;
    await mkdir(mine, { recursive: true });
    await inflateInto(mine);
    await rename(mine, unpacked).catch(() => rm(mine, { recursive: true }));
  }
  const executablePath = join(unpacked, "chromium");
  const env = { ...process.env, FONTCONFIG_PATH: join(unpacked, "fonts") };
  if (starts(executablePath, env)) return { executablePath, env };
  // A system without libnss3 and its like: the package brings the libraries it needs.
  return { executablePath, env: { ...env, LD_LIBRARY_PATH: join(unpacked, "al2023/lib") } };
}

/** The package unpacks to the temporary folder, and its libraries only where it believes to be on AWS. */
async function inflateInto(folder: string): Promise<void> {
  const before = { ...process.env };
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" });
  try {
    const { default: packaged } = await import("@sparticuz/chromium");
    await packaged.executablePath();
  } finally {
    for (const name of ["TMPDIR", "AWS_EXECUTION_ENV", "FONTCONFIG_PATH", "LD_LIBRARY_PATH"]) {
      const value = before[name];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

function starts(path: string, env: NodeJS.ProcessEnv): boolean {
  try {
    execFileSync(path, ["--version"], { env, stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function withoutUndefined(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
