import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityFindings } from "#test/support/axe.ts";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const terminals = await openTerminals(city);

/** What is found where a page that was sound gets something more. */
async function foundWith(page: Page, html: string): Promise<string[]> {
  // A colour comes by script: the content security policy takes none from an attribute.
  await page.evaluate(`document.querySelector("main").insertAdjacentHTML("beforeend", ${JSON.stringify(html)});
    for (const one of document.querySelectorAll("[data-colour]")) one.style.color = one.dataset.colour;`);
  const found = await accessibilityFindings(page);
  await page.reload();
  return found.map((line) => line.split(":")[0] ?? "");
}

test("前に調べた画面に、読み上げられない欄、読めない色、崩れた一覧が加われば、見つかる", async () => {
  const { page } = await terminals.signedIn("clerk1");
  for (const path of ["/", "/people"]) {
    await page.goto(`${terminals.address}${path}`);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await foundWith(page, '<input name="unlabelled">')).toContain("label");
    expect(await foundWith(page, '<p data-colour="#bbb">薄い字</p>')).toEqual(["color-contrast"]);
    expect(await foundWith(page, "<ul><div>項目</div></ul>")).toContain("list");
    expect(await foundWith(page, '<img src="/assets/icon.svg">')).toContain("image-alt");
    expect(await accessibilityFindings(page)).toEqual([]);
  }
});
