import { describe, expect, test } from "vitest";
import type { KeyedReceipt } from "#src/platform/claims/index.ts";
import {
  askAdjustment,
  decideAdjustment,
  decideAdjustmentReason,
  enterAdjustmentReason,
  judgeAgain,
  listAdjustmentReasons,
} from "#src/platform/receipts/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import {
  enterSheet,
  monthCosts,
  sheetsOf,
  withdrawSheet,
} from "#src/programs/intractable-disease/cap-sheets.ts";
import { intractableClaims } from "#src/programs/intractable-disease/index.ts";
import {
  codeOf,
  keepInstitutions,
  readInstitutions,
} from "#src/programs/intractable-disease/institutions.ts";
import { recordRefund, refundDetailOf } from "#src/programs/intractable-disease/refund-details.ts";
import { claimsOf, keyedReceipt } from "#test/support/claims.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { type Entitled, receiptsOf } from "#test/support/receipts.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";

const program = "intractable-disease";
const payer = "54439997";
const home = await openTestPlatform();
const { admin, platform } = home;
const { entitled, judged, outcomes, inReceipts, committed } = receiptsOf(home, program, payer);
const claims = claimsOf(home, intractableClaims);

const as = async <T>(who: TestStaff, run: (work: Work) => Promise<T>) =>
  runWork(platform, await home.actor(who), { purpose: "case", program }, run);

/** Terms as a decision would have set them. */
const terms = (
  one: Entitled,
  {
    cap = 10_000,
    category = "ウ",
    number = payer,
  }: { cap?: number; category?: string | null; number?: string } = {},
) => admin`
  insert into intractable_disease.terms (entitlement_id, case_id, valid_from, tier, meal_exempt, full_cap, cap, apportioned, long_high_cost, ventilator,
    mild_high_cost, income_unconfirmed, tax_year, limit_category, payer_number, diseases, recorded_by)
  select e.id, e.case_id, e.valid_from, '一般所得Ⅰ', false, ${cap}, ${cap}, false, false, false, false, false, 2026, ${category}, ${number}, '{6}', s.id
    from entitlements.entitlement e, access.staff s where e.id = ${one.entitlementId} and s.login_name = 'clerk1'`;
const patients = async (
  many: number,
  given?: Parameters<typeof terms>[1],
  period?: Parameters<typeof entitled>[1],
) => {
  const all = await entitled(many, period);
  for (const one of all) await terms(one, given);
  return all;
};

const hospital = withCheckDigit("431110001");
const other = withCheckDigit("431110002");
const headings =
  "公費負担者番号,受給者番号,氏名,カナ氏名,性別,生年月日,医療機関コード,医療機関名,診療年月,診療の種類,保険者番号,給付割合,特記事項,診療実日数,合計点数,一部負担金,他の公費負担者番号,他の公費の負担金額,検索番号,回数,レセプト区分,件数,医療保険負担額,公費負担額,市区町村補助額,介護サービス種類コード,費用総額";
let made = 0;
/** A row of the examining body's CSV: outpatient care of 6,000 points, 区分ウ, 10,000 yen of 自己負担. */
const row = (one: Entitled, given: Partial<Record<string, string>> = {}) => {
  made += 1;
  const cells: Record<string, string> = {
    公費負担者番号: payer,
    受給者番号: one.recipientNumber,
    氏名: "試験　太郎",
    性別: "1",
    生年月日: one.birth.replaceAll("-", ""),
    医療機関コード: hospital,
    医療機関名: "試験病院",
    診療年月: "202607",
    診療の種類: "2",
    保険者番号: "01430016",
    給付割合: "7",
    特記事項: "28",
    診療実日数: "2",
    合計点数: "6000",
    一部負担金: "10000",
    検索番号: `K${made}`,
    回数: "3",
    レセプト区分: "1",
    件数: "1",
    ...given,
  };
  return headings
    .split(",")
    .map((heading) => cells[heading] ?? "")
    .join(",");
};
const csv = (...rows: string[]) => Buffer.from([headings, ...rows, ""].join("\r\n"));
const given = {
  channel: "elderly-union",
  layout: "receipts-2",
  claimMonth: "2026-08",
  paymentMonth: "2026-09",
  name: "koiki.csv",
} as const;
const codes = async (fileId: string) =>
  (await outcomes(fileId)).map(({ outcome, codes: found }) => [outcome, ...found].join(" "));

