import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { importFile } from "#src/platform/feeds/index.ts";
import { openLosses, openProposals } from "#src/programs/single-parent-medical/index.ts";
import { fileOf, residentsFeed, smallCity } from "#test/db/feeds/support.ts";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { householdApplication, householdCounterOf } from "#test/support/household-counter.ts";
import {
  choose,
  follow,
  press,
  recordDocuments,
  save,
  seatsOf,
  step,
  type,
  unfold,
} from "#test/support/keyboard.ts";
import { singleParentIn } from "#test/support/single-parent-in-register.ts";

const city = await openTestPlatform();
const counter = householdCounterOf(city);
const terminals = await openTerminals(city);
const { address } = terminals;
const seat = seatsOf(terminals, "single-parent");
const urlOf = ({ caseId }: { caseId: string }) =>
  `${address}/single-parent-medical/cases/${caseId}`;

/** Opens the report that waits in the list, and gives its address. */
async function openReport(page: Page): Promise<string> {
  await page.goto(`${address}/single-parent-medical/cases`);
  await page
    .getByRole("row", { name: /喪失届/ })
    .getByRole("link")
    .first()
    .focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/cases\/[\w-]{36}$/);
  return page.url();
}

test("住民記録の死亡と転出による喪失の案を、一つは取り下げ、一つは決裁して終える", {
  timeout: 240_000,
}, async () => {
  const family = await counter.household([
    { birthDate: "2015-05-10" },
    { birthDate: "2020-07-07" },
  ]);
  const at = await counter.toIssued(family.mother, householdApplication(family));
  city.platform.clock.moveTo("2026-12-15");
  const [older = "", younger = ""] = family.children;
  await counter.registerAnew(older, { diedOn: "2026-12-03" });
  await counter.registerAnew(younger, {
    residence: { from: "2020-07-07", fromReason: "birth" },
  });
  expect(await openLosses(city.platform, await city.system())).toBe(1);
  const clerk = await seat("clerk2");
  const { page } = clerk;
  await openReport(page);
  await page.getByText("届出の内容").first().waitFor();
  expect(await page.getByRole("main").innerText()).toContain("児童の喪失");
  await clerk.sound("proposal-death");
  await unfold(page, "取り下げる…");
  await press(page, "取り下げる");
  await page.getByText("理由・コメントを入力してください。").first().waitFor();
  await clerk.sound("proposal-refusal-error");
  await type(page, "comment-withdraw", "住民記録の誤りと確かめた");
  await step(page, "取り下げる");
  await page.getByText("住民記録の誤りと確かめた").first().waitFor();
  await clerk.sound("proposal-refused");
  expect(await openLosses(city.platform, await city.system())).toBe(0);

  for (const number of [family.mother, younger])
    await counter.registerAnew(number, {
      residence: {
        from: "1990-04-01",
        fromReason: "birth",
        to: "2026-12-10",
        toReason: "move-out",
      },
    });
  expect(await openLosses(city.platform, await city.system())).toBe(1);
  const url = await openReport(page);
  expect(await page.getByRole("main").innerText()).toContain("世帯の喪失");
  await clerk.sound("proposal-move");
  await step(page, "入力内容を確認する");
  await step(page, "喪失を起案して決裁に回す");
  const supervisor = await seat("supervisor1");
  await supervisor.page.goto(url);
  await follow(supervisor.page, "決裁する", "/decision");
  await supervisor.page.getByText("市外への転出").first().waitFor();
  await supervisor.sound("proposal-move-decision");
  await press(supervisor.page, "この内容で決裁する");
  await supervisor.page.waitForURL((now) => now.href.split("?")[0] === url);
  const { entitlements } = await counter.view(at.caseId);
  expect(new Set(entitlements.map(({ status, validTo }) => `${status} ${validTo}`))).toEqual(
    new Set(["lost 2026-12-09"]),
  );
  await page.goto(urlOf(at));
  await clerk.sound("proposal-move-application");
});

