import { describe, expect, test } from "vitest";
import { bareCase } from "#test/support/bare-case.ts";
import type { TestStaff } from "#test/support/database.ts";
import { cityWithPeople, denied } from "./support.ts";

const { city, as } = await cityWithPeople();
const run = (who: TestStaff | "system", statement: string) =>
  as(who, (sql) => sql.unsafe(statement));

const propose = (key: string, from: string, to = "null", value = `{"months": 12}`) =>
  `select city.propose_parameter('${key}', '${value}', '${from}', ${to}, '見本市条例第5条', 'established') as id`;
const tried = (id: unknown, count = 0) =>
  run("system", `select city.record_trial(${id}, ${count}, '{}', '{}')`);
const decide = (id: unknown, how = "approved") =>
  `select city.decide_parameter(${id}, '${how}') as decided`;

async function approved(key: string, from: string, to = "null"): Promise<number> {
  const [row] = await run("scheme1", propose(key, from, to));
  await tried(row?.id);
  await run("supervisor1", decide(row?.id));
  return Number(row?.id);
}

test("制度の数値は、直接には書けない", async () => {
  await approved("child-medical.first", "2026-04-01");
  for (const who of ["scheme1", "supervisor1", "admin1", "clerk1", "system"] as const)
    for (const statement of [
      `insert into city.parameter (key, value, valid_from, source, certainty, proposed_by) values ('a.b', '{}', '2026-04-01', 'x', 'established', 1)`,
      "update city.parameter set value = '{}'",
      "update city.parameter set decision = 'approved', decided_by = 1, decided_at = now()",
      "delete from city.parameter",
      "truncate city.parameter cascade",
      "delete from city.parameter_difference",
      "insert into city.parameter_difference select id, gen_random_uuid(), '{x}', true from city.parameter",
    ])
      await expect(run(who, statement), `${who} ${statement}`).rejects.toMatchObject(denied);
  await expect(city.admin`update city.parameter set value = '{}'`).rejects.toThrow("never changed");
  await expect(city.admin`delete from city.parameter`).rejects.toThrow("never changed");
});