describe("広域連合などの審査機関から届くレセプト", () => {
  test("上限月額・適用区分・公費負担者番号・指定・期間を、その方の登録と比べる", async () => {
    const [clear, above, less, category, number, nothing, middle, care] = [
      ...(await patients(3)),
      ...(await patients(1, { category: "イ" })),
      ...(await patients(1, { number: "54430002" })),
      ...(await entitled(1)),
      ...(await patients(1, {}, { from: "2026-07-10" })),
      ...(await patients(1)),
    ];
    if (!clear || !above || !less || !category || !number || !nothing || !middle || !care)
      throw new Error("somebody is missing");
    const fileId = await committed(
      csv(
        row(clear, { 医療保険負担額: "42000", 公費負担額: "8000", 市区町村補助額: "500" }),
        row(above),
        row(above, { 医療機関コード: other, 合計点数: "2000", 一部負担金: "1000" }),
        row(less, { 一部負担金: "3000" }),
        row(category),
        row(number),
        row(nothing),
        row(middle),
        row(care, {
          診療の種類: "5",
          特記事項: "",
          給付割合: "9",
          合計点数: "4000",
          一部負担金: "4284",
          介護サービス種類コード: "13",
          費用総額: "42840",
        }),
        row(clear, { 診療年月: "202606", 公費負担額: "9000" }),
        row(clear, { 診療の種類: "5", 診療年月: "202605" }),
      ),
      given,
    );
    expect(await codes(fileId)).toEqual([
      "clear",
      "doubtful cap-exceeded",
      "doubtful cap-exceeded",
      "doubtful cap-not-reached",
      "doubtful category-differs",
      "doubtful payer-differs",
      "doubtful terms-missing",
      "clear period-part",
      "clear",
      "doubtful stated-differs",
      "blocked copay-above-cost format-blocked format-blocked",
    ]);
    const ledger = await admin`
      select row, channel, care, times, receipt_class, receipt_count, service_code, total_cost::integer as cost, insured::integer as insured,
             subsidy::integer as subsidy, patient_pays::integer as pays, municipal_subsidy::integer as municipal
        from receipts.benefit where file_id = ${fileId} and row = 1`;
    expect(ledger.map((one) => ({ ...one }))).toEqual([
      {
        row: 1,
        channel: "elderly-union",
        care: "outpatient",
        times: 3,
        receipt_class: "1",
        receipt_count: 1,
        service_code: null,
        cost: 60_000,
        insured: 42_000,
        subsidy: 8_000,
        pays: 10_000,
        municipal: 500,
      },
    ]);
  });

  test("介護サービスは費用総額で台帳に載り、調整は単位数の割合で額を改める", async () => {
    const [one] = await patients(1, { cap: 5_000 });
    if (!one) throw new Error("nobody");
    const fileId = await committed(
      csv(
        row(one, {
          診療の種類: "5",
          特記事項: "",
          給付割合: "7",
          合計点数: "4000",
          一部負担金: "5000",
          介護サービス種類コード: "13",
          費用総額: "42840",
        }),
      ),
      { ...given, claimMonth: "2026-09" },
    );
    expect(await codes(fileId)).toEqual(["clear"]);
    const [benefit] = await admin<{ id: number; subsidy: number; cost: number; code: string }[]>`
      select id::integer, subsidy::integer, total_cost::integer as cost, service_code as code from receipts.benefit where file_id = ${fileId}`;
    expect(benefit).toMatchObject({ cost: 42_840, subsidy: 7_852, code: "13" });
    const reason = {
      channel: "elderly-union",
      code: "90",
      title: "自己負担の調整",
      from: "2026-04-01",
    } as const;
    await inReceipts("operator1", (work) => enterAdjustmentReason(work, reason));
    const [asked] = await inReceipts("operator1", listAdjustmentReasons);
    await inReceipts("supervisor1", (work) =>
      decideAdjustmentReason(work, { id: asked?.id ?? 0, approve: true }),
    );
    await as("clerk1", (work) =>
      askAdjustment(work, {
        benefitId: benefit?.id ?? 0,
        kind: "balancing",
        settledIn: "2026-12",
        reasonCode: "90",
        corrected: { points: 2_000, subsidy: 1_426, patientPays: 5_000 },
      }),
    );
    const [adjustment] = await admin<
      { id: number }[]
    >`select id from receipts.adjustment where decision is null`;
    await as("supervisor1", (work) =>
      decideAdjustment(work, { id: adjustment?.id ?? 0, approve: true }),
    );
    const [change] = await admin`
      select kind, points::integer as points, total_cost::integer as cost, subsidy::integer as subsidy, patient_pays::integer as pays
        from receipts.benefit where origin_id = ${benefit?.id ?? 0}`;
    expect({ ...change }).toEqual({
      kind: "balancing",
      points: -2_000,
      cost: -21_420,
      subsidy: -6_426,
      pays: 0,
    });
  });
});

