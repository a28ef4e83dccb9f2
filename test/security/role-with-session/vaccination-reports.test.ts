import { expect, test } from "vitest";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { recordsOf } from "#test/support/vaccination-records.ts";
import { denied, staffSql } from "./support.ts";

// 予防接種の報告を、画面を通らずSQLで直に書き、読もうとする。

const city = await openTestPlatform();
const as = staffSql(city);
const { people } = recordsOf(city);
const born = "2025-09-01";
const numbers = await people(
  ...Array.from({ length: 3 }, () => ({
    birthDate: born as never,
    residence: { from: born as never, fromReason: "birth" as const },
  })),
);
await city.admin`
  insert into vaccination.shot (person_number, vaccine, dose, given_on, source, entered_by)
  select n, 'hepb', 1, '2026-01-15', 'feed', 1 from unnest(${numbers}::text[]) n`;
const prepare = (who: TestStaff, month: string | null) =>
  as(
    who,
    async (sql) =>
      (await sql<{ id: number }[]>`select vaccination_reports.prepare(${month}::date) as id`)[0]
        ?.id ?? 0,
  );
const move = (
  who: TestStaff,
  ...given: [number | null, number | null, string | null, string | null]
) =>
  as(
    who,
    (sql) =>
      sql`select vaccination_reports.move(${given[0]}, ${given[1]}, ${given[2]}, ${given[3]})`,
  );

test("締めの表には書けず、数の元と人の属性をそのまま読むこともできない", async () => {
  for (const statement of [
    `insert into vaccination_reports.closing (month, state, prepared_by, prepared_at) values ('2026-01-01', 'closed', 1, now())`,
    `update vaccination_reports.closing set state = 'closed'`,
    `delete from vaccination_reports.closing`,
    `select * from vaccination_reports.figure`,
    `insert into vaccination_reports.entry (figure_id, source_id) values (1, gen_random_uuid())`,
    `select * from vaccination_reports.entry`,
    `select * from vaccination_reports.facts('2026-01-01', '2026-01-31', false, null, null)`,
    `select * from vaccination_reports.cells('now', '2026-01-01', '2026-01-31', false, null)`,
    `select * from vaccination_reports.cohort('hepb', 1, '2025-01-01', '2026-01-01', '2026-02-01', null)`,
    `select * from vaccination_reports.standing()`,
    `select * from vault.counted_among('{${numbers[0]}}')`,
    `select * from vault.cohort_of('2025-01-01', '2026-01-01', '2026-02-01', null)`,
  ])
    await expect(
      as("supervisor1", (sql) => sql.unsafe(statement)),
      statement,
    ).rejects.toMatchObject(denied);
});

test("一人で締めることも、段階を飛ばすことも、何も言わずに進めることもできない", async () => {
  await expect(prepare("clerk1", null)).rejects.toMatchObject({ code: "22023" });
  await expect(prepare("clerk1", "2026-01-15")).rejects.toMatchObject({ code: "22023" });
  await expect(prepare("operator1", "2026-01-01")).rejects.toMatchObject(denied);
  await expect(prepare("east1", "2026-01-01")).rejects.toMatchObject(denied);
  const id = await prepare("supervisor1", "2026-01-01");
  await expect(move("supervisor1", id, 1, "close", "closed")).rejects.toMatchObject({
    code: "MD011",
  });
  await expect(move("supervisor2", id, null, "close", "closed")).rejects.toMatchObject({
    code: "MD014",
  });
  await expect(move("supervisor2", id, 2, "close", "closed")).rejects.toMatchObject({
    code: "MD014",
  });
  await expect(move("supervisor2", id, 1, "refresh", "closed")).rejects.toMatchObject({
    code: "MD011",
  });
  await expect(move("supervisor2", id, 1, null, "closed")).rejects.toMatchObject({ code: "MD011" });
  await expect(move("clerk1", id, 1, "close", "closed")).rejects.toMatchObject(denied);
  await expect(move("supervisor2", null, 1, "close", "closed")).rejects.toMatchObject(denied);
  await move("supervisor2", id, 1, "close", "closed");
  await expect(move("supervisor1", id, 2, "discard", "discarded")).rejects.toMatchObject({
    code: "MD011",
  });
  await expect(move("supervisor1", id, 2, "refresh", "prepared")).rejects.toMatchObject({
    code: "MD011",
  });
  await expect(prepare("clerk1", "2026-01-01")).rejects.toMatchObject({ code: "22023" });
});

test("丸めた数だけを見る人には、数人しかいないことも分からない", async () => {
  const cells = (who: TestStaff) =>
    as(
      who,
      (sql) => sql<{ r: string; n: number }[]>`
        select row_value as r, n from vaccination_reports.cube('now', '2026-01-01', '2026-01-31', false, 'age-months', 'office', '{0}', '{}') where not row_sum and column_sum`,
    );
  expect(await cells("clerk1")).toMatchObject([{ r: "4", n: 3 }]);
  expect(await cells("scheme1")).toEqual([]);
  const groups = await as(
    "scheme1",
    (sql) =>
      sql`select * from vaccination_reports.coverage('hepb', 1, '2025-09-01', '2025-09-30', '2026-01-31', null) where dimension in ('office', 'cohort')`,
  );
  expect(groups).toHaveLength(0);
});

