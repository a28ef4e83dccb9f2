import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, expect } from "vitest";
import type { ProgramScreens } from "#src/web/screens.ts";
import { openTestApp } from "./app.ts";
import { accessibilityFindings } from "./axe.ts";
import type { TestPlatform, TestStaff } from "./database.ts";

const systemBrowsers = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/microsoft-edge",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const unpacked = resolve("node_modules/.cache/chromium");
/** Without any font of the system this Chromium ends itself; it gets one of ours. */
const fontSettings = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${unpacked}/fonts</dir>
  <dir>${resolve("node_modules/@expo-google-fonts/biz-udgothic")}</dir>
  <cachedir>${unpacked}/fonts-cache</cachedir>
</fontconfig>`;

/** A page at a terminal, and the errors that its scripts and its content security policy have raised so far. */
interface Terminal {
  page: Page;
  errors: string[];
}

/** One browser for all files of a worker: starting it takes longer than many of them. It ends with the worker. */
let launched: Promise<Browser> | undefined;

async function browserOfWorker(): Promise<Browser> {
  if (!(await launched)?.isConnected()) launched = launchBrowser();
  return launched as Promise<Browser>;
}

/**
 * The web application of a city on a free port, and terminals to use it at; all close with the test file.
 * Call it once, at the top of the file, after `openTestPlatform`.
 * @param screens the programs that the application offers; all of them if not given
 */
export async function openTerminals(city: TestPlatform, screens?: readonly ProgramScreens[]) {
  const address = await openTestApp(city, screens).listen();
  const browser = await browserOfWorker();
  const opened: BrowserContext[] = [];
  afterAll(() => Promise.all(opened.map((context) => context.close())));
  const terminal = async (): Promise<Terminal> => {
    const context = await newTerminal(browser);
    opened.push(context);
    const page = await context.newPage();
    return { page, errors: errorsOf(page) };
  };
  return {
    address,
    /** A terminal with cookies of its own, at which nobody is signed in yet. */
    terminal,
    /** A terminal at which somebody is signed in over the session that `city.actor` opened; by hand is another test's matter. */
    async signedIn(who: TestStaff): Promise<Terminal> {
      const opened = await terminal();
      const { sessionToken: value } = await city.actor(who);
      await opened.page.context().addCookies([{ name: "madoguchi_session", value, url: address }]);
      await opened.page.goto(address);
      return opened;
    },
    /** A terminal at which somebody has signed in by hand. */
    async seat(who: TestStaff): Promise<Terminal> {
      const opened = await terminal();
      await signInOn(opened.page, address, city.credentials(who));
      return opened;
    },
  };
}

/** Starts the system's Chromium where there is one, else the one of the npm package. */
async function launchBrowser(): Promise<Browser> {
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

/** A browser of its own cookies, as wide as the usual terminal, in Japan. */
async function newTerminal(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: "ja-JP",
    timezoneId: "Asia/Tokyo",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(90_000);
  return context;
}

/** Whether the page is wider than the screen. */
async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
}

/** Unpacks the packaged Chromium once, safely for several test files at a time. */
async function packagedChromium(): Promise<{ executablePath: string; env: NodeJS.ProcessEnv }> {
  if (!existsSync(unpacked)) {
    const mine = `${unpacked}.${process.pid}`;
    await mkdir(mine, { recursive: true });
    await inflateInto(mine);
    await writeFile(join(mine, "fonts/fonts.conf"), fontSettings);
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

/** Keeps a picture of the page for the README, in the folder that `MADOGUCHI_IMAGES` names. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.MADOGUCHI_IMAGES;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.waitForFunction("document.fonts.status === 'loaded'");
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** What every page must hold to: nothing for axe, no sideways scrolling, no table cut off, no error of a script or of the policy. */
export async function expectSound(page: Page, errors: readonly string[]): Promise<void> {
  expect(await accessibilityFindings(page), page.url()).toEqual([]);
  expect(await scrollsSideways(page), `${page.url()} scrolls sideways`).toBe(false);
  expect(await cutTables(page), `${page.url()} cuts tables`).toEqual([]);
  expect(errors, page.url()).toEqual([]);
}

/** Captions of tables that are wider than their frame, so that columns are out of sight. */
function cutTables(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll(".table-frame")]
    .filter((frame) => frame.scrollWidth > frame.clientWidth)
    .map((frame) => frame.querySelector("caption")?.textContent ?? "")`);
}

/** Collects errors that the page's scripts and its content security policy raise. */
function errorsOf(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) {
      errors.push(message.text());
    }
  });
  return errors;
}

/** Signs in as the person would: name, password, code. */
export async function signInOn(
  page: Page,
  address: string,
  credentials: { loginName: string; password: string; code: () => string },
): Promise<void> {
  await page.goto(`${address}/sign-in`);
  await page.getByLabel("職員番号").fill(credentials.loginName);
  await page.getByLabel("パスワード").fill(credentials.password);
  await page.getByRole("button", { name: "次へ" }).click();
  await page.getByLabel("確認コード").fill(credentials.code());
  await page.getByRole("button", { name: "サインイン" }).click();
  await page.waitForURL(`${address}/`);
}
