import { beforeAll, expect, test } from "vitest";
import { enterSheet } from "#src/programs/intractable-disease/cap-sheets.ts";
import { openTestApp, type Visitor } from "#test/support/app.ts";
import { numberCard } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import {
  memberOf,
  patientApplication,
  patientCounterOf,
  taxedOf,
} from "#test/support/patient-counter.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";

const city = await openTestPlatform();
const counter = patientCounterOf(city);
const app = openTestApp(city);
let clerk: Visitor;
let second: Visitor;
beforeAll(async () => {
  clerk = await app.visitor("clerk1");
  second = await app.visitor("clerk2");
});

const hidden = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
const plain = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

const doctors = (rows: readonly string[]) =>
  new TextEncoder().encode(
    ["指定医番号,氏名,診療科,医療機関,種別,有効期間の始まり,有効期間の終わり", ...rows].join(
      "\r\n",
    ),
  );
const good = [
  "T0001,髙橋 医師,神経内科,見本病院,難病指定医,2023-01-01,2027-12-31",
  "T0002,試験 協力,内科,見本医院,協力難病指定医,2023/01/01,2027/12/31",
];
const send = (rows: readonly string[], fields: Record<string, string> = {}) =>
  second.upload("/intractable-disease/doctors", fields, {
    field: "file",
    name: "doctors.csv",
    bytes: doctors(rows),
  });

test("指定医の一覧は、試すだけでも誤りがあっても何も取り込まず、正しければ取り込んで、さがせる", async () => {
  await second.get("/intractable-disease/doctors");
  const tried = await send(good, { dry: "yes" });
  expect(plain(tried.text)).toContain(
    "取り込める行 2件、誤りのある行 0件です。まだ取り込んでいません。",
  );
  const wrong = await send([...good, "T0003,試験,内科,見本,指定医,2026-13-01,"]);
  expect(plain(wrong.text)).toContain("4行目: 種別は、難病指定医か協力難病指定医です。");
  expect(plain((await second.get("/intractable-disease/doctors")).text)).toContain(
    "登録がありません。",
  );
  expect((await send(good)).status).toBe(303);
  const list = plain((await second.get("/intractable-disease/doctors?q=見本病")).text);
  expect(list).toContain("髙橋 医師");
  expect(list).not.toContain("試験 協力");
  expect((await send(["番号,氏名"])).status).toBe(422);
  expect(plain((await clerk.get("/intractable-disease/doctors")).text)).toContain("指定医 2件");
});

/** The fields of an entry as the page sends them. */
const fields = (given: Record<string, string> = {}) => ({
  sort: "new",
  reception: "head",
  method: "self",
  "applicant.name": "試験　母子",
  "applicant.kana": "シケン　ハハコ",
  "applicant.relation": "self",
  "applicant.postalCode": "8600004",
  "applicant.address": "熊本市中央区新町２丁目４番２７号",
  "applicant.building": "",
  "applicant.telephone": "096-000-0000",
  "insurance.insurerNumber": "430017",
  "insurance.insurerName": "熊本市国民健康保険",
  "insurance.kind": "national",
  "insurance.symbol": "熊01",
  "insurance.number": "1234",
  "insurance.branchNumber": "01",
  "insurance.insuredName": "試験　母子",
  "insurance.relation": "insured",
  "insurance.since": "R2.4.1",
  insurerConsent: "yes",
  limitCategory: "エ",
  "records.0.disease": "６",
  "records.0.main": "yes",
  "records.0.doctor": "ｔ0001",
  "records.0.writtenOn": "R8.11.10",
  "records.0.severeOn": "R8.11.5",
  "records.0.source": "paper",
  anyInstitution: "yes",
  "tax.given": "yes",
  "tax.fiscalYear": "2026",
  "tax.assessment": "taxed",
  "tax.incomeLevy": "70,000",
  ...given,
});

test("入力の誤りはすべてその欄に示され、直すと、計算の過程が審査の画面に出て、受給者証まで進む", async () => {
  await counter.listDoctors();
  const { mother } = await counter.household();
  const { id: caseId } = await counter.open("clerk1", mother);
  await counter.step("clerk1", "recordIdentity", { caseId, revision: 1 }, { input: numberCard });
  const path = `/intractable-disease/cases/${caseId}/entry`;
  const enter = async (given: Record<string, string>) => {
    const { text } = await clerk.get(path);
    return clerk.post(path, {
      revision: hidden(text, "revision"),
      key: hidden(text, "key"),
      ...fields(given),
    });
  };
  const wrong = await enter({
    "records.0.writtenOn": "あした",
    "records.0.doctor": "",
    "tax.assessment": "exempt",
    mildHighCost: "yes",
  });
  expect(wrong.status).toBe(422);
  for (const name of [
    "records.0.writtenOn",
    "records.0.doctor",
    "tax.incomeLevy",
    "mildHighCostMetOn",
  ])
    expect(wrong.text, name).toContain(`id="field-${name}-error"`);
  expect(wrong.text).toContain('value="あした"');
  const unknown = await enter({ "records.0.disease": "400" });
  expect(unknown.text).toContain("告示番号400の指定難病はありません。番号を確かめてください。");
  expect((await enter({})).status).toBe(303);

  const page = plain((await second.get(`/intractable-disease/cases/${caseId}`)).text);
  expect(page).toContain("パーキンソン病（6）");
  const view = await counter.view(caseId);
  let at = { caseId, revision: view.found.revision };
  at = await counter.step("clerk1", "recordDocuments", at, {
    input: { "clinical-record": "seen", "application-form": "seen" },
  });
  at = await counter.step("clerk1", "submit", at);
  at = await counter.step("clerk2", "confirm", at);
  const examined = plain((await second.get(`/intractable-disease/cases/${caseId}`)).text);
  for (const words of [
    "所得割の合計",
    "70,000円",
    "一般所得Ⅰ",
    "10,000円",
    "令和8年度の市町村民税",
  ])
    expect(examined, words).toContain(words);
  expect(plain((await second.get("/intractable-disease/cases")).text)).toContain(
    "新規 パーキンソン病（6）",
  );
});

