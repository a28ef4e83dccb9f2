import { expect, test } from "vitest";
import { judgeRow, monthOf } from "#src/platform/claims/files/judge-row.ts";
import { judgeReceipts } from "#workflows/claims/judge.ts";
import type { ClaimReceipt } from "#workflows/claims/receipt.ts";

const drugs: ClaimReceipt = {
  number: 1,
  month: "2026-10",
  paidOn: "2026-10-05",
  institution: "4340100009",
  care: "pharmacy",
  cost: 10_000,
  insuranceTenths: 7,
  times: 1,
  paid: 3_000,
  meals: 0,
  mealDays: 0,
  reimbursed: 0,
  highCost: 0,
  additionalBenefit: 0,
  otherPublic: 0,
  multiple: false,
  outsidePrefecture: true,
  certificateShown: true,
  documents: ["receipt"],
};
const codes = (receipt: ClaimReceipt, joins: boolean) =>
  judgeReceipts([receipt], {
    receivedOn: "2026-11-20",
    deadlineOf: () => ({ start: "month", count: 12, unit: "months" }) as never,
    joinsPharmacy: () => joins,
    found: [],
  }).map(({ code }) => code);

test("処方した医療機関のない調剤は、合わせて計算する市でだけ、確かめるものになる", () => {
  expect(codes(drugs, true)).toEqual(["prescriber-missing"]);
  expect(codes(drugs, false)).toEqual([]);
  expect(codes({ ...drugs, prescriber: "4310100001" }, true)).toEqual([]);
});

test("ファイルの診療年月は、ふつうのどの書き方でも読める", () => {
  for (const text of ["202610", "2026-10", "2026/10", "R8.10", "令和8年10月", "２０２６１０"])
    expect(monthOf(text), text).toBe("2026-10");
  for (const text of ["202613", "10", "R8", "なし", "2026-1-1-1", "20261005"])
    expect(monthOf(text), text).toBeUndefined();
});

test("給付割合が空欄なら、就学前は8割、就学後は7割とみる", () => {
  const tenths = (birth: string, month: string) =>
    judgeRow({ raw: { recipient: "1234567", birth, month } }).partial.receipts[0]?.insuranceTenths;
  expect(tenths("20200402", "202703")).toBe(8);
  expect(tenths("20200402", "202704")).toBe(7);
  expect(tenths("20200401", "202604")).toBe(7);
  expect(tenths("20200401", "202603")).toBe(8);
});

test("行の空欄は入力待ちになり、書かれた値の誤りだけが誤りになる", () => {
  const raw = { recipient: "1234567", birth: "20200402", month: "202610", care: "pharmacy" };
  const { faults, entry, partial } = judgeRow({ raw });
  expect(faults).toEqual([]);
  expect(entry).toBeUndefined();
  expect(partial.receipts[0]).toMatchObject({ month: "2026-10", care: "pharmacy" });
  const wrong = { ...raw, institution: "43X", institutionName: "見本", points: "-1", paid: "12a" };
  expect(
    judgeRow({ raw: wrong })
      .faults.map(({ item }) => item)
      .toSorted(),
  ).toEqual(["institution", "paid", "points"]);
  expect(judgeRow({ raw: { month: "202610" } }).faults.map(({ code }) => code)).toEqual([
    "missing",
    "missing",
  ]);
  expect(judgeRow({ raw: {}, unreadable: true }).faults).toEqual([
    { item: "row", code: "unreadable" },
  ]);
});
