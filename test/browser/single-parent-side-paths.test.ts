import { expect, test } from "vitest";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import {
  childOf,
  householdApplication,
  householdCounterOf,
  keyed,
} from "#test/support/household-counter.ts";
import { choose, follow, press, save, seatsOf, step, type, unfold } from "#test/support/keyboard.ts";

const city = await openTestPlatform();
const counter = householdCounterOf(city);
const { address, terminal } = await openTerminals(city);
const seat = seatsOf(city, { address, terminal }, "single-parent");
const urlOf = ({ caseId }: { caseId: string }) =>
  `${address}/single-parent-medical/cases/${caseId}`;

test("照会、その回答、打切り、保留、差戻し、取下げを、キーボードだけで行える", {
  timeout: 240_000,
}, async () => {
  const family = await counter.household();
  const at = await counter.toExamination(family.mother, householdApplication(family), []);
  const url = urlOf(at);
  const clerk = await seat("clerk2");
  const { page } = clerk;
  await page.goto(url);
  await page.getByText("所得が確認できていない方がいます").first().waitFor();

  await follow(page, "照会する", "/inquiry");
  await save(page);
  await page.getByText("照会先を入力してください。").first().waitFor();
  await clerk.sound("inquiry-error");
  await type(page, "addressee", "試験市市民税課");
  await type(page, "postalCode", "810-0001");
  await type(page, "address", "福岡市中央区天神１丁目８番１号");
  await type(page, "until", "R8.12.4");
  await save(page);
  await page.waitForURL(url);
  await page.getByText("回答待ち").first().waitFor();
  await clerk.sound("inquiring");
  await follow(page, "照会の回答を記録する", "/inquiry");
  const answer = page.getByLabel("回答の内容");
  await answer.fill("令和7年分 給与所得 0円、扶養親族 1人");
  await clerk.sound("inquiry-answer");
  await press(page, "回答を記録する");
  await page.waitForURL(url);
  await page.getByText("回答済").first().waitFor();

  await counter.step("clerk1", "inquire", await counter.view(at.caseId).then(({ found }) => ({
    caseId: found.id,
    revision: found.revision,
  })), {
    until: "2026-12-04",
    input: {
      subject: "taxes",
      addressee: "試験市市民税課",
      postalCode: "8100001",
      address: "福岡市中央区天神１丁目８番１号",
    },
  });
  await page.goto(url);
  await unfold(page, "照会を打ち切る…");
  await type(page, "comment-closeInquiry", "本人が所得課税証明書を持参した");
  await step(page, "照会を打ち切る");
  await page.getByText("打切り").first().waitFor();
  await clerk.sound("inquiry-closed");

  await choose(page, "振込先口座が分かるもの", "不足");
  await step(page, "書類の確認を記録する");
  await unfold(page, "保留にする…");
  await type(page, "until-hold", "R8.12.11");
  await type(page, "comment-hold", "口座の写しを待つ");
  await step(page, "保留にする");
  await page.getByText("不足書類のお知らせ").waitFor();
  await clerk.sound("held");
  await step(page, "保留を解く");
  await unfold(page, "取り下げる…");
  await type(page, "comment-withdraw", "本人の申出");
  await step(page, "取り下げる");
  await page.getByText("取下げ").first().waitFor();
  await clerk.sound("withdrawn");
});

test("限度額以上なら、却下だけを起案でき、差し戻して、決裁できる", { timeout: 240_000 }, async () => {
  const family = await counter.household();
  let at = await counter.toExamination(family.mother, householdApplication(family), [
    keyed(family.mother, 5_000_000),
  ]);
  at = await counter.step("clerk2", "confirm", at);
  at = await counter.step("clerk2", "confirmIncome", at);
  const url = urlOf(at);
  const clerk = await seat("clerk2");
  await clerk.page.goto(url);
  await clerk.page.getByText("所得が限度額以上の方がいるため、認定できません。").first().waitFor();
  await unfold(clerk.page, "計算の過程と根拠");
  await clerk.sound("over-limit");
  await unfold(clerk.page, "却下を起案する…");
  await clerk.page.locator('[name="reason-proposeRejection"]').selectOption({ index: 1 });
  await type(clerk.page, "comment-proposeRejection", "限度額以上のため");
  await step(clerk.page, "却下を起案する");
  await step(clerk.page, "決裁に回す");

  const supervisor = await seat("supervisor1");
  await supervisor.page.goto(url);
  await follow(supervisor.page, "決裁する", "/decision");
  await supervisor.sound("rejection-decision");
  await type(supervisor.page, "comment-remand", "所得の年分を確かめること");
  await press(supervisor.page, "差し戻す");
  await supervisor.page.waitForURL(url);
  await supervisor.page.getByText("所得の年分を確かめること").first().waitFor();

  await clerk.page.goto(url);
  await clerk.sound("remanded");
  await unfold(clerk.page, "却下を起案する…");
  await clerk.page.locator('[name="reason-proposeRejection"]').selectOption({ index: 1 });
  await type(clerk.page, "comment-proposeRejection", "限度額以上のため");
  await step(clerk.page, "却下を起案する");
  await step(clerk.page, "決裁に回す");
  await supervisor.page.goto(`${url}/decision`);
  await press(supervisor.page, "この内容で決裁する");
  await supervisor.page.waitForURL(url);
  await supervisor.page.getByText("却下通知書").first().waitFor();
  await supervisor.sound("rejected");
});
