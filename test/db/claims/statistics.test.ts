import { expect, test } from "vitest";
import { refundsOf } from "#src/platform/claims/index.ts";
import {
  countEntitled,
  countEntitledOnDays,
  countRefunds,
  monthsOf,
  type RefundFigures,
} from "#src/platform/statistics/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { claimsOf, keyedReceipt } from "#test/support/claims.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";

// 給付の統計の償還払いと、資格者数の推移：決定と資格の記録のとおりに数え、見られない人には丸める。

const city = await openTestPlatform();
const { granted, recipient, step } = claimsOf(city);
const program = "child-medical";
const ages = [0, 3, 6, 18];
const as = async <T>(who: TestStaff, run: (work: Work) => Promise<T>) =>
  runWork(city.platform, await city.actor(who), { purpose: "inquiry", program }, run);
const first = await recipient();
for (let n = 0; n < 6; n += 1)
  await granted(n % 2 ? first : await recipient(), [
    keyedReceipt({ day: n + 1, care: n < 2 ? "dental" : "outpatient" }),
  ]);
const undone = await granted(await recipient(), [keyedReceipt({ day: 20 })]);
await step(
  "supervisor1",
  "cancel",
  await step("clerk2", "proposeCancellation", undone, { input: { reason: "insurer-paid" } }),
);

const period = monthsOf(2026);
const count = (who: TestStaff, office?: string) =>
  as(who, (work) => countRefunds(work, program, { period, office, ages }));
const sum = (rows: readonly RefundFigures[], dimension: string) => {
  const own = rows.filter((row) => row.dimension === dimension);
  return [
    own.reduce((total, { receipts }) => total + receipts, 0),
    own.reduce((total, { paid }) => total + paid, 0),
  ];
};

test("償還払いは、どう分けても、取り消していない決定の枚数と支給額になり、後ろの行も同じだけ並ぶ", async () => {
  const [kept] = await city.admin<{ n: number; paid: number; people: number }[]>`
    select count(*)::integer as n, sum(amount)::float8 as paid, count(distinct person_number)::integer as people
      from claims.benefit where cancelled_at is null`;
  expect(kept?.n).toBe(6);
  const found = await count("clerk1");
  for (const dimension of ["all", "part", "care", "age", "office"])
    expect(sum(found, dimension), dimension).toEqual([kept?.n, kept?.paid]);
  expect(found.find(({ dimension }) => dimension === "all")?.people).toBe(kept?.people);
  const listed = async (choice: object, page = 1) =>
    as("clerk1", (work) =>
      refundsOf(work, program, { from: "2026-04", to: "2027-03", ...choice }, page),
    );
  expect((await listed({})).total).toBe(6);
  expect((await listed({ care: "dental" })).total).toBe(2);
  expect((await listed({}, 2)).rows).toEqual([]);
  for (const { dimension, value, receipts } of found)
    if (dimension === "office") expect((await listed({ office: value })).total).toBe(receipts);
  // Another 区 has none, and whoever serves it alone sees none.
  expect(await count("clerk1", "431028")).toEqual([]);
  const other = await as("east1", (work) =>
    refundsOf(work, program, { from: "2026-04", to: "2027-03" }, 1),
  );
  expect(other).toEqual({ rows: [], total: 0 });
});

test("申請を見られない人には丸めた数だけを、権限のない人には何も返さない", async () => {
  for (const row of await count("scheme1"))
    expect([row.receipts % 10, row.people % 10, row.paid % 10_000, row.cost % 10_000]).toEqual([
      0, 0, 0, 0,
    ]);
  await expect(count("nobody")).rejects.toMatchObject({ code: "42501" });
  await expect(
    as("nobody", (work) => countEntitledOnDays(work, program, { days: ["2026-11-20"], ages })),
  ).rejects.toMatchObject({ code: "42501" });
});

test("資格者数の推移のどの日も、その日を選んだときの人数と同じで、日は24までに限られる", async () => {
  const days = ["2026-09-30", "2026-10-31", "2026-11-20"] as const;
  const series = await as("clerk1", (work) => countEntitledOnDays(work, program, { days, ages }));
  for (const on of days) {
    const one = await as("clerk1", (work) => countEntitled(work, program, { on, ages }));
    const own = series.flatMap(({ on: day, ...rest }) => (day === on ? [rest] : []));
    const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).toSorted();
    expect(sorted(own), on).toEqual(sorted(one.map((row) => ({ ...row }))));
    expect(one.find(({ dimension }) => dimension === "all")?.people).toBeGreaterThan(0);
  }
  await expect(
    as("clerk1", (work) =>
      countEntitledOnDays(work, program, { days: Array.from({ length: 25 }, () => days[0]), ages }),
    ),
  ).rejects.toMatchObject({ code: "22023" });
});
