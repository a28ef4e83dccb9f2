import type { TransactionSql } from "postgres";
import { beforeAll, expect, test } from "vitest";
import { incomeRows, openIncomes } from "#src/platform/intake/index.ts";
import { incomeToken } from "#src/platform/people/taxes.ts";
import { moveCase, type SeenCase, seal } from "#test/support/case-sql.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import {
  householdApplication,
  householdCounterOf,
  keyed,
  supporterOf,
} from "#test/support/household-counter.ts";
import { taxFacts, tellTaxes } from "#test/support/tell-taxes.ts";
import { denied, staffSql } from "./support.ts";

// 所得 of a case: what the tax office determined comes from what the tax office told, and from nobody else.

const city = await openTestPlatform();
const as = staffSql(city);
const counter = householdCounterOf(city);
const { platform, admin } = city;
const program = "single-parent-medical";

/** A household in 審査, entered and confirmed, of whose mother the tax office told two years. */
async function examined() {
  const family = await counter.household();
  const people = [...householdApplication(family).people, supporterOf(family.grandfather)];
  const entered = householdApplication(family, { people });
  const at = await counter.toExamination(family.mother, entered, []);
  const personNumber = family.mother;
  await tellTaxes(city, [
    { personNumber, facts: taxFacts({ income: { ...taxFacts().income, business: 900_000 } }) },
    { personNumber, facts: taxFacts({ determinedOn: "2026-09-01" }) },
    { personNumber, facts: taxFacts({ incomeYear: 2024, determinedOn: "2025-06-10" }) },
    {
      personNumber: family.grandfather,
      facts: taxFacts({ assessment: "undeclared", income: { ...taxFacts().income, business: 0 } }),
    },
  ]);
  return { family, at: await counter.step("clerk2", "confirm", at) };
}

let family: Awaited<ReturnType<typeof examined>>["family"];
let at: SeenCase;
let other: SeenCase;
beforeAll(async () => {
  ({ family, at } = await examined());
  other = (await examined()).at;
});

const tokenOf = (personNumber: string, year = 2025) =>
  incomeToken(platform.keys, personNumber, year);
const take =
  (
    given: {
      of?: string | null;
      caseId?: string | null;
      year?: number | null;
      token?: string | null;
    } = {},
  ) =>
  async (sql: TransactionSql) => {
    const { of = family.mother, caseId = at.caseId, year = 2025 } = given;
    const token = given.token === undefined ? tokenOf(of ?? "") : given.token;
    const [row] = await sql<{ known: boolean }[]>`
      select intake.record_determined(${caseId}, ${of}, ${year}, ${token}::bigint) as known`;
    return row?.known;
  };
/** In the step that records incomes of the case; undone. */
const recording = (
  run: (sql: TransactionSql) => Promise<unknown>,
  who: TestStaff = "clerk2",
  settings: Record<string, string> = {},
) =>
  as(
    who,
    async (sql) => {
      await moveCase(sql, at, "recordIncome", "examination");
      const got = await run(sql);
      throw Object.assign(new Error("undone"), { got });
    },
    settings,
  );

test("税情報からの所得は、最後の決定のとおりに入り、確認を待たない", async () => {
  const { at: own, family: people } = await examined();
  await counter.step("clerk2", "recordIncome", own, {
    input: { people: [{ source: "tax-feed", personNumber: people.mother }] },
  });
  const opened = await counter.as("supervisor1", async (work) =>
    openIncomes(work, (await incomeRows(work, own.caseId, 2025)).values()),
  );
  expect([...opened]).toEqual([
    [
      people.mother,
      {
        items: taxFacts().income,
        dependants: 1,
        elderlyDependants: 0,
        studentDependants: 0,
        determinedOn: "2026-09-01",
      },
    ],
  ]);
  const [copied] = await admin`
    select count(*)::int as n from audit.record where action = 'feed-record.copied' and person_number = ${people.mother}`;
  expect(copied?.n).toBe(1);
});

