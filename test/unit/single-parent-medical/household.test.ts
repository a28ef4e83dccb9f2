import fc from "fast-check";
import { expect, test } from "vitest";
import { type HouseholdMember, householdTest } from "#workflows/single-parent-medical/household.ts";
import { assessIncome, type IncomeItems } from "#workflows/single-parent-medical/income.ts";
import { incomeOrdinances } from "#workflows/single-parent-medical/limits.ts";

const items = (more: Partial<IncomeItems> = {}): IncomeItems => ({
  salary: 0,
  pension: 0,
  business: 0,
  other: 0,
  childSupport: 0,
  deductions: {},
  ...more,
});
/** Somebody whose assessed income is this many yen. */
const earning = (
  role: HouseholdMember["role"],
  assessed: number,
  more: Partial<HouseholdMember> = {},
): HouseholdMember => ({
  role,
  dependants: 0,
  items: items({ business: assessed + 80_000 }),
  ...more,
});
const ask = (...members: HouseholdMember[]) =>
  householdTest({ on: "2026-11-20", members }, incomeOrdinances["national-partial"]);

test("申請者はひとり親等の表、配偶者と扶養義務者は扶養義務者等の表に照らす", () => {
  const found = ask(
    earning("applicant", 2_079_999),
    earning("spouse", 2_359_999),
    earning("supporter", 2_359_999),
  );
  expect(found).toMatchObject({ within: true, failing: [] });
  expect(
    found.members.map(({ role, assessed, limit, within, incomeYear }) => [
      role,
      assessed,
      limit,
      within,
      incomeYear,
    ]),
  ).toEqual([
    ["applicant", 2_079_999, 2_080_000, true, 2025],
    ["spouse", 2_359_999, 2_360_000, true, 2025],
    ["supporter", 2_359_999, 2_360_000, true, 2025],
  ]);
});

test("一人でも限度額以上なら認定できず、それが誰かを示す", () => {
  expect(
    ask(
      earning("applicant", 2_080_000),
      earning("supporter", 2_359_999),
      earning("supporter", 2_360_000),
    ),
  ).toMatchObject({ within: false, failing: [0, 2] });
  expect(ask(earning("applicant", 0), earning("spouse", 2_360_000))).toMatchObject({
    within: false,
    failing: [1],
  });
});

test("扶養親族の数と加算は、その人の分だけ数える", () => {
  const limits = ask(
    earning("applicant", 0, { dependants: 2, elderlyDependants: 1, studentDependants: 1 }),
    earning("supporter", 0, { dependants: 2, elderlyDependants: 1, studentDependants: 1 }),
    earning("spouse", 0, { dependants: 1 }),
  ).members.map(({ limit }) => limit);
  expect(limits).toEqual([2_840_000 + 100_000 + 150_000, 3_120_000 + 60_000, 2_740_000]);
});

test("養育費とひとり親控除の扱いは、父母・養育者・扶養義務者で違う", () => {
  const more = {
    items: items({
      business: 1_000_000,
      childSupport: 500_000,
      deductions: { singleParent: 350_000 },
    }),
  };
  const assessed = ask(
    earning("applicant", 0, more),
    earning("applicant", 0, { ...more, carer: "carer" }),
    earning("spouse", 0, more),
    earning("supporter", 0, more),
  ).members.map((member) => member.assessed);
  expect(assessed).toEqual([1_320_000, 570_000, 570_000, 570_000]);
});

test("孤児等の養育者は、扶養義務者等の表に照らす", () => {
  const limits = (["carer", "orphan-carer"] as const).map(
    (carer) => ask(earning("applicant", 0, { carer })).members[0]?.limit,
  );
  expect(limits).toEqual([2_080_000, 2_360_000]);
});

test("見る所得の年と根拠は、条例による", () => {
  const found = householdTest(
    { on: "2026-11-20", members: [earning("applicant", 0), earning("supporter", 0)] },
    incomeOrdinances.yokohama,
  );
  expect(found.members.map(({ incomeYear }) => incomeYear)).toEqual([2024, 2024]);
  expect(found.basis).toEqual([
    "横浜市ひとり親家庭等の医療費助成に関する条例第4条第2項",
    expect.stringContaining("ひとり親等"),
    expect.stringContaining("扶養義務者等"),
  ]);
});

test("所得を見る人が一人もいなければ、限度額未満とは言わない", () => {
  expect(ask()).toMatchObject({ within: false, members: [], failing: [] });
});

test("判定は、一人ずつの計算を合わせたものと同じで、足した人が判定を緩めることはない", () => {
  const member = fc.record({
    role: fc.constantFrom<HouseholdMember["role"]>("applicant", "spouse", "supporter"),
    dependants: fc.nat(4),
    items: fc
      .record({ salary: fc.nat(4_000_000), childSupport: fc.nat(900_000) })
      .map((more) => items(more)),
  });
  fc.assert(
    fc.property(fc.array(member, { minLength: 1, maxLength: 6 }), member, (members, more) => {
      const found = ask(...members);
      expect(found.within).toBe(found.members.every(({ within }) => within));
      found.members.forEach(({ assessed, steps }, at) => {
        const one = members[at] as HouseholdMember;
        const relation = one.role === "applicant" ? "applicant" : "supporter";
        expect({ assessed, steps }).toEqual(assessIncome(one.items, relation));
        expect(found.failing.includes(at)).toBe(!ask(one).within);
      });
      if (!found.within) expect(ask(...members, more).within).toBe(false);
    }),
  );
});
