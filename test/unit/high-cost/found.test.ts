import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvClaims } from "#src/formats/high-cost-claims/csv.ts";
import {
  askingAllUnset,
  foundInPortion,
  lowestLimit,
  type PaidBill,
} from "#workflows/high-cost/found.ts";
import { lapsesOn, lapseWarnedBefore } from "#workflows/high-cost/lapse.ts";
import { mandateRule } from "#workflows/medical/city-parameters.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";

const rule = askingAllUnset({ name: mandateRule.title, rows: [] });
let next = 0;
const bill = (cost: number, more: Partial<PaidBill> = {}): PaidBill => {
  next += 1;
  const insured = Math.round(cost * 0.7);
  return {
    benefitId: next,
    household: more.personNumber ?? "1000000011",
    insuredKnown: false,
    personNumber: "1000000011",
    insurerNumber: "431007",
    category: "ウ",
    multiple: false,
    receiptCategory: null,
    receiptMultiple: false,
    monthsBefore: 0,
    refunds: 0,
    institution: "4310000001",
    care: "inpatient",
    days: 5,
    totalCost: cost,
    insured,
    highCost: 0,
    subsidy: cost - insured,
    otherFunds: false,
    ...more,
  };
};
const found = (bills: readonly PaidBill[], month: "2026-07" | "2026-08" = "2026-08") =>
  foundInPortion(month, bills, undefined, rule);
const kyokai = "01430016";

