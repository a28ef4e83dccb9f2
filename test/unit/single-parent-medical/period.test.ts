import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { type DatedParameter, MissingParameterError } from "#workflows/parameters/dated.ts";
import { type ChildFacts, childUntil } from "#workflows/single-parent-medical/child-period.ts";
import {
  type HouseholdPeriodFacts,
  type HouseholdPeriodPlan,
  householdPeriod,
} from "#workflows/single-parent-medical/period.ts";

const planOf = (value: HouseholdPeriodPlan): DatedParameter<HouseholdPeriodPlan> => ({
  name: "試験市の期間",
  rows: [{ from: "2019-04-01", value, source: "試験", certainty: "assumed" }],
});
const child = (birth: IsoDate, more: Partial<ChildFacts> = {}): ChildFacts => ({
  birth,
  disabled: false,
  pupil: false,
  ...more,
});
const facts = (more: Partial<HouseholdPeriodFacts> = {}): HouseholdPeriodFacts => ({
  children: [child("2015-05-10")],
  appliedOn: "2026-11-20",
  categoryFrom: "2026-10-05",
  ...more,
});
const period = (
  more: Partial<HouseholdPeriodFacts> = {},
  plan: HouseholdPeriodPlan = { begins: "application-date" },
) => {
  const found = householdPeriod(facts(more), planOf(plan));
  return "none" in found ? found.none : [found.from, found.to, found.nextRenewal];
};
const reason = (more: Partial<HouseholdPeriodFacts>, plan: HouseholdPeriodPlan) => {
  const found = householdPeriod(facts(more), planOf(plan));
  return "none" in found ? found.none : found.reason;
};

describe("始まる日", () => {
  const first = { begins: "first-of-month" } as const;

  test("申請日から始まる市と、申請月の初日から始まる市がある", () => {
    expect(period()).toEqual(["2026-11-20", "2034-03-31", null]);
    expect(period({}, first)).toEqual(["2026-11-01", "2034-03-31", null]);
    expect(period({ appliedOn: "2026-11-01" }, first)).toEqual(["2026-11-01", "2034-03-31", null]);
    expect(reason({}, { begins: "application-date" })).toBe("申請日から");
    expect(reason({}, first)).toBe("申請月の初日から");
    expect(reason({ categoryFrom: "2026-11-01" }, first)).toBe("申請月の初日から");
  });

  test("事由が生じた日、転入した日、児童が生まれた日より前には始まらない", () => {
    expect(period({ categoryFrom: "2026-11-02" }, first)).toEqual([
      "2026-11-02",
      "2034-03-31",
      null,
    ]);
    expect(reason({ categoryFrom: "2026-11-02" }, first)).toBe("事由発生日から");
    expect(period({ residentFrom: "2026-11-15" }, first)).toEqual([
      "2026-11-15",
      "2034-03-31",
      null,
    ]);
    expect(reason({ residentFrom: "2026-11-15" }, first)).toBe("転入日から");
    const born = { children: [child("2026-11-10")], residentFrom: "2026-11-03" } as const;
    expect(period(born, first)).toEqual(["2026-11-10", "2045-03-31", null]);
    expect(reason(born, first)).toBe("出生日から");
  });

  test("事由・転入・出生と同じ日の申請は、その日から始まる", () => {
    for (const more of [
      { categoryFrom: "2026-11-20" },
      { residentFrom: "2026-11-20" },
      { children: [child("2026-11-20")] },
    ] as const)
      expect(period(more)).toContain("2026-11-20");
  });

  test("事由が生じる前、転入の前、生まれる前の申請には期間がない", () => {
    expect(period({ categoryFrom: "2026-11-21" })).toBe("申請日が事由発生日より前です。");
    expect(period({ residentFrom: "2026-11-21" })).toBe("申請日が転入日より前です。");
    expect(period({ children: [child("2026-11-21")] })).toBe("申請日が出生日より前です。");
    expect(period({ children: [] })).toBe("児童がいません。");
  });
});

