import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import {
  householdApplication,
  householdCounterOf,
  keyed,
} from "#test/support/household-counter.ts";
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

const city = await openTestPlatform();
const counter = householdCounterOf(city);
const terminals = await openTerminals(city);
const { address } = terminals;
const open = seatsOf(terminals, "single-parent");
/** Each of the staff goes on at the terminal where they are signed in. */
const seated = new Map<TestStaff, ReturnType<typeof open>>();
const seat = (who: TestStaff) => {
  const at = seated.get(who) ?? open(who);
  seated.set(who, at);
  return at;
};
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
  await page.getByText("所得が確認できない世帯員がいます。").first().waitFor();

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

  await counter.step(
    "clerk1",
    "inquire",
    await counter.view(at.caseId).then(({ found }) => ({
      caseId: found.id,
      revision: found.revision,
    })),
    {
      until: "2026-12-04",
      input: {
        subject: "tax",
        addressee: "試験市市民税課",
        postalCode: "8100001",
        address: "福岡市中央区天神１丁目８番１号",
      },
    },
  );
  await page.goto(url);
  await unfold(page, "照会を打ち切る…");
  await type(page, "comment-closeInquiry", "本人が所得課税証明書を持参した");
  await step(page, "照会を打ち切る");
  await page.getByText("打切り").first().waitFor();
  await clerk.sound("inquiry-closed");

  await follow(page, "書類を確認する", "/documents");
  await recordDocuments(page, { 振込先口座が分かるもの: "不足" });
  await unfold(page, "保留にする…");
  await type(page, "until-hold", "R8.12.11");
  await type(page, "comment-hold", "口座の写しを待つ");
  await step(page, "保留にする");
  await page.getByText("不足書類のお知らせ").waitFor();
  await clerk.sound("held");
  await follow(page, "書類を確認する", "/documents");
  await recordDocuments(page, { 振込先口座が分かるもの: "確認済" });
  await step(page, "保留を解く");
  await unfold(page, "取り下げる…");
  await type(page, "comment-withdraw", "本人の申出");
  await step(page, "取り下げる");
  await page.getByText("取下げ").first().waitFor();
  await clerk.sound("withdrawn");
});

