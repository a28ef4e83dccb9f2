import { describe, expect, test } from "vitest";
import { findRule } from "#src/platform/rules.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";
import { type ReliefFacts, reliefAmount } from "#workflows/vaccination/relief/amounts.ts";

const facts: ReliefFacts = {
  class: "A",
  benefit: "medical-allowance",
  on: "2024-10-01",
  outpatientDays: 0,
  inpatientDays: 0,
  patientPaid: 0,
  meals: 0,
  grade: 1,
  homeCare: false,
  otherBenefits: 0,
};
const amount = (more: Partial<ReliefFacts>) => reliefAmount({ ...facts, ...more })?.amount;

describe("健康被害救済", () => {
  test("医療手当は月の日数で決まる", () => {
    expect([1, 2, 3].map((outpatientDays) => amount({ outpatientDays }))).toEqual([
      36_900, 36_900, 38_900,
    ]);
    expect([1, 7, 8].map((inpatientDays) => amount({ inpatientDays }))).toEqual([
      36_900, 36_900, 38_900,
    ]);
    expect(amount({ outpatientDays: 1, inpatientDays: 1 })).toBe(38_900);
    expect(amount({})).toBeUndefined();
    expect(amount({ on: "2024-03-31", outpatientDays: 1 })).toBe(35_800);
    expect(amount({ on: "2024-04-01", outpatientDays: 1 })).toBe(36_900);
  });

  test("令和5年度の年金と一時金", () => {
    const on = "2023-10-01";
    expect([1, 2, 3].map((grade) => amount({ on, benefit: "disability-pension", grade }))).toEqual([
      5_175_600, 4_138_800, 3_104_400,
    ]);
    expect([1, 2, 3].map((grade) => amount({ on, benefit: "child-care-pension", grade }))).toEqual([
      1_617_600,
      1_293_600,
      undefined,
    ]);
    expect(
      [1, 2, 3].map((grade) =>
        amount({ on, benefit: "disability-pension", grade, homeCare: true }),
      ),
    ).toEqual([6_021_800, 4_703_000, 3_104_400]);
    expect(amount({ on, benefit: "death-lump-sum" })).toBe(45_300_000);
    expect(amount({ on, benefit: "funeral", homeCare: true })).toBe(212_000);
    expect(amount({ on, benefit: "child-care-pension", otherBenefits: 600_000 })).toBe(1_017_600);
    expect(amount({ on, benefit: "death-lump-sum", otherBenefits: 90_000_000 })).toBe(0);
    expect(amount({ on, benefit: "funeral", otherBenefits: 900_000 })).toBe(212_000);
  });

  test("各段の呼び名は決定書のとおり", () => {
    const steps = (more: Partial<ReliefFacts>) => reliefAmount({ ...facts, ...more })?.steps;
    const on = "2023-10-01";
    expect(steps({ benefit: "medical-cost", patientPaid: 3, meals: 4 })).toEqual([
      { label: "自己負担額", amount: 3 },
      { label: "入院時食事療養標準負担額等", amount: 4 },
    ]);
    expect(steps({ outpatientDays: 3 })).toEqual([
      { label: "通院3日以上・入院8日以上・入通院の併用", amount: 38_900 },
    ]);
    expect(steps({ outpatientDays: 2 })).toEqual([
      { label: "通院3日未満・入院8日未満", amount: 36_900 },
    ]);
    expect(steps({ on, benefit: "disability-pension", homeCare: true, otherBenefits: 5 })).toEqual([
      { label: "障害年金", amount: 5_175_600 },
      { label: "介護加算", amount: 846_200 },
      { label: "他の手当・年金との調整", amount: -5 },
    ]);
    expect(steps({ on, benefit: "disability-pension" })).toHaveLength(1);
  });

  test("類型にないもの、確かめられていないもの", () => {
    expect(amount({ class: "B", benefit: "death-lump-sum" })).toBeUndefined();
    expect(amount({ class: "A", benefit: "survivor-pension" })).toBeUndefined();
    expect(() => amount({ on: "2025-04-01", outpatientDays: 1 })).toThrow(MissingParameterError);
    expect(() => amount({ on: "2024-04-01", benefit: "funeral" })).toThrow(
      "予防接種健康被害救済(A類)の葬祭料",
    );
    expect(amount({ class: "B", benefit: "survivor-pension" })).toBe(2_594_400);
    expect(amount({ class: "B", benefit: "survivor-lump-sum", otherBenefits: 7_000_000 })).toBe(
      783_200,
    );
    expect(() => amount({ class: "B", benefit: "survivor-pension", on: "2025-04-01" })).toThrow(
      "予防接種健康被害救済(B類)の遺族年金の年額は、2025-04-01の値が登録されていません。",
    );
    expect(() => amount({ class: "city", outpatientDays: 1 })).toThrow(
      "予防接種健康被害救済(行政措置)の医療手当",
    );
    expect(amount({ class: "temporary", outpatientDays: 1 })).toBe(36_900);
    expect(
      amount({ class: "B", benefit: "medical-cost", patientPaid: 3, meals: 4, on: "2026-11-20" }),
    ).toBe(7);
  });

  test("足りない設定値を名で示す", () => {
    expect(
      findRule("relief.amount")?.run({
        class: "A",
        benefit: "medical-allowance",
        on: "2026-11-20",
        outpatientDays: 3,
      }),
    ).toEqual({
      ok: false,
      error: {
        field: "parameter",
        message:
          "予防接種健康被害救済(A類)の医療手当の月額(通院3日以上・入院8日以上・入通院の併用)は、2026-11-20の値が登録されていません。",
        parameter:
          "予防接種健康被害救済(A類)の医療手当の月額(通院3日以上・入院8日以上・入通院の併用)",
      },
    });
    expect(
      findRule("relief.amount")?.run({ class: "A", benefit: "survivor-pension", on: "2024-10-01" }),
    ).toMatchObject({
      error: { field: "benefit", message: "A類には遺族年金がありません。" },
    });
    expect(
      findRule("relief.amount")?.run({
        class: "A",
        benefit: "disability-pension",
        on: "2023-10-01",
      }),
    ).toMatchObject({ result: { amount: 5_175_600 } });
    expect(
      findRule("relief.amount")?.run({
        class: "A",
        benefit: "medical-allowance",
        on: "2024-10-01",
      }),
    ).toMatchObject({
      error: { field: "outpatientDays", message: "通院または入院した日数を入力してください。" },
    });
    expect(
      findRule("relief.amount")?.run({
        class: "A",
        benefit: "funeral",
        on: "2023-10-01",
        grade: 2,
      }),
    ).toMatchObject({ error: { field: "grade", message: "この等級の給付はありません。" } });
  });
});