test("住民記録の出生による児童の追加の案に健康保険を補い、決裁して証を交付する", {
  timeout: 240_000,
}, async () => {
  city.platform.clock.moveTo("2026-11-20");
  const family = await counter.household();
  const at = await counter.toIssued(family.mother, householdApplication(family));
  city.platform.clock.moveTo("2026-12-15");
  const born = await counter.join(family.householdNumber, {
    name: { kanji: "試験　新", kana: "シケン　アラタ" },
    birthDate: "2026-12-02",
    residence: { from: "2026-12-02", fromReason: "birth" },
  });
  expect(await openProposals(city.platform, await city.system())).toBe(1);
  const clerk = await seat("clerk1");
  const { page } = clerk;
  const url = await openReport(page);
  expect(await page.getByRole("main").innerText()).toContain("児童の追加");
  await clerk.sound("proposal-birth");
  await follow(page, "届出の内容を入力する", "/entry");
  expect(await page.locator('[name="child.personNumber"]').inputValue()).toBe(born);
  await choose(page, "健康保険", "別の健康保険");
  await type(page, "child.insurance.insurerNumber", "01430016");
  await type(page, "child.insurance.insurerName", "試験健康保険組合");
  await page.locator('[name="child.insurance.kind"]').selectOption("kyokai");
  await type(page, "child.insurance.number", "123");
  await type(page, "child.insurance.insuredName", "試験　母子");
  await type(page, "child.insurance.since", "R8.12.2");
  await save(page);
  await page.waitForURL(`${url}/documents`);
  await recordDocuments(page, { 申請者と児童の健康保険の資格が分かるもの: "確認済" });
  const second = await seat("clerk2");
  await second.page.goto(url);
  await step(second.page, "入力内容を確認する");
  await step(second.page, "児童の追加を起案して決裁に回す");
  const supervisor = await seat("supervisor1");
  await supervisor.page.goto(`${url}/decision`);
  await supervisor.sound("proposal-birth-decision");
  await press(supervisor.page, "この内容で決裁する");
  await supervisor.page.waitForURL((now) => now.href.split("?")[0] === url);
  await page.goto(url);
  await follow(page, "受給者証を交付する", "/issue");
  await press(page, "受給者証を交付する");
  await page.waitForURL(/issued\/\d+$/);
  await follow(page, "申請に戻る", new URL(url).pathname);
  await clerk.sound("proposal-birth-issued");
  const { entitlements } = await counter.view(at.caseId);
  expect(entitlements.map((one) => one.personNumber)).toContain(born);
});

test("住民記録の氏名の異動による届出の案を反映し、その方の証だけを差し替える", {
  timeout: 240_000,
}, async () => {
  const operator = await city.actor("operator1");
  const people = { preparer: operator, committer: await city.actor("supervisor1") };
  const small = await smallCity(600);
  await importFile(city.platform, people, residentsFeed, small.residents.path);
  const { parent, children, heading, changed } = await singleParentIn(
    city.platform,
    operator,
    small,
  );
  const application = householdApplication({
    children: children.map((one) => one.personNumber),
  });
  const at = await counter.toIssued(parent.personNumber, application);
  city.platform.clock.moveTo("2026-12-16");
  const file = join(await mkdtemp(join(tmpdir(), "names-")), "residents-20261216-diff-0002.csv");
  const renamed = { 氏名: "新姓　葵", 氏名カナ: "シンセイ　アオイ" };
  const line = changed(children[0]?.cells ?? [], {
    ...renamed,
    異動事由: "03",
    異動日: "20261216",
  });
  await writeFile(file, fileOf([heading, line]));
  await importFile(city.platform, people, residentsFeed, file);
  expect(await openProposals(city.platform, await city.system())).toBe(1);

  const clerk = await seat("clerk1");
  const { page } = clerk;
  const url = await openReport(page);
  await page.getByText("新姓　葵").first().waitFor();
  await clerk.sound("proposal-name");
  await step(page, "入力内容を確認する");
  await step(page, "台帳に反映する");
  await follow(page, "受給者証を交付する", "/issue");
  await clerk.sound("proposal-name-issue");
  await press(page, "受給者証を交付する");
  await page.waitForURL(/issued\/\d+$/);
  await follow(page, "申請に戻る", new URL(url).pathname);
  await page.goto(urlOf(at));
  await page.getByText("新姓　葵").first().waitFor();
  await clerk.sound("proposal-name-application");
  const { certificates } = await counter.view(at.caseId);
  expect(certificates.filter(({ ending }) => ending === "replaced")).toHaveLength(1);
});
