import type { Page } from "playwright-core";
import { expect } from "vitest";
import { expectSound, type openTerminals, picture } from "./browser.ts";
import type { TestStaff } from "./database.ts";

/**
 * Terminals at which somebody is signed in; `sound` looks at the page with axe and keeps its picture.
 *
 * @param pictures begins the names of the pictures
 */
export const seatsOf =
  ({ signedIn }: Pick<Awaited<ReturnType<typeof openTerminals>>, "signedIn">, pictures?: string) =>
  async (who: TestStaff) => {
    const { page, errors } = await signedIn(who);
    const sound = async (name: string) => {
      await expectSound(page, errors);
      await picture(page, pictures ? `${pictures}-${name}` : name);
    };
    return { page, sound };
  };

/** Works a button or a link by keyboard alone: focused, then Enter. */
export async function press(page: Page, name: string): Promise<void> {
  const target = page
    .getByRole("button", { name, exact: true })
    .or(page.getByRole("link", { name, exact: true }))
    .first();
  // Where something is asked first, the question may come a moment later: what was typed is made safe before it.
  const asks = (await target.getAttribute("data-confirm")) !== null;
  await target.focus();
  await page.keyboard.press("Enter");
  if (asks)
    await page
      .locator("#confirm[open]")
      .waitFor({ timeout: 3_000 })
      .catch(() => {});
  await sayYes(page);
}

/** Answers the question that is asked before what can't be undone, where one is asked. */
export async function sayYes(page: Page): Promise<void> {
  // The page may be on its way to the next one, which asks nothing.
  const asked = await page
    .locator("#confirm[open]")
    .isVisible()
    .catch(() => false);
  if (asked) await page.keyboard.press("Enter");
}

/** The same where it leads to another page, whose address ends so. */
export async function follow(page: Page, name: string, ending: string): Promise<void> {
  await press(page, name);
  await page.waitForURL((url) => url.pathname.endsWith(ending));
  await page.waitForLoadState();
}

/** The same for a step that comes back to the page of the case, which opens at its top. */
export async function step(page: Page, name: string): Promise<void> {
  await Promise.all([page.waitForEvent("load"), press(page, name)]);
  expect(await page.evaluate("window.scrollY"), name).toBe(0);
}

/** Ctrl+Enter from the first field of the page; Enter on its button where there is nothing to fill in. */
export async function save(page: Page): Promise<void> {
  const field = page.locator("main form :is(input, select, textarea):not([type=hidden])").first();
  const filled = (await field.count()) > 0;
  await (filled ? field : page.locator("main form button.button-primary").first()).focus();
  await page.keyboard.press(filled ? "Control+Enter" : "Enter");
}

/** Types into a field by its name, as somebody who goes from field to field. */
export const type = (page: Page, name: string, text: string): Promise<void> =>
  page.locator(`[name="${name}"]`).fill(text);

/** One of a group of choices, with the space bar. */
export async function choose(page: Page, group: string, label: string): Promise<void> {
  const option = page.getByRole("group", { name: group }).getByLabel(label, { exact: true });
  await option.focus();
  await page.keyboard.press("Space");
}

/** On the page of the documents: what was found of each, recorded alone or with the step that follows. */
export async function recordDocuments(page: Page, found: Readonly<Record<string, string>>) {
  for (const [title, status] of Object.entries(found)) await choose(page, title, status);
  await save(page);
  await page.waitForURL(/cases\/[\w-]{36}$/);
}

/** Opens what is folded away. */
export async function unfold(page: Page, title: string): Promise<void> {
  await page.locator("summary", { hasText: title }).first().focus();
  await page.keyboard.press("Enter");
}

/**
 * Opens an entry of the menu by keyboard, unfolding its group first where that is folded; of several with a title the first,
 * or the one that leads to `path`.
 */
export async function fromMenu(page: Page, title: string, path?: `/${string}`): Promise<void> {
  const named = page.locator(path ? `a[href="${path}"]` : "a", {
    has: page.getByText(title, { exact: true }),
  });
  const entry = page.locator(".menu").locator(named).first();
  // The group, and in it the part, from the outside in.
  const folded = page.locator(".menu details:not([open])").filter({ has: named });
  while (!(await entry.isVisible())) await folded.first().locator("> summary").press("Enter");
  await Promise.all([page.waitForEvent("load"), entry.press("Enter")]);
}