test("限度額以上なら、却下だけを起案でき、差し戻して、決裁できる", {
  timeout: 240_000,
}, async () => {
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

const twoChildren = [{ birthDate: "2015-05-10" }, { birthDate: "2020-07-07" }] as const;

test("受給者証の再交付、返還、無効、職権取消を、キーボードだけで行える", {
  timeout: 240_000,
}, async () => {
  const family = await counter.household(twoChildren);
  const at = await counter.toIssued(family.mother, householdApplication(family));
  await counter.effects(at.caseId);
  const url = urlOf(at);
  const clerk = await seat("clerk1");
  const { page } = clerk;
  await page.goto(url);
  await follow(page, "受給者証を再交付する", "/issue");
  await page.locator('[name="person-reissue"]').selectOption({ index: 2 });
  await page.locator('[name="reason-reissue"]').selectOption({ index: 1 });
  expect(await page.getByText("この証を選ぶと無効になります").count()).toBe(3);
  await clerk.sound("reissue");
  await press(page, "受給者証を再交付する");
  await backToCase(page, url);
  await page.getByText("再交付").first().waitFor();

  await unfold(page, "受給者証の返還を記録する…");
  await page.locator('[name="person-returnCertificate"]').selectOption({ index: 1 });
  await step(page, "受給者証の返還を記録する");
  await unfold(page, "受給者証を無効にする…");
  await page.locator('[name="person-cancelCertificate"]').selectOption({ index: 2 });
  await type(page, "comment-cancelCertificate", "記載の誤り");
  await step(page, "受給者証を無効にする");
  await clerk.sound("certificates-ended");

  const second = await seat("clerk2");
  await second.page.goto(url);
  await unfold(second.page, "職権取消を起案する…");
  await second.page.locator('[name="reason-proposeRevocation"]').selectOption({ index: 1 });
  await type(second.page, "comment-proposeRevocation", "認定の要件を欠いていた");
  await step(second.page, "職権取消を起案する");
  const supervisor = await seat("supervisor1");
  await supervisor.page.goto(url);
  await follow(supervisor.page, "職権取消を決裁する", "/decision");
  await supervisor.sound("revocation-decision");
  await press(supervisor.page, "この内容で決裁する");
  await supervisor.page.waitForURL(url);
  await supervisor.sound("revoked");
});

/** A report, what is typed into it, which papers it asks for, and which button ends its examination. */
interface ReportCase {
  subject: string;
  title: string;
  ofChild?: true;
  /** The box that opens the fields. */
  box?: string;
  fields?: Record<string, string>;
  select?: Record<string, number>;
  papers?: string[];
  ending: string;
  /** The sort of certificate that is issued in the end, by name. */
  issues?: string;
}

const inForce = "台帳に反映する";
const reports: ReportCase[] = [
  {
    subject: "address",
    title: "住所の変更",
    fields: { "applicant.address": "熊本市中央区新町２丁目４番２８号" },
    ending: inForce,
    issues: "受給者証",
  },
  {
    subject: "name",
    title: "氏名の変更",
    ofChild: true,
    fields: { name: "試験　子改" },
    ending: inForce,
    issues: "受給者証",
  },
  {
    subject: "insurance",
    title: "健康保険の変更",
    ofChild: true,
    fields: { "insurance.symbol": "99" },
    ending: inForce,
  },
  {
    subject: "account",
    title: "振込先口座の変更",
    fields: {
      "account.bankCode": "0001",
      "account.branchCode": "001",
      "account.number": "1234567",
      "account.holderKana": "ｼｹﾝ ﾊﾊｺ",
    },
    ending: inForce,
  },
  {
    subject: "mailing",
    title: "送付先の変更",
    box: "申請者の住所と別の所へ送る（外すと申請者の住所に戻ります）",
    fields: {
      "mailing.name": "試験　祖母",
      "mailing.postalCode": "8600004",
      "mailing.address": "熊本市中央区新町２丁目４番２７号",
    },
    select: { "mailing.reason": 1 },
    ending: inForce,
  },
  {
    subject: "benefit-class",
    title: "給付区分の変更",
    ofChild: true,
    select: { reason: 1, benefitClass: 1 },
    ending: "給付の変更を起案して決裁に回す",
  },
  {
    subject: "severe-disability",
    title: "児童重度障害医療の該当・非該当",
    ofChild: true,
    select: { reason: 1 },
    papers: ["児童の障害の程度が分かるもの"],
    ending: "給付の変更を起案して決裁に回す",
  },
  {
    subject: "remote-certificate",
    title: "遠隔地証の該当・非該当",
    ofChild: true,
    select: { reason: 1 },
    fields: { until: "R9.3.31" },
    papers: ["在学証明書"],
    ending: inForce,
    issues: "遠隔地証",
  },
  {
    subject: "category",
    title: "制度該当区分の変更",
    select: { reason: 1, "category.code": 1 },
    papers: ["戸籍謄本(全部事項証明書)"],
    ending: inForce,
  },
  {
    subject: "child-loss:custody",
    title: "児童の喪失",
    ofChild: true,
    ending: "喪失を起案して決裁に回す",
  },
  { subject: "household-loss:marriage", title: "世帯の喪失", ending: "喪失を起案して決裁に回す" },
];

/** From what was issued, which is shown at once, back to the case. */
async function backToCase(page: Page, url: string) {
  await page.waitForURL(/issued\/\d+$/);
  await page.locator('iframe[src$="/pdf"]').waitFor();
  await press(page, "申請に戻る");
  await page.waitForURL(url);
}

/** Takes a report at the application's page and identifies who made it. */
async function receive(page: Page, about: { subject: string; ofChild?: true; occursOn: string }) {
  await unfold(page, "変更・喪失の届出を受け付ける…");
  await page.locator('select[name="subject"]').selectOption(about.subject);
  if (about.ofChild) await page.locator('select[name="person"]').selectOption({ index: 2 });
  await type(page, "occursOn", about.occursOn);
  await press(page, "届出を受け付ける");
  await page.waitForURL(/\/identity$/);
  await page.getByLabel("個人番号カード").focus();
  await page.keyboard.press("Space");
  await save(page);
  await page.waitForURL(/\/entry$/);
  return page.url().replace(/\/entry$/, "");
}

async function decide(url: string, name: string) {
  const supervisor = await seat("supervisor1");
  await supervisor.page.goto(url);
  await follow(supervisor.page, "決裁する", "/decision");
  await supervisor.sound(`${name}-decision`);
  await press(supervisor.page, "この内容で決裁する");
  // The bar with the next decision may be offered.
  await supervisor.page.waitForURL((now) => now.href.split("?")[0] === url);
}

test.each(reports)(
  "$title の届出を、キーボードだけで受け付けて終える",
  { timeout: 240_000 },
  async (about) => {
    const { subject, box, fields = {}, select = {}, papers = [], ending } = about;
    const name = `report-${subject.split(":")[0]}`;
    const family = await counter.household(twoChildren);
    const at = await counter.toIssued(family.mother, householdApplication(family));
    const clerk = await seat("clerk1");
    const { page } = clerk;
    await page.goto(urlOf(at));
    const url = await receive(page, { ...about, occursOn: "R8.12.1" });
    if (box) await page.getByLabel(box).press("Space");
    for (const [field, text] of Object.entries(fields)) await type(page, field, text);
    for (const [field, index] of Object.entries(select))
      await page.locator(`select[name="${field}"]`).selectOption({ index });
    await clerk.sound(`${name}-entry`);
    await save(page);
    await page.waitForURL(papers.length > 0 ? `${url}/documents` : url);
    if (papers.length > 0)
      await recordDocuments(page, Object.fromEntries(papers.map((paper) => [paper, "確認済"])));
    else await step(page, "審査に回す");
    const second = await seat("clerk2");
    await second.page.goto(url);
    await step(second.page, "入力内容を確認する");
    await second.sound(name);
    await step(second.page, ending);
    await second.sound(`${name}-after`);
    if (ending !== inForce) await decide(url, name);
    await page.goto(url);
    const { issues } = about;
    if (issues) {
      await follow(page, `${issues}を交付する`, "/issue");
      await clerk.sound(`${name}-issue`);
      await press(page, `${issues}を交付する`);
      await backToCase(page, url);
      await page.getByText(`${issues}を交付する`).first().waitFor();
    }
    expect(await page.getByRole("link", { name: /を交付する$/ }).count()).toBe(0);
    await page.goto(urlOf(at));
    await clerk.sound(`${name}-application`);
  },
);

test("生まれた児童の追加を、キーボードだけで受け付けて決裁し、証を交付できる", {
  timeout: 240_000,
}, async () => {
  const family = await counter.household([{ birthDate: "2015-05-10" }]);
  const at = await counter.toIssued(family.mother, householdApplication(family));
  const born = await counter.join(family.householdNumber, {
    name: { kanji: "試験　新子", kana: "シケン　シンコ" },
    birthDate: "2026-11-10",
    residence: { from: "2026-11-10", fromReason: "birth" },
  });
  const clerk = await seat("clerk1");
  const { page } = clerk;
  await page.goto(urlOf(at));
  const url = await receive(page, { subject: "child-addition", occursOn: "R8.11.10" });
  await save(page);
  await page.getByText("統合宛名番号が正しくありません").first().waitFor();
  await clerk.sound("addition-error");
  await type(page, "child.personNumber", born);
  await choose(page, "健康保険", "別の健康保険");
  await type(page, "child.insurance.insurerNumber", "01430016");
  await type(page, "child.insurance.insurerName", "試験健康保険組合");
  await page.locator('[name="child.insurance.kind"]').selectOption("kyokai");
  await type(page, "child.insurance.number", "123");
  await type(page, "child.insurance.insuredName", "試験　母子");
  await type(page, "child.insurance.since", "R8.11.10");
  await save(page);
  await page.waitForURL(`${url}/documents`);
  await recordDocuments(page, { 申請者と児童の健康保険の資格が分かるもの: "確認済" });
  const second = await seat("clerk2");
  await second.page.goto(url);
  await step(second.page, "入力内容を確認する");
  const row = second.page.getByRole("row", { name: /^児童.*新子/ });
  expect((await row.first().innerText()).split(/\s*\t\s*/)).toContain("―");
  await second.page.getByRole("link", { name: "送付する認定通知書の見本" }).waitFor();
  expect(await second.page.getByRole("link", { name: /変更決定通知書/ }).count()).toBe(0);
  await second.sound("addition");
  await step(second.page, "児童の追加を起案して決裁に回す");
  await decide(url, "addition");
  await page.goto(url);
  await follow(page, "受給者証を交付する", "/issue");
  await clerk.sound("addition-issue");
  await press(page, "受給者証を交付する");
  await backToCase(page, url);
  await clerk.sound("addition-after");
  await page.goto(urlOf(at));
  await clerk.sound("addition-application");
});

test("起案の後に住民記録が変わると、決裁の画面のボタンに、決裁できない理由が出る", {
  timeout: 240_000,
}, async () => {
  const family = await counter.household();
  const at = await counter.toApproval(family.mother, householdApplication(family));
  await counter.registerAnew(family.children[0] ?? "", { birthDate: "2016-05-10" });
  const supervisor = await seat("supervisor1");
  await supervisor.page.goto(`${urlOf(at)}/decision`);
  await supervisor.page.getByText("起案の後に認定の内容が変わったため").first().waitFor();
  await supervisor.sound("decision-moved");
});
