import { describe, expect, test } from "vitest";
import { reckonReceipt } from "#workflows/intractable-disease/receipt.ts";
import type { DatedReceipt } from "#workflows/receipts/expected.ts";
import type { FundFacts, MoreFacts } from "#workflows/receipts/facts.ts";
import { judgeReceipt } from "#workflows/receipts/judge.ts";

const more: MoreFacts = {
  times: null,
  receiptClass: null,
  count: null,
  insurerPays: null,
  fundPays: null,
  municipalSubsidy: null,
  serviceCode: null,
  cost: null,
};
const fundOf = (given: Partial<FundFacts> = {}): FundFacts => ({
  payer: "54439995",
  recipient: "1234566",
  days: 2,
  points: 6_000,
  copay: 10_000,
  ...given,
});
const facts = (given: Partial<DatedReceipt> = {}): DatedReceipt => ({
  line: 2,
  number: 1,
  searchNumber: null,
  institution: "4311100010",
  institutionName: "試験病院",
  claimMonth: null,
  treatmentMonth: "2026-07",
  care: "outpatient",
  type: null,
  birth: "1980-05-10",
  insurer: "01430016",
  insuranceTenths: 7,
  highCostCategory: "ウ",
  multiple: false,
  days: 2,
  points: 6_000,
  funds: [fundOf()],
  faults: [],
  ...given,
});
const reckon = (given: Partial<DatedReceipt> = {}, fund: Partial<FundFacts> = {}) => {
  const ours = fundOf(fund);
  return reckonReceipt(facts({ funds: [ours], ...given }), ours);
};

describe("特定医療費のレセプト", () => {
  test("保険の残りから、記載の自己負担を引いた額を公費が負担する", () => {
    expect(reckon()).toMatchObject({
      copay: 12_000,
      faults: [],
      categoryMissing: false,
      amounts: {
        totalCost: 60_000,
        insured: 42_000,
        highCost: 0,
        subsidy: 8_000,
        patientPays: 10_000,
      },
    });
  });

  test("対象の点数だけを計算し、限度額を超えた分は高額療養費", () => {
    expect(
      reckon({ points: 110_000, care: "inpatient" }, { points: 100_000, copay: 20_000 }).amounts,
    ).toMatchObject({ totalCost: 1_000_000, insured: 700_000, highCost: 212_570, subsidy: 67_430 });
  });

  test("2割より多い自己負担は、10円単位の端数を除いて確かめる", () => {
    const faults = (copay: number) => reckon({ points: 1_234 }, { points: 1_234, copay }).faults;
    expect([2_468, 2_470, 2_473, 2_474].map((copay) => faults(copay)?.length)).toEqual([
      0, 0, 0, 1,
    ]);
    expect(faults(2_474)).toEqual(["copay-differs"]);
  });

  test("後期高齢者と70歳以上は、同じ文字の別の区分。令和8年8月からの登録のない区分は、審査機関の額による", () => {
    const elderly = { insurer: "39430012", insuranceTenths: 9, points: 300_000 };
    const fund = { points: 300_000, copay: 5_000 };
    const left = (given: Partial<DatedReceipt>) => {
      const { amounts } = reckon({ ...elderly, ...given }, fund);
      return amounts.subsidy + amounts.patientPays;
    };
    expect(left({ highCostCategory: "エ" })).toBe(18_000);
    expect(left({ highCostCategory: "エ", care: "inpatient" })).toBe(57_600);
    expect(left({ highCostCategory: "オ", care: "inpatient" })).toBe(300_000);
    const unknown = {
      highCostCategory: "エ",
      care: "inpatient",
      treatmentMonth: "2026-08",
    } as const;
    expect(left({ ...unknown, more: { ...more, insurerPays: 2_940_000 } })).toBe(60_000);
    expect(reckon({ ...elderly, ...unknown }, fund).categoryMissing).toBe(true);
    // Reached on 30 June 2026: from July on.
    const turned = { points: 300_000, highCostCategory: "エ", insuranceTenths: 8 } as const;
    expect(left({ ...turned, insurer: "01430016", birth: "1956-07-01" })).toBe(18_000);
    expect(left({ ...turned, insurer: "01430016", birth: "1956-07-02" })).toBe(57_600);
  });

  test("審査機関の額が計算と違えば確かめる", () => {
    const stated = (insurerPays: number, fundPays: number) =>
      reckon({ more: { ...more, insurerPays, fundPays } }).faults;
    expect(stated(42_000, 8_000)).toEqual([]);
    expect(stated(42_006, 8_000)).toEqual(["stated-differs"]);
    expect(stated(42_000, 7_994)).toEqual(["stated-differs"]);
  });

  test("介護サービスは費用総額と給付率で、限度額なしに計算する", () => {
    const found = reckon(
      {
        care: "long-term-care",
        insuranceTenths: 9,
        highCostCategory: null,
        points: 4_000,
        more: { ...more, serviceCode: "13", cost: 42_840 },
      },
      { points: 4_000, copay: 4_284 },
    );
    expect(found).toMatchObject({
      copay: 4_284,
      faults: [],
      categoryMissing: false,
      amounts: { totalCost: 42_840, insured: 38_556, subsidy: 0, patientPays: 4_284 },
    });
  });

  test("生活保護で保険のない方は、公費が全額", () => {
    expect(
      reckon({ insurer: null, insuranceTenths: 0, highCostCategory: null }, { copay: 0 }),
    ).toMatchObject({ categoryMissing: false, amounts: { insured: 0, subsidy: 60_000 } });
  });

  test("あとに続く市の助成が引き受けた額は、市区町村の補助額", () => {
    const ours = fundOf();
    const with_ = (payer: string) =>
      reckonReceipt(facts({ funds: [ours, fundOf({ payer, copay: 500 })] }), ours).amounts;
    expect(with_("83430017")).toMatchObject({ municipalSubsidy: 9_500, patientPays: 10_000 });
    expect(with_("12431008").municipalSubsidy).toBe(0);
  });
});

test("自分で計算する事業では、その確認事項がそのまま付き、ほかの事業に介護サービスは来ない", () => {
  const row = <T>(value: T) => ({
    name: "試験",
    rows: [{ from: "2020-04-01" as const, value, source: "試験", certainty: "assumed" as const }],
  });
  const own = {
    program: "intractable-disease",
    entitlementKind: "medical",
    payers: row(["54439995"]),
    reckon: reckonReceipt,
  };
  const other = { program: "child-medical", entitlementKind: "medical", payers: row(["83430017"]) };
  const codes = (given: Partial<DatedReceipt>) =>
    judgeReceipt(facts(given), [own, other], { pointsHigh: 100_000 }, "2026-10").faults.map(
      ({ code }) => code,
    );
  expect(codes({ funds: [fundOf({ copay: 12_000 })] })).toEqual([]);
  expect(codes({ funds: [fundOf({ copay: 12_010 })] })).toEqual(["copay-differs"]);
  expect(codes({ care: "long-term-care", funds: [fundOf({ payer: "83430017" })] })).toContain(
    "long-term-care",
  );
});
