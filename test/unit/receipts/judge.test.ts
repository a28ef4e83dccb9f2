import { expect, test } from "vitest";
import { planOfCopays } from "#workflows/medical/subsidy.ts";
import { type ReceiptFacts, readNotes, readType } from "#workflows/receipts/facts.ts";
import { judgeReceipt, type ReceiptPlan } from "#workflows/receipts/judge.ts";

const row = <T>(value: T) => ({
  name: "試験",
  rows: [{ from: "2020-04-01" as const, value, source: "試験", certainty: "assumed" as const }],
});
const plans: ReceiptPlan[] = [
  {
    program: "child-medical",
    entitlementKind: "medical",
    payers: row(["83430017"]),
    copay: row(planOfCopays([{ kind: "outpatient", unit: "visit", amount: 500, maxTimes: 2 }])),
  },
  { program: "single-parent-medical", entitlementKind: "medical", payers: row(["82430018"]) },
];

const facts = (given: Partial<ReceiptFacts> = {}): ReceiptFacts => ({
  line: 2,
  number: 1,
  searchNumber: null,
  institution: "4311100010",
  institutionName: "試験診療所",
  claimMonth: "2026-10",
  treatmentMonth: "2026-09",
  care: "outpatient",
  type: "1124",
  birth: "2022-05-10",
  insurer: "01430016",
  insuranceTenths: 8,
  highCostCategory: null,
  multiple: false,
  days: 3,
  points: 1_000,
  funds: [{ payer: "83430017", recipient: "1234567", days: 3, points: 1_000, copay: 1_000 }],
  faults: [],
  ...given,
});
const judge = (given: Partial<ReceiptFacts> = {}) =>
  judgeReceipt(facts(given), plans, { pointsHigh: 100_000 }, "2026-10");
const codes = (given: Partial<ReceiptFacts> = {}) => judge(given).faults.map(({ code }) => code);
const fund = (given: Partial<ReceiptFacts["funds"][number]> = {}) => ({
  payer: "83430017",
  recipient: "1234567",
  days: 3,
  points: 1_000,
  copay: 1_000,
  ...given,
});

test("定めどおりのレセプトには何も付かず、助成額は自己負担から一部負担金を引いた額", () => {
  expect(judge()).toMatchObject({
    program: "child-medical",
    faults: [],
    copayExpected: 1_000,
    amounts: {
      totalCost: 10_000,
      insured: 8_000,
      otherPublic: 0,
      subsidy: 1_000,
      patientPays: 1_000,
    },
  });
});

test("国の公費の残りだけを助成する", () => {
  const funds = [fund({ payer: "54436012", copay: 1_500 }), fund({ copay: 1_000 })];
  expect(judge({ funds })).toMatchObject({
    faults: [],
    otherFunds: ["54436012"],
    amounts: { otherPublic: 500, subsidy: 500, patientPays: 1_000 },
  });
  expect(codes({ funds: funds.toReversed() })).toContain("fund-order");
});

test("負担者番号、診療年月、額、請求年月の誤りを言い分ける", () => {
  expect(codes({ funds: [fund({ payer: "83139997" })] })).toEqual(["payer-unknown"]);
  expect(codes({ funds: [] })).toEqual(["payer-unknown"]);
  expect(codes({ treatmentMonth: "2026-10" })).toEqual(["future-month"]);
  expect(codes({ claimMonth: "2026-09" })).toEqual(["claim-month-differs"]);
  expect(codes({ funds: [fund({ copay: 500 })] })).toEqual(["copay-differs"]);
  expect(codes({ funds: [fund({ copay: 99_999_999 })] })).toEqual(["copay-above-cost"]);
  expect(codes({ funds: [fund({ payer: "82430018" })] })).toEqual(["copay-unknown"]);
  expect(codes({ funds: [fund({ payer: "82430018" }), fund()] })).toContain("two-subsidies");
});

test("種別と特記事項から、診療の種類・給付割合・適用区分が分かる", () => {
  expect(readType("1124")).toEqual({ care: "outpatient", insuranceTenths: 8 });
  expect(readType("1115")).toEqual({ care: "inpatient", insuranceTenths: 7 });
  expect(readType("4126")).toEqual({ care: "pharmacy", insuranceTenths: 7 });
  expect(readType("1212")).toMatchObject({ insuranceTenths: 0 });
  expect(readType("1318")).toMatchObject({ insuranceTenths: 9 });
  expect(readType("11")).toBeUndefined();
  expect(readNotes(["02", "33"])).toEqual({ highCostCategory: "ウ", multiple: true });
  expect(readNotes([])).toEqual({ highCostCategory: null, multiple: false });
});