test("一覧は、目的がなければ開かず、一度に読める行には限りがあり、開いた人を記録する", async () => {
  const rows = (who: TestStaff, skip: number | null, most: number | null, settings = {}) =>
    as(
      who,
      (sql) =>
        sql`select * from vaccination_reports.rows('now', '2026-01-01', '2026-01-31', false, '{}', ${skip}, ${most})`,
      settings,
    );
  await expect(rows("clerk1", 0, 10, { "app.purpose": "" })).rejects.toMatchObject(denied);
  await expect(rows("clerk1", 0, 201)).rejects.toMatchObject({ code: "22023" });
  await expect(rows("clerk1", null, 10)).rejects.toMatchObject({ code: "22023" });
  await expect(rows("scheme1", 0, 10)).rejects.toMatchObject(denied);
  const got = await rows("clerk1", 0, 10);
  expect(got).toHaveLength(3);
  const seen = await city.admin`
    select distinct person_number from audit.record where action = 'vaccination-report.rows-read' and person_number = any(${numbers}::text[])`;
  expect(seen).toHaveLength(3);
});

test("一つの区だけの人には、ほかの区の人の行も、丸めない数も出ない", async () => {
  const listed = (who: TestStaff) =>
    as(who, async (sql) => [
      ...(await sql`select * from vaccination_reports.rows('now', '2026-01-01', '2026-01-31', false, '{}', 0, 10)`),
      ...(await sql`select * from vaccination_reports.people('hepb', 1, '2025-09-01', '2025-09-30', '2026-02-01', null, null, null, 0, 10)`),
    ]);
  const counted = (who: TestStaff) =>
    as(
      who,
      (sql) => sql<{ n: number }[]>`
        select n from vaccination_reports.cube('now', '2026-01-01', '2026-01-31', false, 'vaccine', 'none', '{0}', '{}') where row_sum and column_sum
        union all select people from vaccination_reports.coverage('hepb', 1, '2025-09-01', '2025-09-30', '2026-01-31', null) where dimension = 'all'`,
    );
  expect(await listed("clerk1")).toHaveLength(6);
  expect(await listed("east1")).toEqual([]);
  expect((await counted("clerk1")).map(({ n }) => n)).toEqual([3, 3]);
  expect((await counted("east1")).map(({ n }) => n)).toEqual([0, 0]);
  await expect(
    as(
      "east1",
      (sql) =>
        sql`select * from vaccination_reports.cells_to_map('now', '2026-01-01', '2026-01-31')`,
    ),
  ).rejects.toMatchObject(denied);
});

test("丸めた数だけを見る人には、月に数人が接種したことも分からない", async () => {
  const months = (who: TestStaff) =>
    as(
      who,
      (sql) =>
        sql`select value, done from vaccination_reports.coverage('hepb', 1, '2025-09-01', '2025-09-30', '2026-01-31', null) where dimension = 'month'`,
    );
  expect(await months("clerk1")).toMatchObject([{ value: "2026-01-01", done: 3 }]);
  expect(await months("scheme1")).toEqual([]);
});

test("丸めた数だけを見る人は、日を一日ずつずらして、一人を割り出せない", async () => {
  const counted = (who: TestStaff, from: string, to: string, on: string) =>
    as(
      who,
      (sql) =>
        sql`select * from vaccination_reports.coverage('hepb', 1, ${from}, ${to}, ${on}, null) where dimension = 'all'`,
    );
  for (const [from, to, on] of [
    ["2025-09-01", "2025-09-01", "2026-01-31"],
    ["2025-09-01", "2025-09-29", "2026-01-31"],
    ["2025-08-31", "2025-09-30", "2026-01-31"],
    ["2025-09-01", "2025-10-01", "2026-01-31"],
    ["2025-09-01", "2025-09-30", "2026-01-30"],
    ["2025-09-10", "2025-10-09", "2026-11-20"],
  ] as const) {
    await expect(counted("scheme1", from, to, on), `${from} ${to}`).rejects.toMatchObject({
      code: "MD020",
    });
    expect(await counted("clerk1", from, to, on)).toHaveLength(1);
  }
  // Whole months, a 年度 of births, an age in months on the day.
  for (const [from, to, on] of [
    ["2025-09-01", "2025-09-30", "2026-01-31"],
    ["2025-04-02", "2026-04-01", "2026-11-20"],
    ["2024-11-22", "2025-11-21", "2026-11-20"],
    ["2023-11-22", "2024-11-21", "2025-11-20"],
  ] as const)
    expect(await counted("scheme1", from, to, on)).toHaveLength(1);
});
