import { describe, expect, test } from "vitest";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { findingOf } from "#test/support/findings.ts";
import { findingV1 } from "#workflows/oversight/finding-machine.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const as = staffSql(city);
const run = (who: TestStaff | "system", statement: string) =>
  as(who, (sql) => sql.unsafe(statement));
const people = ["1000000014", "1000000022"];
const about = await findingOf(city, "clerk1", { people });
const mine = await findingOf(city, "auditor1", { people });
const idOf = async (who: TestStaff) => (await city.actor(who)).staffId;
/** Says something sealed of a finding, as bytes; whether it opens is another matter. */
const said = (of: number) => `vault.statement_key('finding:${of}', '\\x00'),
  vault.keep_statement('00000000-0000-4000-8000-00000000000${of}', 'finding:${of}', 'justify', '\\x01')`;

describe("アクセスの点検の指摘", () => {
  test("は、だれにも書けず、消せず、書き換えられない", async () => {
    const tables = [
      "finding",
      "finding_record",
      "finding_step",
      "analysed_day",
      "own_number",
      '"limit"',
    ];
    for (const who of ["auditor1", "clerk1", "admin1", "system"] as const)
      for (const table of tables)
        for (const statement of [
          `delete from oversight.${table}`,
          `update oversight.${table} set ${table === '"limit"' ? "value = 1" : table === "analysed_day" ? "looks = 0" : table === "own_number" ? "person_number = 'x'" : table === "finding" ? "state = 'justified'" : "finding_id = 1"}`,
          `insert into oversight.${table} default values`,
        ])
          await expect(run(who, statement), `${who} ${statement}`).rejects.toMatchObject(denied);
  });

  test("は、権限のない人には見えず、権限があっても自分についてのものは見えない", async () => {
    for (const who of ["clerk1", "supervisor1", "admin1", "approver1"] as const)
      expect(await run(who, "select id from oversight.finding"), who).toHaveLength(0);
    expect(await run("auditor1", "select id from oversight.finding")).toEqual([{ id: about }]);
    await expect(
      run("auditor1", `select * from oversight.records_of(${mine}, 10, 0)`),
    ).rejects.toMatchObject(denied);
    await expect(
      run("clerk1", `select * from oversight.records_of(${about}, 10, 0)`),
    ).rejects.toMatchObject(denied);
    expect(
      await run("auditor1", `select * from oversight.records_of(${about}, 10, 0)`),
    ).toHaveLength(2);
  });

  test("は、自分についてのものを自分で処理できず、求められていない人は説明できない", async () => {
    for (const event of ["ask", "justify", "incident"]) {
      const ask = event === "ask" ? await idOf("clerk1") : "null";
      await expect(
        run("auditor1", `select oversight.move_finding(${mine}, 'open', '${event}', ${ask}, null)`),
      ).rejects.toMatchObject(denied);
      await expect(
        run("clerk1", `select oversight.move_finding(${about}, 'open', '${event}', ${ask}, null)`),
      ).rejects.toMatchObject(denied);
    }
    await expect(run("auditor1", `select ${said(mine)}`)).rejects.toMatchObject(denied);
    await expect(run("clerk1", `select ${said(about)}`)).rejects.toMatchObject(denied);
  });

  test("は、説明や理由なしに、または他人の言葉で終わらせられない", async () => {
    for (const event of ["justify", "incident"])
      await expect(
        run("auditor1", `select oversight.move_finding(${about}, 'open', '${event}', null, null)`),
      ).rejects.toMatchObject(denied);
    await expect(
      run(
        "auditor1",
        `select oversight.move_finding(${about}, 'open', 'justify', null, gen_random_uuid())`,
      ),
    ).rejects.toMatchObject(denied);
  });

  test("は、機械の知る段階しか進まない", async () => {
    const states = Object.keys(findingV1.machine.states);
    for (const state of states)
      for (const event of Object.keys(findingV1.events)) {
        const id = await findingOf(city, "clerk2", { people });
        await city.admin`update oversight.finding set state = ${state},
          asked_of = ${state === "asked" || state === "explained" ? await idOf("auditor1") : null} where id = ${id}`;
        const statement = "gen_random_uuid()";
        const tried = as("auditor1", async (sql) => {
          let words = "null";
          if (event !== "ask") {
            const [row] = await sql<{ id: string }[]>`select ${sql.unsafe(statement)} as id`;
            words = `'${row?.id}'`;
            if (["open", "asked", "explained"].includes(state))
              await sql.unsafe(
                `select vault.statement_key('finding:${id}', '\\x00'), vault.keep_statement(${words}, 'finding:${id}', 'x', '\\x01')`,
              );
          }
          await sql.unsafe(
            `select oversight.move_finding(${id}, '${state}', '${event}', ${event === "ask" ? await idOf("clerk2") : "null"}, ${words})`,
          );
          const [after] = await sql.unsafe(`select state from oversight.finding where id = ${id}`);
          return after?.state;
        });
        const [way] = findingV1.machine.states[state]?.transitions.get(event) ?? [];
        const name = `${state} ${event}`;
        if (way) expect(await tried, name).toBe(way.target?.[0]?.key);
        else await expect(tried, name).rejects.toMatchObject(denied);
      }
  });

  test("の言葉は、処理する人と求められた人のほかには開けず、開けば記録が残る", async () => {
    await as("auditor1", (sql) => sql.unsafe(`select ${said(about)}`));
    const open = `select id from vault.statements_of('finding:${about}')`;
    for (const who of ["clerk1", "supervisor1", "number1", "operator1"] as const)
      expect(await run(who, open), who).toHaveLength(0);
    const before = await city.admin`select id from audit.record where action = 'statement.look'`;
    expect(await run("auditor1", open)).toHaveLength(1);
    const after = await city.admin`select id from audit.record where action = 'statement.look'`;
    expect(after.length - before.length).toBe(1);
    for (const who of ["clerk1", "supervisor1", "auditor1", "system"] as const)
      await expect(
        run(who, `select * from vault.get_sealed('{00000000-0000-4000-8000-00000000000${about}}')`),
        who,
      ).rejects.toMatchObject(denied);
  });

  test("を作る点検は、定時処理だけが、終わった日について一度だけできる", async () => {
    const call = (day: string) => `select oversight.analyse('${day}', false, '{}', '{}')`;
    for (const who of ["auditor1", "admin1", "clerk1"] as const) {
      await expect(run(who, call("2026-11-01")), who).rejects.toMatchObject(denied);
      await expect(run(who, "select oversight.days_due()"), who).rejects.toMatchObject(denied);
      await expect(
        run(who, "select oversight.surname_candidates('2026-11-01', '{}', '{}')"),
      ).rejects.toMatchObject(denied);
      for (const secret of [
        "oversight.looks_of('2026-11-01')",
        "vault.named('{}', '{}')",
        "vault.living_together('{}', '{}')",
        "vault.protected_among('{}', '2026-11-01')",
      ])
        await expect(run(who, `select * from ${secret}`), secret).rejects.toMatchObject(denied);
    }
    await run("system", call("2026-11-01"));
    await expect(run("system", call("2026-11-01"))).rejects.toMatchObject(denied);
    await expect(run("system", call("2126-11-01"))).rejects.toMatchObject(denied);
  });

  test("に使う届出の番号は、自分のものを自分では登録できない", async () => {
    const call = (who: number) => `select oversight.declare_number(${who}, '1000000014')`;
    await expect(run("auditor1", call(await idOf("auditor1")))).rejects.toMatchObject(denied);
    await expect(run("clerk1", call(await idOf("clerk2")))).rejects.toMatchObject(denied);
    await run("auditor1", call(await idOf("clerk2")));
    expect(await run("clerk1", "select * from oversight.own_number")).toHaveLength(0);
  });
});