describe("終わる日", () => {
  test("4月1日生まれは、18歳に達する3月31日まで。4月2日生まれは次の年の3月31日まで", () => {
    const until = (birth: IsoDate, appliedOn: IsoDate) =>
      period({ children: [child(birth)], appliedOn, categoryFrom: "2020-01-01" });
    expect(until("2008-04-01", "2026-03-31")).toEqual(["2026-03-31", "2026-03-31", null]);
    expect(until("2008-04-01", "2026-04-01")).toBe("対象年齢(2026-03-31まで)を過ぎています。");
    expect(until("2008-04-02", "2026-04-01")).toEqual(["2026-04-01", "2027-03-31", null]);
  });

  test("障害のある児童と在学中の児童は、20歳の誕生日の前日まで", () => {
    for (const more of [{ disabled: true }, { pupil: true }]) {
      const until = (birth: IsoDate) =>
        period({ children: [child(birth, more)], appliedOn: "2026-11-20" })[1];
      expect(until("2007-01-15")).toBe("2027-01-14");
      expect(until("2008-02-29")).toBe("2028-02-28");
      expect(until("2008-04-01")).toBe("2028-03-31");
    }
    const last = { children: [child("2006-11-21", { disabled: true })] };
    expect(period({ ...last, appliedOn: "2026-11-20" })).toEqual([
      "2026-11-20",
      "2026-11-20",
      null,
    ]);
    expect(period({ ...last, appliedOn: "2026-11-21" })).toContain("過ぎています");
  });

  test("2月29日生まれの児童も、18歳に達する年度の末日まで", () => {
    expect(period({ children: [child("2012-02-29")] })).toEqual(["2026-11-20", "2030-03-31", null]);
  });

  test("親の最後の日は、児童の最後の日のうち一番遅い日", () => {
    const children = [child("2008-05-01"), child("2019-07-07"), child("2007-03-03")];
    expect(period({ children })).toEqual(["2026-11-20", "2038-03-31", null]);
    const pupils = [child("2010-05-01"), child("2009-06-01", { disabled: true })];
    expect(period({ children: pupils })).toEqual(["2026-11-20", "2029-05-31", null]);
  });

  test("これから生まれる児童は数えない", () => {
    const children = [child("2015-05-10"), child("2026-12-01")];
    expect(period({ children })).toEqual(["2026-11-20", "2034-03-31", null]);
  });

  test("期間は、対象になる間だけ続き、親の期間はどの児童の期間も含む", () => {
    const birth = fc.integer({ min: 0, max: 21 * 366 }).map((days) => addDays("2026-11-20", -days));
    const someone = fc.record({ birth, disabled: fc.boolean(), pupil: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(someone, { minLength: 1, maxLength: 5 }),
        fc.constantFrom<HouseholdPeriodPlan["begins"]>("application-date", "first-of-month"),
        (children, begins) => {
          const own = children.map((one) => period({ children: [one] }, { begins }));
          const parent = period({ children }, { begins });
          const ends = own.flatMap((found) => (Array.isArray(found) ? [found[1]] : []));
          if (ends.length === 0) expect(parent).toContain("過ぎています");
          else expect(parent[1]).toBe(ends.sort().at(-1));
          own.forEach((found, at) => {
            if (!Array.isArray(found)) return;
            expect(found[1]).toBe(childUntil(children[at] as ChildFacts));
            expect(String(parent[0]) <= String(found[0])).toBe(true);
          });
        },
      ),
    );
  });
});

describe("年次更新", () => {
  const yearly = (renewal: NonNullable<HouseholdPeriodPlan["renewal"]>, appliedOn: IsoDate) =>
    period({ appliedOn, categoryFrom: "2020-01-01" }, { begins: "application-date", renewal });

  test("受給年度の末日までに更新する。末日に始まれば、その日が更新の日", () => {
    expect(yearly("12-31", "2026-11-20")).toEqual(["2026-11-20", "2034-03-31", "2026-12-31"]);
    expect(yearly("12-31", "2026-12-31")).toEqual(["2026-12-31", "2034-03-31", "2026-12-31"]);
    expect(yearly("12-31", "2027-01-01")).toEqual(["2027-01-01", "2034-03-31", "2027-12-31"]);
    expect(yearly("10-31", "2026-10-31")).toEqual(["2026-10-31", "2034-03-31", "2026-10-31"]);
    expect(yearly("10-31", "2026-11-01")).toEqual(["2026-11-01", "2034-03-31", "2027-10-31"]);
  });

  test("2月の末日で区切る市では、閏年は29日", () => {
    expect(yearly("02-29", "2026-11-20")[2]).toBe("2027-02-28");
    expect(yearly("02-29", "2027-03-01")[2]).toBe("2028-02-29");
  });

  test("更新の日までに終わるものは更新しない", () => {
    const ending = (to: IsoDate) =>
      period(
        { children: [child(to, { disabled: true })], appliedOn: "2026-11-20" },
        { begins: "application-date", renewal: "12-31" },
      );
    expect(ending("2007-01-01")).toEqual(["2026-11-20", "2026-12-31", null]);
    expect(ending("2007-01-02")).toEqual(["2026-11-20", "2027-01-01", "2026-12-31"]);
    expect(ending("2006-12-31")).toEqual(["2026-11-20", "2026-12-30", null]);
  });
});

test("求めた道筋と根拠を示し、定めのない日には答えない", () => {
  const found = householdPeriod(
    facts({
      children: [child("2015-05-10"), child("2010-04-01")],
      residentFrom: "2026-10-01",
    }),
    planOf({ begins: "first-of-month", renewal: "10-31" }),
  );
  expect(found).toMatchObject({
    steps: [
      { label: "申請日", date: "2026-11-20" },
      { label: "事由発生日", date: "2026-10-05" },
      { label: "転入日", date: "2026-10-01" },
      { label: "始まる日", date: "2026-11-01" },
      { label: "児童1(2015-05-10生まれ)の最後の日", date: "2034-03-31" },
      { label: "児童2(2010-04-01生まれ)の最後の日", date: "2028-03-31" },
      { label: "終わる日", date: "2034-03-31" },
      { label: "更新の日", date: "2027-10-31" },
    ],
  });
  expect(found.basis.at(-1)).toBe("試験市の期間(2019-04-01〜; 試験)");
  const short = householdPeriod(facts(), planOf({ begins: "application-date" }));
  expect("steps" in short && short.steps.map(({ label }) => label)).toEqual([
    "申請日",
    "事由発生日",
    "始まる日",
    "児童1(2015-05-10生まれ)の最後の日",
    "終わる日",
  ]);
  expect(() =>
    householdPeriod(facts({ appliedOn: "2019-03-31" }), planOf({ begins: "application-date" })),
  ).toThrow(MissingParameterError);
});