describe("市が請求できる高額療養費", () => {
  test.each([
    ["ア", "2026-07", 300_000 - 254_180],
    ["ア", "2026-08", 300_000 - 271_290],
    ["イ", "2026-07", 300_000 - 171_820],
    ["イ", "2026-08", 300_000 - 183_130],
    ["ウ", "2026-07", 300_000 - 87_430],
    ["ウ", "2026-08", 300_000 - 92_940],
    ["エ", "2026-07", 300_000 - 57_600],
    ["エ", "2026-08", 300_000 - 61_500],
    ["オ", "2026-07", 300_000 - 35_400],
    ["オ", "2026-08", 300_000 - 36_900],
  ] as const)("医療費100万円、区分%s、%s: %i円", (category, month, amount) => {
    expect(found([bill(1_000_000, { category })], month)).toMatchObject([
      { ofCity: amount, ofPerson: 0, category, missing: [] },
    ]);
  });

  test("被用者保険は所得によらず区分ウで、国保は本人の区分が分かるまで額を決めない", () => {
    expect(found([bill(1_000_000, { category: "ア", insurerNumber: kyokai })])).toMatchObject([
      { category: "ウ", insurerGroup: "employee", ofCity: 207_060 },
    ]);
    expect(found([bill(1_000_000, { category: null })])).toMatchObject([
      { category: null, ofCity: 0, missing: ["category"] },
    ]);
    expect(found([bill(1_000_000, { category: null, receiptCategory: "エ" })])).toMatchObject([
      { category: "エ", ofCity: 238_500 },
    ]);
    expect(found([bill(1_000_000, { insurerNumber: "" })])).toMatchObject([
      { missing: ["insurer"], ofCity: 207_060 },
    ]);
  });

  test("21,000円未満の医療機関は合算せず、二人の同じ医療機関は別に数える", () => {
    const [a, b] = ["1000000011", "1000000020"];
    const same = { household: "1000000038", insuredKnown: true } as const;
    const of = (second: number) =>
      found([
        bill(260_000, { ...same, personNumber: a }),
        bill(second, { ...same, personNumber: b }),
      ])[0]?.ofCity ?? 0;
    expect(of(69_990)).toBe(0);
    expect(of(70_000)).toBe(99_000 - 86_240);
  });

  test("限度額適用認定で現物給付された月は、市のものは残らない", () => {
    expect(
      found([bill(1_000_000, { highCost: 207_060, subsidy: 92_940, receiptCategory: "ウ" })]),
    ).toEqual([]);
  });

  test("11か月のうちに3回あれば、4回目は多数回該当の限度額になる", () => {
    expect(found([bill(1_000_000, { monthsBefore: 2 })])[0]).toMatchObject({ ofCity: 207_060 });
    expect(found([bill(1_000_000, { monthsBefore: 3 })])[0]).toMatchObject({
      multiple: true,
      ofCity: 300_000 - 44_400,
    });
  });

  test("他の公費を併用するものと償還払いは計算に入れず、件数を示す", () => {
    const [only] = found([bill(1_000_000, { refunds: 2 }), bill(900_000, { otherFunds: true })]);
    expect(only?.ofCity).toBe(207_060);
    expect(only?.steps.slice(-2)).toEqual([
      { label: "計算に入れていない、他の公費を併用するレセプトの件数", amount: 1 },
      { label: "計算に入れていない、償還払いの領収書の件数", amount: 2 },
    ]);
  });

  test("限度額の定められていない区分と月は、推し量らない", () => {
    expect(found([bill(1_000_000, { category: "70-一般" })])).toMatchObject([
      { missing: ["limit"], ofCity: 0 },
    ]);
    expect(lowestLimit("2026-08")).toBe(22_000);
    expect(() => lowestLimit("2027-08")).toThrow(MissingParameterError);
  });

  test("どの世帯でも、市が払った額を超えず、レセプトの順によらない", () => {
    const some = fc.array(
      fc
        .record({
          person: fc.constantFrom("1000000011", "1000000020", "1000000038"),
          household: fc.constantFrom(undefined, "1000000046"),
          institution: fc.constantFrom("4310000001", "4330000001", "4310000002"),
          care: fc.constantFrom("inpatient", "outpatient", "pharmacy"),
          cost: fc.integer({ min: 1, max: 60_000 }).map((points) => points * 10),
          paid: fc.double({ min: 0, max: 1, noNaN: true }),
          inKind: fc.boolean(),
          category: fc.constantFrom("ア", "ウ", "オ", null),
          otherFunds: fc.boolean(),
        })
        .map(({ person, household, cost, paid, inKind, ...rest }) =>
          bill(cost, {
            ...(rest as Partial<PaidBill>),
            personNumber: person,
            household: household ?? person,
            insuredKnown: household !== undefined,
            highCost: inKind ? 1 : 0,
            subsidy: Math.floor(paid * (cost - Math.round(cost * 0.7))),
          }),
        ),
      { minLength: 1, maxLength: 7 },
    );
    fc.assert(
      fc.property(
        some.chain((bills) =>
          fc.tuple(
            fc.constant(bills),
            fc.shuffledSubarray(bills, { minLength: bills.length, maxLength: bills.length }),
          ),
        ),
        ([bills, other]) => {
          const all = found(bills);
          expect(found(other)).toEqual(all);
          for (const one of all) {
            const own = bills.filter(({ benefitId }) => one.benefitIds.includes(benefitId));
            expect(one.ofCity).toBeLessThanOrEqual(own.reduce((t, b) => t + b.subsidy, 0));
            expect(one.inKind + one.ofCity + one.ofPerson).toBe(one.amount);
            expect(Math.min(one.inKind, one.ofCity, one.ofPerson)).toBeGreaterThanOrEqual(0);
            expect(one.persons).toContain(one.personNumber);
            expect(own.every(({ household }) => household === one.household)).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

test("時効は診療月の翌月の初日から2年で、6か月前から知らせる", () => {
  expect(lapsesOn("2026-04")).toBe("2028-04-30");
  expect(lapsesOn("2026-01")).toBe("2028-01-31");
  expect(lapsesOn("2027-12")).toBe("2029-12-31");
  expect(lapseWarnedBefore("2027-10-31")).toBe("2028-04-30");
});

test("請求一覧は、1世帯の1か月が1行で、世帯の人を／で並べる", () => {
  const text = new TextDecoder().decode(
    csvClaims.write([
      {
        number: "K0000001",
        insurer: "431007",
        month: "2026-09",
        people: [
          { name: "髙橋　渡邉󠄂", kana: "タカハシ　ワタナベ", birth: "2020-04-01" },
          { name: "𠮷田　花", kana: "ヨシダ　ハナ", birth: null },
        ],
        category: "ウ",
        multiple: true,
        totalCost: 1_000_000,
        share: 300_000,
        paidByCity: 300_000,
        highCost: 255_600,
        claimed: 255_600,
        mandateReceivedOn: "2026-11-20",
      },
    ]),
  );
  expect(text.split("\r\n")[1]).toBe(
    '"K0000001","431007","202609","髙橋　渡邉󠄂／𠮷田　花","タカハシ　ワタナベ／ヨシダ　ハナ","20200401／","ウ","1","1000000","300000","300000","255600","255600","20261120"',
  );
});
