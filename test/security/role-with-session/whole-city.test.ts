import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { exportTable } from "#src/programs/vaccination/screens/reports/export-table.ts";
import { circumstancesOf } from "#src/programs/vaccination/special/index.ts";
import { Values } from "#src/web/values.ts";
import { clinicsOf } from "#test/support/clinics.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { exchangeOf } from "#test/support/vaccination-exchange.ts";
import { recordsOf } from "#test/support/vaccination-records.ts";
import { denied, staffSql } from "./support.ts";

// 市全体にかかわることを、一つの窓口の権限や、ほかの人の名で行おうとする。

const city = await openTestPlatform();
const as = staffSql(city);
const { people } = recordsOf(city);
const exchange = exchangeOf(city);

beforeAll(() => city.admin`alter table access.duty_grant disable trigger user`);
/** What batch operators hold, for one office alone and again for all. */
async function limited<T>(run: () => Promise<T>): Promise<T> {
  await city.admin`update access.duty_grant set office_code = '431010' where duty = 'batch-operator'`;
  try {
    return await run();
  } finally {
    await city.admin`update access.duty_grant set office_code = null where duty = 'batch-operator'`;
  }
}

test("市全体の副本と高額療養費の処理は、一つの窓口の権限では頼めない", async () => {
  await exchange.setUp();
  const [run] = await as(
    "operator1",
    (sql) => sql<{ id: string }[]>`select exchange.begin_copies('difference') as id`,
  );
  const [search] = await as(
    "operator1",
    (sql) =>
      sql<{ id: string }[]>`select high_cost.begin_search('child-medical', '2026-09', null) as id`,
  );
  const ask = (queue: string, program: string, id: string | undefined) =>
    as(
      "operator1",
      (sql) => sql`insert into jobs.task (queue, subject_id, reason, program, requested_by)
        select ${queue}, ${id ?? ""}::uuid, 'x', ${program}, access.staff_id()`,
    );
  await limited(async () => {
    await expect(ask("copies.gather", "vaccination", run?.id)).rejects.toMatchObject(denied);
    await expect(ask("high-cost.search", "child-medical", search?.id)).rejects.toMatchObject(
      denied,
    );
  });
  await ask("copies.gather", "vaccination", run?.id);
  await ask("high-cost.search", "child-medical", search?.id);
});

test("妊娠と障害は、発送を準備する人が表から直には読めず、関数で知った方は一つずつ記録に残る", async () => {
  const [mother = "", other = ""] = await people({}, {});
  await city.admin`
    insert into special.entry (id, person_number, office_code, kind, reason, evidence, evidence_on, valid_from, valid_until, hindrance_from, hindrance_to, vaccines, untils, due_on, state, entered_by, entered_at)
    select ${randomUUID()}, ${mother}, '431010', 'pregnancy', 'pregnancy', 'mother-child', '2026-11-01', '2026-10-10', '2026-12-11', null, null, '{}', '{}', '2027-01-02', 'standing', s.id, now()
      from access.staff s where s.login_name = 'clerk1'`;
  for (const statement of ["select 1 from special.entry", "select 1 from special.eligibility"])
    expect(await as("operator1", (sql) => sql.unsafe(statement)), statement).toEqual([]);
  await expect(
    as("cashier1", (sql) => sql`select * from special.in_force(array[${mother}], null)`),
  ).resolves.toEqual([]);
  const looks = async () =>
    (
      await city.admin<{ person: string }[]>`
        select person_number as person from audit.record where action = 'special.told-for-mailing' order by id`
    ).map(({ person }) => person);
  const told = async (who: "operator1" | "clerk1") =>
    runWork(
      city.platform,
      await city.actor(who),
      { purpose: "mailing", program: "vaccination" },
      (work) => circumstancesOf(work, [mother, other]),
    );
  expect([...(await told("operator1")).keys()]).toEqual([mother]);
  expect(await looks()).toEqual([mother]);
  // Whoever reads the cases of the person is recorded where they open the person.
  expect([...(await told("clerk1")).keys()]).toEqual([mother]);
  expect(await looks()).toHaveLength(1);
});

test("ほかの人が受け取った医療機関のファイルの名では、何も書けず、取り込みもできない", async () => {
  const code = await clinicsOf(city).clinic();
  const [file] = await city.admin<{ id: string }[]>`
    insert into clinics.import (id, state, sealed_id, digest, rows, faults, received_by, received_at)
    select gen_random_uuid(), 'checked', gen_random_uuid(), ${Buffer.alloc(32)}, 1, '[]', s.id, now() from access.staff s where s.login_name = 'supervisor1' returning id`;
  const write = (who: "supervisor1" | "supervisor2") =>
    as(
      who,
      (sql) =>
        sql`select clinics.set_handled(${code}, null, '{pcv}', '2026-11-20', ${file?.id ?? ""})`,
    );
  await expect(write("supervisor2")).rejects.toMatchObject(denied);
  await expect(
    as(
      "supervisor2",
      (sql) => sql`select clinics.settle_file(${file?.id ?? ""}, 'loaded', '{}', '[]')`,
    ),
  ).rejects.toMatchObject(denied);
  await write("supervisor1");
});

test("丸めた数しか見られない人は、報告の表を庁外へ出せない", async () => {
  const table = async (
    query: Record<string, string>,
    who: "operator1" | "operator2" = "operator2",
  ) =>
    runWork(
      city.platform,
      await city.actor(who),
      { purpose: "counter", program: "vaccination" },
      (work) => exportTable(work, "cube", new Values(Object.entries(query))),
    );
  await limited(async () => {
    await expect(table({})).rejects.toThrow("丸めた数の表は、庁外へ出せません");
    await expect(table({ office: "431028" })).rejects.toThrow("丸めた数の表は、庁外へ出せません");
    await expect(table({ office: "431010" })).rejects.toThrow("秘匿の基準");
  });
  await expect(table({}, "operator1")).rejects.toThrow("秘匿の基準");
});