test("入力した所得を、税情報のものとは名乗れず、税情報のものを、入力したものとも名乗れない", async () => {
  const insert = (sql: TransactionSql, source: string, sealedId: string) =>
    sql`insert into intake.income (case_id, person_number, income_year, source, sealed_id)
        values (${at.caseId}, ${family.mother}, 2025, ${source}, ${sealedId})`;
  const own = { caseId: at.caseId, person: family.mother, program, kind: "income" };
  await expect(
    recording(async (sql) => insert(sql, "keyed", await seal(sql, own))),
  ).rejects.toThrow("undone");
  await expect(
    recording(async (sql) => insert(sql, "tax-feed", await seal(sql, own))),
  ).rejects.toMatchObject(denied);
  await expect(
    recording(async (sql) => {
      await take()(sql);
      const [row] = await sql`select sealed_id from intake.income where case_id = ${at.caseId}`;
      await insert(sql, "keyed", row?.sealed_id);
    }),
  ).rejects.toMatchObject(denied);
  for (const statement of [
    "update intake.income set source = 'tax-feed'",
    "update intake.income set confirmed_by = 1, confirmed_at = now()",
    "delete from intake.income",
  ])
    await expect(as("clerk2", (sql) => sql.unsafe(statement))).rejects.toMatchObject(denied);
});

test("税情報は、その手続きの中で、その申請の所得を見る人について、税情報を読める職員だけが取り込める", async () => {
  await expect(recording(take())).rejects.toMatchObject({ message: "undone", got: true });
  await expect(as("clerk2", take())).rejects.toMatchObject(denied);
  const [child = ""] = family.children;
  const stranger = (await counter.household()).mother;
  for (const given of [
    { caseId: other.caseId },
    { of: child },
    { of: stranger },
    { of: null },
    { caseId: null },
  ])
    await expect(recording(take(given)), JSON.stringify(given)).rejects.toMatchObject(denied);
  await expect(recording(take({ year: null }))).rejects.toMatchObject({ code: "23502" });
  // Under a token of nobody, of somebody else, or of none, nothing is known and nothing is recorded.
  for (const token of ["1", tokenOf(family.grandfather), null])
    await expect(recording(take({ token }))).rejects.toMatchObject({ got: false });
  await expect(recording(take(), "clerk2", { "app.purpose": "" })).rejects.toMatchObject(denied);
  await expect(recording(take(), "east1")).rejects.toMatchObject(denied);
  await admin`delete from access.duty_right where duty = 'clerk' and "right" = 'person.read-tax'`;
  await expect(recording(take())).rejects.toMatchObject(denied);
  await admin`insert into access.duty_right (duty, "right") values ('clerk', 'person.read-tax')`;
  await expect(
    as(
      "clerk2",
      (sql) =>
        sql`select vault.copy_feed_record('tax', ${family.mother}, ${tokenOf(family.mother)}::bigint, ${program}, ${at.caseId}, 'income')`,
    ),
  ).rejects.toMatchObject(denied);
});

test("もう必要とされていない方の税情報は取り込めない", async () => {
  const end = (sql: TransactionSql) =>
    sql`select people.end_need(${program}, 'tax', ${at.caseId}, ${[family.mother]}::text[])`;
  await expect(
    recording(async (sql) => {
      await end(sql);
      await take()(sql);
    }),
  ).rejects.toMatchObject(denied);
});

test("別の年の税情報や未申告の税情報を、その年の所得として入れても、所得が分かったことにはならない", async () => {
  const { family: people, at: own } = await examined();
  let now: SeenCase = own;
  const tries = [
    { of: people.mother, token: tokenOf(people.mother, 2024) },
    { of: people.grandfather, token: tokenOf(people.grandfather) },
  ];
  for (const { of, token } of tries)
    await as("clerk2", async (sql) => {
      now = { ...now, revision: await moveCase(sql, now, "recordIncome", "examination") };
      await take({ caseId: own.caseId, of, token })(sql);
    });
  const reasons = async () =>
    (await counter.view(own.caseId)).actions.find(({ type }) => type === "propose")?.reasons;
  expect(await reasons()).toContain("所得が確認できない世帯員がいます。");
  now = await counter.step("clerk1", "recordIncome", now, {
    input: { people: [keyed(people.mother), keyed(people.grandfather)] },
  });
  now = await counter.step("clerk2", "confirmIncome", now);
  expect(await reasons()).toEqual([]);
});