describe("指定医療機関", () => {
  test("一覧を取り込んだ都道府県の、一覧にない医療機関のレセプトを確かめる", async () => {
    const [first] = await patients(1);
    if (!first) throw new Error("nobody");
    const list = `コード,名称,指定日,最後の日\n${hospital},試験病院,2020-01-01,\n${other},"試験薬局",20200101,2026-06-30\n`;
    const rows = readInstitutions(list).flatMap((one) => ("fault" in one ? [] : [one]));
    expect(rows).toHaveLength(2);
    expect(readInstitutions(`1234567890,誤り,2020-01-01,`)).toMatchObject([{ line: 1 }]);
    const keep = (work: Work) => keepInstitutions(work, rows);
    await expect(as("east1", keep)).rejects.toMatchObject({ code: "42501" });
    expect(await as("clerk1", keep)).toBe(2);
    expect(await as("clerk1", keep)).toBe(0);
    expect(await as("clerk1", (work) => codeOf(work, "試験薬局"))).toBe(other);
    const fileId = await judged(
      csv(row(first), row(first, { 医療機関コード: other, 一部負担金: "0", 合計点数: "100" })),
      {
        ...given,
        claimMonth: "2026-10",
      },
    );
    expect(await codes(fileId)).toEqual(["clear", "doubtful not-designated"]);
  });
});

describe("自己負担上限額管理票", () => {
  const slip = (personNumber: string, share: number) =>
    ({
      personNumber,
      month: "2026-07",
      source: "copy",
      rows: [
        {
          usedOn: "2026-07-03",
          institution: hospital,
          total: 15_000,
          share: 3_000,
          running: 3_000,
        },
        { usedOn: "2026-07-20", institution: other, total: 45_010, share, running: 3_000 + share },
      ],
    }) as const;

  test("月の合計が上限に届いていれば、2割に満たないレセプトを支払える。取り消せば戻る", async () => {
    const [one] = await patients(1);
    if (!one) throw new Error("nobody");
    const fileId = await judged(csv(row(one, { 一部負担金: "3000" })), {
      ...given,
      claimMonth: "2026-11",
    });
    expect(await codes(fileId)).toEqual(["doubtful cap-not-reached"]);
    expect(await as("clerk1", (work) => enterSheet(work, slip(one.person, 7_000)))).toEqual([]);
    await as("clerk1", (work) => judgeAgain(work, { fileId, rows: [1] }));
    expect(await codes(fileId)).toEqual(["clear"]);
    expect(await as("clerk1", (work) => monthCosts(work, one.person))).toMatchObject([
      { month: "2026-07", total: 60_010, bySheet: { total: 60_010, share: 10_000 } },
    ]);
    const [kept] = await as("clerk1", (work) => sheetsOf(work, one.person));
    await as("clerk1", (work) => withdrawSheet(work, kept?.id ?? 0));
    expect(await as("clerk1", (work) => sheetsOf(work, one.person))).toEqual([]);
  });

  test("同じ月は新しいものに替わり、累積の合わない票も登録でき、申請のない方と別の月の行は断る", async () => {
    const [one] = await patients(1);
    if (!one) throw new Error("nobody");
    await as("clerk1", (work) => enterSheet(work, slip(one.person, 5_000)));
    const wrong = slip(one.person, 6_000);
    const faults = await as("clerk1", (work) =>
      enterSheet(work, { ...wrong, rows: wrong.rows.map((each) => ({ ...each, running: 1 })) }),
    );
    expect(faults).toHaveLength(2);
    const sheets = await as("clerk1", (work) => sheetsOf(work, one.person));
    expect(sheets).toHaveLength(1);
    expect(sheets[0]?.rows[1]?.share).toBe(6_000);
    await expect(as("east1", (work) => enterSheet(work, slip(one.person, 1)))).rejects.toThrow(
      "登録できません",
    );
    expect(await as("east1", (work) => sheetsOf(work, one.person))).toEqual([]);
    const [kept] = sheets;
    await expect(as("east1", (work) => withdrawSheet(work, kept?.id ?? 0))).rejects.toMatchObject({
      code: "42501",
    });
    await expect(
      as(
        "clerk1",
        (work) =>
          work.sql`insert into intractable_money.cap_sheet_row values (${kept?.id ?? 0}, 9, '2026-07-01', ${hospital}, 1, 1, 1)`,
      ),
    ).rejects.toMatchObject({ code: "42501" });
    const [stranger] = await receiptsOf(home).entitled(1);
    await expect(
      as("clerk1", (work) => enterSheet(work, slip(stranger?.person ?? "", 1))),
    ).rejects.toThrow("登録できません");
    await expect(
      as("clerk1", (work) => enterSheet(work, { ...slip(one.person, 1), month: "2026-06" })),
    ).rejects.toMatchObject({ code: "22023" });
  });
});

