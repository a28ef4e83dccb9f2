import { expect, test } from "vitest";
import { addNote } from "#src/platform/notes/index.ts";
import { runWork } from "#src/platform/work.ts";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { seatsOf } from "#test/support/keyboard.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

const city = await openTestPlatform();
const terminals = await openTerminals(city);
const seat = seatsOf(terminals, "merges");
const { address } = terminals;

test("2つの番号を比べて統合し、古い番号からその方が開き、誤った統合を行ごとに分けて戻す", {
  timeout: 300_000,
}, async () => {
  const system = await city.system();
  const someone = (kanji: string) => {
    const { individualNumber: _, ...record } = invented({
      name: { kanji, kana: "ワタナベ　ヨシエ" },
      birthDate: "1970-03-09",
      residence: { from: "1999-04-01", fromReason: "move-in" },
    });
    return record;
  };
  const [old = "", kept = ""] = await runWork(
    city.platform,
    system,
    { purpose: "feed", program: "feeds" },
    (work) =>
      writePeople(work, [{ record: someone("渡辺　𠮷江") }, { record: someone("渡邉󠄂　𠮷江") }]),
  );
  for (const number of [old, kept])
    await runWork(city.platform, await city.actor("clerk1"), { purpose: "counter" }, (work) =>
      addNote(work, { personNumber: number, program: "child-medical" }, `番号${number}のメモ`),
    );

  const { page, sound } = await seat("clerk1");
  const find = async (at: typeof page, number: string) => {
    await at.goto(`${address}/people`);
    await at.locator('[name="q"]').fill(number);
    await at.keyboard.press("Enter");
    await at.getByRole("heading", { name: "4情報" }).waitFor();
  };
  await find(page, kept);
  await page.getByRole("link", { name: "ほかの番号と統合する" }).scrollIntoViewIfNeeded();
  await sound("person");
  await page.getByRole("link", { name: "ほかの番号と統合する" }).click();
  await page.locator('[name="other"]').fill("1234567890");
  await page.getByRole("button", { name: "2つの番号を比べる" }).click();
  await page.waitForLoadState();
  await sound("wrong-number");
  await page.locator('[name="other"]').fill(old);
  await page.getByRole("button", { name: "2つの番号を比べる" }).click();
  await page.getByRole("heading", { name: "統合でまとまるもの" }).waitFor();
  await sound("compared");
  await page.getByRole("button", { name: "統合を起案する" }).click();
  await page.waitForLoadState();
  await sound("stays-missing");
  await page.getByLabel(`${kept}（在住）`).check();
  await page.locator('[name="reason"]').fill("戸籍の附票で同じ方と確かめた");
  await page.getByRole("button", { name: "統合を起案する" }).click();
  await page.locator("#merges").getByText("統合の決裁待ち").waitFor();
  await page.locator("#merges").scrollIntoViewIfNeeded();
  await sound("proposed");

  const chief = await seat("supervisor1");
  await chief.page.goto(address);
  await chief.sound("home");
  await chief.page.goto(`${address}/number-links`);
  await chief.sound("list");
  await chief.page.getByRole("link", { name: /渡邉/ }).first().click();
  await chief.page.locator("#merges").getByRole("button", { name: "統合を決裁する" }).click();
  await chief.page.locator("#merges").getByText("統合済").waitFor();
  await chief.page.locator("#merges").scrollIntoViewIfNeeded();
  await chief.sound("merged");

  // The old number leads to the person, with the notes of both.
  await find(page, old);
  expect(await page.getByText(`番号${old}のメモ`).count()).toBe(1);
  expect(await page.getByText(`番号${kept}のメモ`).count()).toBe(1);
  await runWork(city.platform, await city.actor("clerk1"), { purpose: "counter" }, (work) =>
    addNote(work, { personNumber: kept, program: "child-medical" }, "統合のあとのメモ"),
  );

  await chief.page.locator("#merges").getByRole("link", { name: "分離を起案する" }).click();
  await chief.page.getByRole("button", { name: /^分離を起案する/ }).click();
  await chief.page.waitForLoadState();
  await chief.sound("end-mistakes");
  await chief.page.getByLabel(old, { exact: true }).check();
  await chief.page.locator('[name="reason"]').fill("戸籍を取り寄せ、別の方と分かった");
  await chief.page.getByRole("button", { name: /^分離を起案する/ }).click();
  await chief.page.locator("#merges").getByText("分離の決裁待ち").waitFor();
  const second = await seat("supervisor2");
  await find(second.page, kept);
  await second.page.locator("#merges").getByRole("button", { name: "分離を決裁する" }).click();
  await second.page.locator("#merges").getByText("分離済").waitFor();
  await second.page.locator("#merges").scrollIntoViewIfNeeded();
  await second.sound("ended");
  await second.page.locator("#merges").getByRole("button", { name: "事務で直した" }).click();
  await second.page.locator("#merges").getByText("済", { exact: true }).waitFor();
  await find(page, old);
  expect(await page.getByText(`番号${kept}のメモ`).count()).toBe(0);
});
