import { readFileSync } from "node:fs";
import { codeAt } from "#src/platform/access/index.ts";
import { launchBrowser, newTerminal, errorsOf, accessibilityFindings, scrollsSideways } from "#test/support/browser.ts";
const base = process.env.BASE ?? "http://127.0.0.1:3111";
const accounts = JSON.parse(readFileSync(`${process.env.DATA ?? "/tmp/mado-data"}/keys/demonstration-accounts.json`, "utf8"));
const [who, ...steps] = process.argv.slice(2);
const account = accounts.find((a: {loginName: string}) => a.loginName === who);
const b = await launchBrowser(); const p = await (await newTerminal(b)).newPage(); const errs = errorsOf(p);
await p.goto(base + "/sign-in");
await p.getByLabel("職員番号").fill(who!); await p.getByLabel("パスワード").fill(account.password); await p.keyboard.press("Enter"); 
await p.getByLabel("パスワード").press("Control+Enter").catch(()=>{});
await p.getByLabel("確認コード").fill(codeAt(account.codeSecret)); await p.getByLabel("確認コード").press("Control+Enter");
await p.waitForURL(base + "/").catch(async () => { console.log(await p.locator("main").innerText()); });
let n = 0;
for (const s of steps) {
  const [op, ...rest] = s.split("="); const arg = rest.join("=");
  if (op === "go") await p.goto(base + arg);
  if (op === "search") { await p.getByLabel(/住民検索/).fill(arg); await p.keyboard.press("Enter"); await p.waitForLoadState(); }
  if (op === "click") { await p.getByText(arg, { exact: false }).first().click(); await p.waitForLoadState(); }
  if (op === "link") { await p.getByRole("link", { name: arg }).first().click(); await p.waitForLoadState(); }
  if (op === "button") { await p.getByRole("button", { name: arg }).first().click(); await p.waitForTimeout(300); await p.waitForLoadState(); }
  if (op === "row") { await p.locator("tbody tr td a").nth(Number(arg)).click(); await p.waitForLoadState(); }
  if (op === "check") await p.getByLabel(arg).first().check();
  if (op === "fill") { const [l, v] = arg.split(":"); await p.getByLabel(l!).first().fill(v!); await p.waitForTimeout(500); }
  if (op === "shot") { await p.waitForFunction("document.fonts.status === 'loaded'"); await p.waitForTimeout(100); await p.screenshot({ path: `/tmp/shots/${arg}.png`, fullPage: process.env.FULL === "1" }); console.log(arg, p.url(), await scrollsSideways(p), await accessibilityFindings(p), errs.splice(0)); }
  n++;
}
await b.close();
