import { describe, expect, test } from "vitest";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type CouponOrder,
  type CouponPerson,
  readSubject,
  selectCoupons,
} from "#workflows/vaccination/coupons-due.ts";

const order: CouponOrder = { month: "2026-12", vaccines: ["mr1"], scope: "new" };
const child = (birth: IsoDate, more: Partial<CouponPerson> = {}): CouponPerson => ({
  birth,
  sex: "male",
  residentFrom: birth,
  history: [],
  sent: new Set(),
  ...more,
});
const subjects = (person: CouponPerson, changed: Partial<CouponOrder> = {}) =>
  selectCoupons({ ...order, ...changed })
    .dueTo(person)
    .map(({ subject }) => subject);

describe("coupons of a month, at its edges", () => {
  test.each([
    ["2025-12-01", []],
    ["2025-12-02", ["mr1:1"]],
    ["2026-01-01", ["mr1:1"]],
    ["2026-01-02", []],
  ] as const)("born %s, one year old in December 2026: %j", (birth, expected) => {
    expect(subjects(child(birth))).toEqual(expected);
  });

  test.each([
    ["2024-12-01", []],
    ["2024-12-02", ["mr1:1"]],
    ["2025-12-01", ["mr1:1"]],
  ] as const)("of all that are open: born %s: %j", (birth, expected) => {
    expect(subjects(child(birth), { scope: "all" })).toEqual(expected);
  });

  test.each([
    ["2026-11-30", []],
    ["2026-12-01", ["mr1:1"]],
    ["2026-12-31", ["mr1:1"]],
    ["2027-01-01", []],
  ] as const)(
    "who came to live here on %s gets what was due before: %j",
    (residentFrom, expected) => {
      expect(subjects(child("2025-06-10", { residentFrom }))).toEqual(expected);
    },
  );

  test("girls and those of unknown sex get HPV, boys do not", () => {
    const of = (sex: CouponPerson["sex"]) =>
      subjects(child("2013-06-10", { sex }), { vaccines: ["hpv9"], scope: "all" });
    expect([of("female"), of("unknown"), of("male")]).toEqual([["hpv9:1"], ["hpv9:1"], []]);
  });

  test("of two vaccines that stand for one another the first named is sent", () => {
    const baby = child("2026-10-20");
    expect(subjects(baby, { vaccines: ["rota1", "rota5"] })).toEqual(["rota1:1"]);
    expect(subjects(baby, { vaccines: ["rota5", "rota1"] })).toEqual(["rota5:1"]);
  });

  test("a coupon that was sent says so", () => {
    const [coupon] = selectCoupons(order).dueTo(child("2025-12-10", { sent: new Set(["mr1:1"]) }));
    expect(coupon).toEqual({ subject: "mr1:1", sent: true });
  });
});

describe("births an order looks at", () => {
  const { births } = selectCoupons({ ...order, vaccines: ["mr1", "mr2"] });

  test("hold everybody to whom a coupon can fall, and little more", () => {
    expect(births).toHaveLength(2);
    const [school, toddlers] = births;
    const between = (date: IsoDate, from: IsoDate, to: IsoDate) => date >= from && date <= to;
    for (const [range, first, last] of [
      [school, "2020-04-02", "2021-04-01"],
      [toddlers, "2024-12-02", "2026-01-01"],
    ] as const) {
      expect(range && between(range.from, addDays(first, -60), first)).toBe(true);
      expect(range && between(range.to, last, addDays(last, 60))).toBe(true);
    }
  });

  test("of vaccines for one age lie together", () => {
    expect(selectCoupons({ ...order, vaccines: ["mr1", "vzv"] }).births).toHaveLength(1);
    expect(selectCoupons({ ...order, vaccines: [] }).births).toEqual([]);
  });
});

test.each(["mr1", "mr1:0", "mr1:x", "mr1:1x", "mr1:x1", "mr1:100", "mr1:", "nothing:1"])(
  "%s is no subject of a coupon",
  (subject) => {
    expect(() => readSubject(subject)).toThrow(RangeError);
  },
);
test("a subject names vaccine and dose", () => {
  expect(readSubject("mr1:1")).toEqual({ vaccine: "mr1", dose: 1 });
  expect(readSubject("covid:12")).toEqual({ vaccine: "covid", dose: 12 });
});