describe("制度の数値は", () => {
  test("制度担当者だけが起案し、試算の後に、別の決裁者だけが一度承認する", async () => {
    for (const who of ["clerk1", "supervisor1", "admin1", "system"] as const)
      await expect(run(who, propose("child-medical.two", "2026-04-01"))).rejects.toMatchObject(
        denied,
      );
    const [row] = await run("scheme1", propose("child-medical.two", "2026-04-01"));
    const id = row?.id;
    await expect(run("supervisor1", decide(id)), "not tried yet").rejects.toMatchObject(denied);
    for (const who of ["scheme1", "supervisor1", "clerk1"] as const)
      await expect(
        run(who, `select city.record_trial(${id}, 0, '{}', '{}')`),
      ).rejects.toMatchObject(denied);
    await tried(id);
    for (const who of ["scheme1", "clerk1", "admin1"] as const)
      await expect(run(who, decide(id))).rejects.toMatchObject(denied);
    await city.admin`insert into access.duty_right (duty, "right") values ('scheme-officer', 'city-parameter.approve')`;
    await expect(run("scheme1", decide(id)), "the same person").rejects.toMatchObject(denied);
    await city.admin`delete from access.duty_right where duty = 'scheme-officer' and "right" = 'city-parameter.approve'`;
    await expect(run("supervisor1", decide(id, "x"))).rejects.toMatchObject(denied);
    expect(await run("supervisor1", decide(id))).toEqual([{ decided: true }]);
    expect(await run("supervisor2", decide(id, "refused"))).toEqual([{ decided: false }]);
    expect(await tried(id, 5), "too late").toEqual([{ record_trial: 0 }]);
  });

  test("ほかの事務の数値は起案も承認もできない", async () => {
    const only = (program: string | null) =>
      city.admin.begin(async (sql) => {
        await sql`set local session_replication_role = replica`;
        await sql`update access.duty_grant g set program = ${program} from access.staff s
          where s.id = g.staff_id and s.login_name = 'scheme1'`;
      });
    await only("child-medical");
    await expect(run("scheme1", propose("vaccination.price", "2026-04-01"))).rejects.toMatchObject(
      denied,
    );
    const [row] = await run("scheme1", propose("medical.shared", "2026-04-01"));
    expect(row?.id).toBeGreaterThan(0);
    await only(null);
  });

  test("一つの数値に、承認待ちは一つだけ", async () => {
    const [row] = await run("scheme1", propose("child-medical.once", "2026-04-01"));
    await expect(run("scheme1", propose("child-medical.once", "2027-04-01"))).rejects.toMatchObject(
      {
        code: "23505",
      },
    );
    await run("supervisor1", decide(row?.id, "refused"));
    await run("scheme1", propose("child-medical.once", "2027-04-01"));
  });

  test("期間の重なりや空きを作れない", async () => {
    const key = "child-medical.periods";
    await approved(key, "2024-04-01");
    await expect(run("scheme1", propose(key, "2024-04-01"))).rejects.toThrow("overlap");
    await expect(run("scheme1", propose(key, "2023-04-01"))).rejects.toThrow("overlap");
    await approved(key, "2025-04-01", "'2026-03-31'");
    await expect(run("scheme1", propose(key, "2026-03-31"))).rejects.toThrow("overlap");
    await expect(run("scheme1", propose(key, "2026-04-02"))).rejects.toThrow("gap");
    await expect(run("scheme1", propose(key, "2026-04-01", "'2026-03-31'"))).rejects.toMatchObject({
      code: "23514",
    });
    await approved(key, "2026-04-01");
  });

  test("名前・出典・確かさ・値の形が違えば起案できない", async () => {
    await expect(run("scheme1", propose("x; drop", "2026-04-01"))).rejects.toMatchObject({
      code: "23514",
    });
    await expect(
      run("scheme1", propose("a.b", "2026-04-01", "null", "null")),
    ).rejects.toMatchObject(denied);
    await expect(
      run(
        "scheme1",
        "select city.propose_parameter('a.b', '{}', '2026-04-01', null, '条', 'established')",
      ),
    ).rejects.toMatchObject(denied);
    await expect(
      run(
        "scheme1",
        "select city.propose_parameter('a.b', '{}', '2026-04-01', null, '条例第5条', 'assumed')",
      ),
    ).rejects.toMatchObject({ code: "23514" });
  });

  test("誰でも読めるが、どの案件が変わるかは起案・承認する人だけに番号で見える", async () => {
    expect(await run("nobody", "select 1 from city.parameter limit 1")).toHaveLength(1);
    const [row] = await run("scheme1", propose("child-medical.seen", "2026-04-01"));
    const look = `select * from city.differences_of(${row?.id}, null, 0, 50)`;
    expect(await run("scheme1", look)).toEqual([]);
    for (const who of ["clerk1", "nobody"] as const)
      await expect(run(who, look)).rejects.toMatchObject(denied);
    expect(await run("clerk1", "select * from city.parameter_difference")).toEqual([]);
  });
});

test("ほかの事務の数値で変わる案件は、その事務の担当者でなければ見えない", async () => {
  const [row] = await run("scheme1", propose("vaccination.seen", "2026-04-01"));
  const person = (await city.admin`select person_number from vault.person limit 1`)[0];
  const caseId = await bareCase(city.admin, person?.person_number);
  await run(
    "system",
    `select city.record_trial(${row?.id}, 1, array['${caseId}']::uuid[], '{child-medical}')`,
  );
  const seen = async () => [
    (await run("scheme1", "select * from city.parameter_difference")).length,
    await run("scheme1", `select case_id from city.differences_of(${row?.id}, null, 0, 50)`).then(
      (rows) => rows.length,
      (error) => error.code,
    ),
  ];
  expect(await seen()).toEqual([1, 1]);
  const only = (program: string | null) =>
    city.admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update access.duty_grant g set program = ${program} from access.staff s
        where s.id = g.staff_id and s.login_name = 'scheme1'`;
    });
  await only("child-medical");
  expect(await seen()).toEqual([0, "42501"]);
  await only(null);
});
