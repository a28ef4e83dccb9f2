import { beforeAll, describe, expect, test } from "vitest";
import { getCase } from "#src/platform/cases/index.ts";
import { payablesOfCase } from "#src/platform/payments/index.ts";
import { benefitLines } from "#src/programs/vaccination/relief-benefits/part.ts";
import { reckonBenefits } from "#src/programs/vaccination/relief-benefits/reckon.ts";
import { openTestPlatform } from "#test/support/database.ts";
import {
  keyedBenefits,
  keyedPension,
  keyedVisit,
  reliefBenefitsOf,
} from "#test/support/relief-benefits.ts";

const city = await openTestPlatform();
const relief = reliefBenefitsOf(city);
const medical = ["medical-cost", "medical-allowance"] as const;
const enter = (at: Parameters<typeof relief.step>[2], input: unknown) =>
  relief.step("clerk1", "enterBenefits", at, { input });
const findings = (caseId: string) =>
  relief.as("clerk2", async (work) =>
    (await reckonBenefits(work, await getCase(work, caseId)))?.findings
      .map(({ of, number, code }) => `${of}${number} ${code}`)
      .toSorted(),
  );

beforeAll(() => relief.payments.setUp());

describe("医療費と医療手当", () => {
  test("起案と決裁を経て、一人に一つの支払となる", async () => {
    const { person, at } = await relief.recognised(medical);
    const keyed = await enter(
      at,
      keyedBenefits(person, {
        visits: [
          keyedVisit(),
          keyedVisit({
            way: "inpatient",
            days: [8, 9],
            paid: 20_000,
            meals: 1_380,
            reimbursed: 5_000,
          }),
          keyedVisit({ way: "pharmacy", days: [7], paid: 800 }),
          keyedVisit({ month: "2024-06", days: [3], paid: 0 }),
        ],
        allowanceMonths: [{ month: "2024-05" }, { month: "2024-06" }],
      }),
    );
    const proposed = await relief.step("clerk2", "propose", keyed);
    const decided = await relief.step("supervisor1", "approve", proposed);
    expect(decided.state).toBe("granted");
    const payables = await relief.as("supervisor1", (work) => payablesOfCase(work, at.caseId));
    expect(
      payables.map(({ amount, personNumber, sourceKind }) => ({
        amount,
        personNumber,
        sourceKind,
      })),
    ).toEqual([
      // 3,000 + 20,000 + 1,380 - 5,000 + 800, then 38,900 for May and 36,900 for June.
      { amount: 20_180 + 38_900 + 36_900, personNumber: person, sourceKind: "relief" },
    ]);
    const lines = await relief.as("clerk2", (work) => benefitLines(work, at.caseId), {
      caseId: at.caseId,
    });
    expect(lines.payees[0]?.lines.map(({ title, amount }) => [title, amount])).toEqual([
      ["医療費 令和6年5月分", 20_180],
      ["医療手当 令和6年5月分", 38_900],
      ["医療手当 令和6年6月分", 36_900],
    ]);
    expect(lines.payees[0]?.lines[0]?.note).toContain("他の給付で受けた額 -5,000円");
  });

  test("同じ月を分けて請求しても、手当の合計は変わらない", async () => {
    const first = await relief.recognised(medical);
    const one = await enter(
      first.at,
      keyedBenefits(first.person, { visits: [keyedVisit({ days: [7] })] }),
    );
    await relief.step("supervisor1", "approve", await relief.step("clerk2", "propose", one));
    const second = await relief.recognisedOf(first.person, medical);
    const keyed = await enter(
      second,
      keyedBenefits(first.person, {
        visits: [keyedVisit({ institutionName: "別の病院", days: [8, 9] })],
      }),
    );
    const decided = await relief.step(
      "supervisor1",
      "approve",
      await relief.step("clerk2", "propose", keyed),
    );
    const lines = await relief.as("clerk2", (work) => benefitLines(work, decided.caseId), {
      caseId: decided.caseId,
    });
    expect(lines.payees[0]?.lines[1]).toMatchObject({
      amount: 2_000,
      note: "通院3日以上・入院8日以上・入通院の併用 38,900円、支給済の額 -36,900円",
    });
  });

  test("受診のない月、二度の同じ受診、証明書のない受診、接種前の受診は、それぞれ止める", async () => {
    const { person, at } = await relief.recognised(medical);
    await enter(
      at,
      keyedBenefits(person, {
        visits: [
          keyedVisit(),
          keyedVisit(),
          keyedVisit({ month: "2024-07", certificate: false }),
          keyedVisit({ month: "2023-03", days: [1] }),
        ],
        allowanceMonths: [{ month: "2024-05" }, { month: "2024-09" }],
      }),
    );
    expect(await findings(at.caseId)).toEqual([
      "benefit5 no-visit",
      "visit2 claimed-twice",
      "visit3 no-certificate",
      "visit4 before-shot",
    ]);
    const now = await relief.as("clerk2", (work) => getCase(work, at.caseId));
    await expect(
      relief.step("clerk2", "propose", { caseId: at.caseId, revision: now.revision }),
    ).rejects.toThrow("確かめる必要のある請求の内容があります。");
  });

  test("額の登録がない月は、額の名を示して起案させない。登録すれば起案できる", async () => {
    const { person, at } = await relief.recognised(medical);
    const keyed = await enter(
      at,
      keyedBenefits(person, {
        visits: [keyedVisit({ month: "2025-05" })],
        allowanceMonths: [{ month: "2025-05" }],
      }),
    );
    await expect(relief.step("clerk2", "propose", keyed)).rejects.toThrow(
      "給付の額が定められていません。",
    );
    await relief.setAmounts("A", "2025-04-01", {
      allowanceHigh: 40_000,
      allowanceLow: 38_000,
      disability1: 5_400_000,
      disability2: 4_320_000,
      disability3: 3_240_000,
    });
    expect((await relief.step("clerk2", "propose", keyed)).state).toBe("approval");
  });

  test("一部を不支給とする理由は、通知に載る", async () => {
    const { person, at } = await relief.recognised(medical);
    const keyed = await enter(
      at,
      keyedBenefits(person, {
        visits: [
          keyedVisit(),
          keyedVisit({ month: "2024-07", certificate: false, refusal: "no-proof" }),
        ],
        allowanceMonths: [{ month: "2024-05" }, { month: "2024-07", refusal: "not-counted" }],
      }),
    );
    await relief.step("clerk2", "propose", keyed);
    const lines = await relief.as("clerk2", (work) => benefitLines(work, at.caseId), {
      caseId: at.caseId,
    });
    expect(lines.refused).toEqual([
      { title: "医療費 令和6年7月分", reason: "受診証明書などで確かめられないため。" },
      { title: "医療手当 令和6年7月分", reason: "医療手当の対象となる通院・入院がないため。" },
      { title: "令和6年7月の受診", reason: "受診証明書などで確かめられないため。" },
    ]);
  });
});

describe("年金の決定", () => {
  test("年金は一時の支払を生まず、支給が始まる", async () => {
    const { person, at } = await relief.recognised(["disability-pension"], {}, "1988-04-02");
    const keyed = await enter(at, {
      visits: [],
      allowanceMonths: [],
      disabilityMonths: 0,
      benefits: [keyedPension(person)],
    });
    await relief.step("supervisor1", "approve", await relief.step("clerk2", "propose", keyed));
    const pensions = await city.admin`
      select benefit, payee_number, from_month::text, last_month, state from relief_benefits.pension where case_id = ${at.caseId}`;
    expect([...pensions]).toEqual([
      {
        benefit: "disability-pension",
        payee_number: person,
        from_month: "2023-05-01",
        last_month: null,
        state: "paying",
      },
    ]);
    expect(await relief.as("supervisor1", (work) => payablesOfCase(work, at.caseId))).toEqual([]);
  });
});