describe("償還払い", () => {
  const paid = (more: Partial<KeyedReceipt> = {}) =>
    keyedReceipt({
      month: "2026-07",
      institutionCode: hospital,
      institutionName: "試験病院",
      cost: 60_000,
      paid: 18_000,
      outsidePrefecture: false,
      ...more,
    });

  test("遡り期間に払った額から、上限月額までの自己負担を引いて支給し、同じ診療が管理票にあれば確かめる", async () => {
    const [one] = await patients(1);
    if (!one) throw new Error("nobody");
    await claims.payments.account(one.person);
    const at = await claims.examined(one.person, [
      paid(),
      paid({ day: 8, cost: 20_000, paid: 6_000 }),
    ]);
    const reckoned = await claims.reckoned(at.caseId);
    // 10,000 yen of the month are the person's, shared out over both.
    expect(reckoned.receipts.map(({ amount }) => amount)).toEqual([10_500, 3_500]);
    expect(reckoned.total).toBe(14_000);
    await as("clerk1", (work) =>
      enterSheet(work, {
        personNumber: one.person,
        month: "2026-07",
        source: "original",
        rows: [{ usedOn: "2026-07-05", institution: hospital, total: 60_000, share: 10_000 }],
      }),
    );
    expect(await claims.codes(at.caseId)).toEqual(["on-cap-sheet"]);
  });

  test("区分は開いている間だけ、受付の日より後の進達とともに登録できる", async () => {
    const [one] = await patients(1);
    if (!one) throw new Error("nobody");
    await claims.payments.account(one.person);
    const said = {
      reason: "before-recognition",
      reception: "branch",
      recognition: "new",
      branchOffice: null,
      forwardedOn: platform.clock.today(),
      arrivedOn: null,
    } as const;
    const open = await claims.claimed(one.person, [paid()]);
    await as("clerk1", (work) => recordRefund(work, open.caseId, said));
    await as("clerk1", (work) => recordRefund(work, open.caseId, { ...said, reason: "not-shown" }));
    expect(await as("clerk1", (work) => refundDetailOf(work, open.caseId))).toMatchObject({
      number: 2,
      reason: "not-shown",
    });
    await expect(
      as("clerk1", (work) =>
        recordRefund(work, open.caseId, { ...said, forwardedOn: "2020-01-01" }),
      ),
    ).rejects.toThrow("登録できません");
    const [granted] = await patients(1);
    if (!granted) throw new Error("nobody");
    await claims.payments.account(granted.person);
    const decided = await claims.granted(granted.person, [paid()]);
    expect(await claims.payables(decided.caseId)).toMatchObject([{ amount: 8_000, state: "owed" }]);
    await expect(as("clerk1", (work) => recordRefund(work, decided.caseId, said))).rejects.toThrow(
      "登録できません",
    );
  });
});