test("変更届の画面は今の内容で開き、変わる内容と効く日が決裁の画面に出る", async () => {
  await counter.listDoctors();
  const { mother, grandfather } = await counter.household();
  const first = await counter.toCertified(
    mother,
    patientApplication({ tax: taxedOf(300_000), people: [memberOf(grandfather)] }),
  );
  await counter.step("clerk1", "issue", first);
  const opened = await counter.report(first.caseId, {
    subject: "ventilator",
    occursOn: "2026-11-18",
  });
  const entry = await clerk.get(`/intractable-disease/cases/${opened.caseId}/entry`);
  expect(entry.text).toContain('name="ventilator"');
  let at = await counter.toConfirmed(opened, { ventilator: true });
  at = await counter.step("clerk2", "requestChange", at);
  const supervisor = await app.visitor("supervisor1");
  const decision = plain(
    (await supervisor.get(`/intractable-disease/cases/${at.caseId}/decision`)).text,
  );
  for (const words of ["令和8年12月1日", "人工呼吸器等装着", "1,000円"])
    expect(decision, words).toContain(words);
});

test("申請の内容を初めて入力するとき、登録した管理票の医療費総額が、申請の月までの12か月だけ入っている", async () => {
  const { mother } = await counter.household();
  const { id: caseId } = await counter.open("clerk1", mother);
  await counter.step("clerk1", "recordIdentity", { caseId, revision: 1 }, { input: numberCard });
  const sheet = (month: "2026-10" | "2025-10", total: number) => ({
    personNumber: mother,
    month,
    source: "copy" as const,
    rows: [
      {
        usedOn: `${month}-05` as const,
        institution: withCheckDigit("431110001"),
        total,
        share: 5_000,
        running: 5_000,
      },
    ],
  });
  await counter.as("clerk1", async (work) => {
    await enterSheet(work, sheet("2026-10", 61_230));
    await enterSheet(work, sheet("2025-10", 77_770));
  });
  const { text } = await clerk.get(`/intractable-disease/cases/${caseId}/entry`);
  expect(text).toMatch(
    /name="costs\.0\.month"[^>]*value="2026-10"|value="2026-10"[^>]*name="costs\.0\.month"/,
  );
  expect(text).toContain("61230");
  expect(text).not.toContain("77770");
});

test("書類の日付は、読めない日・先の日・不要な書類の日がその欄で断られ、期限より前の日は審査の画面で告げられる", async () => {
  await counter.listDoctors();
  const { mother } = await counter.household();
  const { id: caseId } = await counter.open("clerk1", mother);
  let at = await counter.step(
    "clerk1",
    "recordIdentity",
    { caseId, revision: 1 },
    { input: numberCard },
  );
  at = await counter.step("clerk1", "enter", at, { input: patientApplication() });
  const path = `/intractable-disease/cases/${caseId}/documents`;
  const send = async (given: Record<string, string>) => {
    const { text } = await clerk.get(path);
    return clerk.post(path, {
      revision: hidden(text, "revision"),
      key: hidden(text, "key"),
      "application-form": "seen",
      "clinical-record": "seen",
      ...given,
    });
  };
  expect((await clerk.get(path)).text).toContain("臨床調査個人票の記載日");
  const day = "clinical-record.datedOn";
  for (const [typed, words] of [
    ["きのう", "記載日を日付として読めません。"],
    ["R8.11.21", "臨床調査個人票の記載日（令和8年11月21日）は、まだ来ていない日です。"],
  ] as const) {
    const refused = await send({ [day]: typed });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(`id="field-${day}-error"`);
    expect(refused.text).toContain(words);
    expect(refused.text).toContain(`value="${typed}"`);
  }
  const notNeeded = await send({
    "tax-proof": "not-needed",
    "tax-proof.datedOn": "令和8年11月2日",
  });
  expect(notNeeded.text).toContain("市町村民税の課税（非課税）証明書は「不要」です。");
  expect((await send({ [day]: "R8/8/19" })).status).toBe(303);

  const page = `/intractable-disease/cases/${caseId}`;
  const old = plain((await second.get(page)).text);
  expect(old).toContain("確認済（記載日 令和8年8月19日）");
  expect(old).toContain("申請日の3か月前（令和8年8月20日）より前");
  expect((await clerk.get(path)).text).toContain('value="R8.8.19"');
  // Recorded anew with another day; then without any.
  expect((await send({ [day]: "R8.8.20" })).status).toBe(303);
  const good = plain((await second.get(page)).text);
  expect(good).toContain("確認済（記載日 令和8年8月20日）");
  expect(good).not.toContain("より前");
  expect((await send({})).status).toBe(303);
  expect(plain((await second.get(page)).text)).not.toContain("記載日 令和8年8月");
});
