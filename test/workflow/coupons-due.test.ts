import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { couponVaccines, courseAndDose } from "#src/programs/vaccination/vaccines.ts";
import { addDays, type IsoDate, monthEnd } from "#workflows/dates/iso-date.ts";
import {
  type CouponOrder,
  type CouponPerson,
  firstOf,
  selectCoupons,
} from "#workflows/vaccination/coupons-due.ts";
import { dueDose } from "#workflows/vaccination/due.ts";
import { getVaccine } from "#workflows/vaccination/schedule.ts";

const december: CouponOrder = { month: "2026-12", vaccines: couponVaccines, scope: "new" };
const known = new Map<string, ReturnType<typeof selectCoupons>>();
/** Made ready once an order, as a run does. */
const selection = (order: CouponOrder) => {
  const key = JSON.stringify(order);
  const made = known.get(key) ?? selectCoupons(order);
  known.set(key, made);
  return made;
};
const couponsDue = (order: CouponOrder, person: CouponPerson) => selection(order).dueTo(person);
const child = (birth: IsoDate, more = {}) => ({
  birth,
  sex: "female" as const,
  residentFrom: birth,
  history: [],
  sent: new Set<string>(),
  ...more,
});
const subjects = (order: CouponOrder, birth: IsoDate, more = {}) =>
  couponsDue(order, child(birth, more)).map(({ subject }) => subject);

/** Of the year, and months in which special targets were open. */
const months: CouponOrder["month"][] = [
  ...Array.from(
    { length: 12 },
    (_, at) => `2026-${String(at + 1).padStart(2, "0")}` as CouponOrder["month"],
  ),
  "2014-11",
  "2022-05",
  "2025-06",
];

describe("接種券の対象", () => {
  test("12月に1歳になる子には MR 1期と水痘を送る", () => {
    expect(subjects(december, "2025-12-15")).toEqual(expect.arrayContaining(["mr1:1", "vzv:1"]));
  });

  test("12月に生後2か月になる子には小児用肺炎球菌と5種混合の1回目を送る", () => {
    expect(subjects(december, "2026-10-10")).toEqual(expect.arrayContaining(["pcv:1", "5mix:1"]));
  });

  test("先月までに対象になった子は、その月の対象には入らず、未送付者すべてには入る", () => {
    expect(subjects(december, "2025-10-15")).not.toContain("mr1:1");
    expect(subjects({ ...december, scope: "all" }, "2025-10-15")).toContain("mr1:1");
  });

  test("12月に転入した子には、すでに対象の予防接種も送る", () => {
    expect(subjects(december, "2025-10-15", { residentFrom: "2026-12-03" })).toContain("mr1:1");
  });

  test("1回目を受けた子には、間隔が満ちる月に2回目を送る", () => {
    const history = [{ vaccine: "hepb", date: "2026-11-20" as IsoDate, dose: 1 }];
    expect(subjects(december, "2026-08-01", { history })).toContain("hepb:2");
    expect(subjects(december, "2026-08-01")).not.toContain("hepb:1");
  });

  test("ロタは1価か5価の一方だけを送り、始めた方を続ける", () => {
    const rota = (more = {}) =>
      subjects(december, "2026-10-25", more).filter((s) => s.startsWith("rota"));
    expect(rota()).toEqual(["rota1:1"]);
    const history = [{ vaccine: "rota5", date: "2026-12-10" as IsoDate, dose: 1 }];
    expect(rota({ history })).not.toContain("rota1:1");
  });

  test("HPVのキャッチアップの券は、その期間のあいだその年代へ、続きの一年は始めた人だけへ送る", () => {
    const all = (month: CouponOrder["month"], more = {}) =>
      subjects({ month, vaccines: ["hpv9"], scope: "all" }, "1998-06-01", more);
    expect(all("2022-03")).toEqual([]);
    expect(all("2024-06")).toEqual(["hpv9:1"]);
    expect(all("2025-06")).toEqual([]);
    const history = [{ vaccine: "hpv9", date: "2025-03-10" as IsoDate, dose: 1 }];
    expect(all("2025-06", { history })).toEqual(["hpv9:2"]);
    expect(all("2026-04", { history })).toEqual([]);
  });

  test("同じ日の二つの記録は一回と数え、2回目の券が出る", () => {
    const twice = [1, 2].map((dose) => ({ vaccine: "hepb", date: "2026-11-20" as IsoDate, dose }));
    expect(subjects(december, "2026-08-01", { history: twice })).toContain("hepb:2");
  });

  test("送付済みのものは印が付く", () => {
    const [first] = couponsDue(
      { ...december, vaccines: ["mr1"] },
      child("2025-12-15", { sent: new Set(["mr1:1"]) }),
    );
    expect(first).toEqual({ subject: "mr1:1", sent: true });
  });

  test("生年月日の予備選択から漏れる対象者はいない", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 365 * 30 }),
        fc.constantFrom(...months),
        fc.constantFrom("new", "all"),
        (days, month, scope) => {
          const order: CouponOrder = {
            month,
            vaccines: couponVaccines,
            scope,
          };
          const birth = addDays("2026-12-31", -days);
          const due = couponVaccines.flatMap((id) => {
            const vaccine = getVaccine(id);
            const [first, last] = [firstOf(order.month), monthEnd(firstOf(order.month))];
            const dose = dueDose(vaccine, { birth, sex: "female" }, addDays(first, -1), []);
            return dose && dose.earliest <= last && dose.latest >= first ? [dose] : [];
          });
          if (due.length === 0) return;
          const { births } = selection(order);
          expect(births.some(({ from, to }) => from <= birth && birth <= to)).toBe(true);
          const subjects = couponsDue({ ...order, scope: "all" }, child(birth)).map(
            (c) => c.subject,
          );
          const whole = due.filter(({ vaccine }) => !vaccine.startsWith("rota"));
          for (const { vaccine, dose } of whole) expect(subjects).toContain(`${vaccine}:${dose}`);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("期と回の表示", () => {
  test.each([
    ["1期初回2回目", { course: "第1期 初回", dose: "2回目" }],
    ["1期追加", { course: "第1期", dose: "追加" }],
    ["2期", { course: "第2期", dose: "1回" }],
    ["追加", { dose: "追加" }],
    ["初回1回目", { course: "初回", dose: "1回目" }],
    ["2回目", { dose: "2回目" }],
    ["1回", { dose: "1回" }],
  ])("%s", (label, shown) => {
    expect(courseAndDose(label)).toEqual(shown);
  });
});
