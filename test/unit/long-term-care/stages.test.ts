import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findRule } from "#src/platform/rules.ts";
import { stageTables } from "#workflows/long-term-care/presets.ts";
import {
  formerSalaryRise,
  premiumStage,
  type StageFacts,
} from "#workflows/long-term-care/stages.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";

describe("所得段階", () => {
  const facts: StageFacts = {
    fiscalYear: 2026,
    welfare: false,
    personTaxed: false,
    householdTaxed: false,
    pensionPlusOther: 0,
    totalIncome: 0,
  };
  const stage = (more: Partial<StageFacts>, city: keyof typeof stageTables = "standard") => {
    const {
      basis: _basis,
      steps: _steps,
      ...result
    } = premiumStage({ ...facts, ...more }, stageTables[city]);
    return result;
  };

  test("非課税世帯の境目", () => {
    expect(stage({ pensionPlusOther: 826_500 })).toEqual({
      stage: 1,
      rate: 0.285,
      rateBeforeReduction: 0.455,
    });
    expect(stage({ pensionPlusOther: 826_501 })).toEqual({
      stage: 2,
      rate: 0.485,
      rateBeforeReduction: 0.685,
    });
    expect(stage({ pensionPlusOther: 1_200_000 }).stage).toBe(2);
    expect(stage({ pensionPlusOther: 1_200_001 })).toEqual({
      stage: 3,
      rate: 0.685,
      rateBeforeReduction: 0.69,
    });
    expect(stage({ welfare: true, pensionPlusOther: 5_000_000 }).stage).toBe(1);
  });

  test("年度ごとの基準", () => {
    expect(stage({ fiscalYear: 2024, pensionPlusOther: 800_001 }).stage).toBe(2);
    expect(stage({ fiscalYear: 2025, pensionPlusOther: 809_000 }).stage).toBe(1);
    expect(stage({ fiscalYear: 2025, pensionPlusOther: 809_001 }).stage).toBe(2);
    expect(() => stage({ fiscalYear: 2027 })).toThrow(MissingParameterError);
    expect(() => stage({ fiscalYear: 2025 }, "yokohama")).toThrow("横浜市");
  });

  test("課税世帯の中の非課税の人", () => {
    expect(stage({ householdTaxed: true, pensionPlusOther: 826_500 })).toEqual({
      stage: 4,
      rate: 0.9,
    });
    expect(stage({ householdTaxed: true, pensionPlusOther: 826_501 })).toEqual({
      stage: 5,
      rate: 1,
    });
  });

  test.each([
    [0, 6, 1.2],
    [1_199_999, 6, 1.2],
    [1_200_000, 7, 1.3],
    [2_099_999, 7, 1.3],
    [2_100_000, 8, 1.5],
    [3_200_000, 9, 1.7],
    [4_200_000, 10, 1.9],
    [5_200_000, 11, 2.1],
    [6_200_000, 12, 2.3],
    [7_199_999, 12, 2.3],
    [7_200_000, 13, 2.4],
    [90_000_000, 13, 2.4],
  ])("課税で %i 円なら第 %i 段階", (totalIncome, expected, rate) => {
    expect(stage({ personTaxed: true, householdTaxed: true, totalIncome })).toEqual({
      stage: expected,
      rate,
    });
  });

  test.each<[Partial<StageFacts>, number, number]>([
    [{ welfare: true }, 1, 15_880],
    [{ pensionPlusOther: 826_500 }, 2, 15_880],
    [{ pensionPlusOther: 1_200_000 }, 3, 27_000],
    [{ pensionPlusOther: 1_200_001 }, 4, 46_470],
    [{ householdTaxed: true, pensionPlusOther: 826_500 }, 5, 71_490],
    [{ householdTaxed: true, pensionPlusOther: 826_501 }, 6, 79_440],
    [{ personTaxed: true, totalIncome: 1_199_999 }, 7, 85_000],
    [{ personTaxed: true, totalIncome: 1_599_999 }, 8, 87_380],
    [{ personTaxed: true, totalIncome: 2_099_999 }, 9, 100_880],
    [{ personTaxed: true, totalIncome: 2_499_999 }, 10, 103_270],
    [{ personTaxed: true, totalIncome: 3_199_999 }, 11, 123_130],
    [{ personTaxed: true, totalIncome: 4_199_999 }, 12, 139_020],
    [{ personTaxed: true, totalIncome: 5_199_999 }, 13, 154_900],
    [{ personTaxed: true, totalIncome: 6_199_999 }, 14, 170_790],
    [{ personTaxed: true, totalIncome: 7_199_999 }, 15, 186_680],
    [{ personTaxed: true, totalIncome: 9_999_999 }, 16, 198_600],
    [{ personTaxed: true, totalIncome: 19_999_999 }, 17, 238_320],
    [{ personTaxed: true, totalIncome: 29_999_999 }, 18, 258_180],
    [{ personTaxed: true, totalIncome: 30_000_000 }, 19, 278_040],
  ])("横浜市の公表の表: %o は第 %i 段階、%i 円", (more, expected, annual) => {
    expect(stage(more, "yokohama")).toMatchObject({ stage: expected, annual });
  });

  test("横浜市の各段階は、その所得ちょうどから始まる", () => {
    const begins = [
      1_200_000, 1_600_000, 2_100_000, 2_500_000, 3_200_000, 4_200_000, 5_200_000, 6_200_000,
      7_200_000, 10_000_000, 20_000_000, 30_000_000,
    ];
    expect(
      begins.map((totalIncome) => stage({ personTaxed: true, totalIncome }, "yokohama").stage),
    ).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  });

  test("令和7年改正前の控除は、55万1千円から190万円未満の給与を上げて見る", () => {
    expect([550_999, 551_000, 650_000, 1_000_000, 1_625_000].map(formerSalaryRise)).toEqual([
      0, 1_000, 100_000, 100_000, 100_000,
    ]);
    expect([1_700_000, 1_800_000, 1_899_999, 1_900_000].map(formerSalaryRise)).toEqual([
      70_000, 30_000, 1, 0,
    ]);
  });

  test("給与だけで課税になりうるのは令和8年度だけ、それも改正前の控除による", () => {
    const worker = { householdTaxed: true, totalIncome: 350_001, salary: 1_000_001 };
    expect(stage(worker).stage).toBe(6);
    expect(stage({ ...worker, totalIncome: 350_000, salary: 1_000_000 }).stage).toBe(4);
    expect(stage({ ...worker, fiscalYear: 2025 }).stage).toBe(4);
    expect(stage({ ...worker, nontaxLimit: 1_010_000 }).stage).toBe(4);
    expect(stage({ personTaxed: true, totalIncome: 1_150_000, salary: 1_800_000 }).stage).toBe(6);
    expect(stage({ personTaxed: true, totalIncome: 1_170_000, salary: 1_800_000 }).stage).toBe(7);
  });

  test("所得が増えて段階が下がることはない", () => {
    fc.assert(
      fc.property(
        fc.nat(40_000_000),
        fc.nat(1_000_000),
        fc.boolean(),
        fc.boolean(),
        (income, more, person, household) => {
          const at = (amount: number) =>
            stage({
              personTaxed: person,
              householdTaxed: household || person,
              pensionPlusOther: amount,
              totalIncome: amount,
            }).stage;
          expect(at(income + more)).toBeGreaterThanOrEqual(at(income));
        },
      ),
    );
  });

  test("影響を遮断する年の給与は、非課税の人の所得も上げて見る", () => {
    const at = (more: Partial<StageFacts>) => stage({ pensionPlusOther: 800_000, ...more }).stage;
    expect(at({})).toBe(1);
    expect(at({ salary: 576_500 })).toBe(1);
    expect(at({ salary: 576_501 })).toBe(2);
    expect(at({ salary: 576_501, fiscalYear: 2025 })).toBe(1);
  });

  test("段階がどう決まったかを円で示す", () => {
    const yokohama = findRule("ltc.stage")?.run({
      ...facts,
      city: "yokohama",
      pensionPlusOther: 1_200_000,
      salary: 600_000,
    });
    expect(yokohama).toMatchObject({ result: { stage: 4, steps: expect.anything() } });
    const steps = (more: Partial<StageFacts>, table: keyof typeof stageTables = "standard") =>
      premiumStage(
        { ...facts, pensionPlusOther: 1_200_000, totalIncome: 7, ...more },
        stageTables[table],
      ).steps.map(({ label, amount }) => `${label} ${amount}`);
    expect(steps({ salary: 600_000 })).toEqual([
      "合計所得金額 7",
      "課税年金収入+その他の合計所得 1200000",
      "令和8年度の特例で加える給与所得 50000",
    ]);
    expect(steps({}, "yokohama")).toEqual([
      "合計所得金額 7",
      "課税年金収入+その他の合計所得 1200000",
      expect.stringMatching(/^基準額 \d+$/),
      expect.stringMatching(/^基準額×0\.\d+\(10円未満切捨て\) 27000$/),
    ]);
  });
});
