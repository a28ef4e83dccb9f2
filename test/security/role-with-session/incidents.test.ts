import { describe, expect, test } from "vitest";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { incidentV1 } from "#workflows/oversight/incident-machine.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const as = staffSql(city);
const run = (who: TestStaff | "system", statement: string) =>
  as(who, (sql) => sql.unsafe(statement));
const begin = `select oversight.open_incident('2026-11-18', 'leak', false, true, '2026-11-22', '2026-12-17', null) as id`;
const begun = async () => Number((await run("privacy1", begin))[0]?.id);
/** Sealed words of somebody of an incident; whether they open is another matter. */
async function said(who: TestStaff, id: number): Promise<string> {
  const [row] = await run(who, "select gen_random_uuid() as id");
  await run(
    who,
    `select vault.statement_key('incident:${id}', '\\x00'), vault.keep_statement('${row?.id}', 'incident:${id}', 'x', '\\x01')`,
  );
  return String(row?.id);
}

describe("漏えい等の事案", () => {
  test("は、だれにも直接には書けず、権限のない人には見えもしない", async () => {
    const id = await begun();
    for (const who of ["privacy1", "auditor1", "clerk1", "system"] as const)
      for (const statement of [
        "delete from oversight.incident",
        "update oversight.incident set state = 'closed'",
        "update oversight.incident set final_due = '2030-01-01'",
        "insert into oversight.incident default values",
        "delete from oversight.incident_person",
        "update oversight.incident_person set told = 'letter'",
        "delete from oversight.incident_step",
        "insert into oversight.incident_step default values",
      ])
        await expect(run(who, statement), `${who} ${statement}`).rejects.toMatchObject(denied);
    for (const who of ["auditor1", "clerk1", "supervisor1", "admin1", "system"] as const) {
      expect(await run(who, "select id from oversight.incident"), who).toHaveLength(0);
      for (const call of [
        begin,
        `select oversight.write_report(${id}, gen_random_uuid(), 0)`,
        `select oversight.list_people(${id}, '{1000000014}')`,
        `select oversight.assess_incident(${id}, 'leak', false, false, '2026-12-17')`,
        `select oversight.move_incident(${id}, 'found', 'dismiss', '2026-11-20', gen_random_uuid())`,
        `select vault.statement_key('incident:${id}', '\\x00')`,
        "select vault.registered('{1000000014}')",
      ])
        await expect(run(who, call), `${who} ${call}`).rejects.toMatchObject(denied);
    }
  });

  test("の期限を、知った日から遠い日や、過ぎた日に置くことはできない", async () => {
    for (const [known, preliminary, final] of [
      ["2026-11-21", "2026-11-25", "2026-12-20"],
      ["2026-11-18", "2026-12-18", "2026-12-19"],
      ["2026-11-18", "2026-11-22", "2027-06-01"],
      [null, "2026-11-22", "2026-12-17"],
    ])
      await expect(
        run(
          "privacy1",
          `select oversight.open_incident(${known === null ? "null" : `'${known}'`}, 'leak', false, true, '${preliminary}', '${final}', null)`,
        ),
      ).rejects.toMatchObject(denied);
  });

  test("は、機械の知る段階を、ほかの人の言葉によらず、知った日より前の日付にせずに進む", async () => {
    const states = Object.keys(incidentV1.machine.states);
    for (const state of states)
      for (const event of Object.keys(incidentV1.events)) {
        const id = await begun();
        const words = await said("privacy1", id);
        await run("privacy1", `select oversight.write_report(${id}, '${words}', 0)`);
        await city.admin`update oversight.incident set state = ${state} where id = ${id}`;
        await city.admin`insert into oversight.incident_step (incident_id, event, done_on, staff_id, statement_id)
          values (${id}, 'x', '2026-11-19', ${(await city.actor("privacy2")).staffId}, ${words})`;
        const move = (day: string, by: string) =>
          run(
            "privacy1",
            `select oversight.move_incident(${id}, '${state}', '${event}', '${day}', '${by}') as moved`,
          );
        const name = `${state} ${event}`;
        const [way] = incidentV1.machine.states[state]?.transitions.get(event) ?? [];
        for (const day of ["2026-11-17", "2026-11-21"])
          await expect(move(day, words), name).rejects.toMatchObject(denied);
        if (!way) {
          await expect(move("2026-11-20", words), name).rejects.toMatchObject(denied);
          continue;
        }
        const others = await said("privacy2", id);
        await expect(move("2026-11-20", others), name).rejects.toMatchObject(denied);
        expect(await move("2026-11-20", words), name).toEqual([{ moved: true }]);
        const [after] = await city.admin`select state from oversight.incident where id = ${id}`;
        expect(after?.state, name).toBe(way.target?.[0]?.key);
      }
  });

  test("は、最後の手続きをした本人には終結できず、書かれていない報告や通知のない本人を残して進まない", async () => {
    const id = await begun();
    const words = await said("privacy1", id);
    const move = (who: TestStaff, state: string, event: string, by = words) =>
      run(
        who,
        `select oversight.move_incident(${id}, '${state}', '${event}', '2026-11-20', '${by}')`,
      );
    await expect(move("privacy1", "found", "preliminary")).rejects.toMatchObject(denied);
    await run("privacy1", `select oversight.write_report(${id}, '${words}', 8)`);
    await move("privacy1", "found", "preliminary");
    await expect(move("privacy1", "investigating", "final")).rejects.toMatchObject(denied);
    await run("privacy1", `select oversight.write_report(${id}, '${words}', 0)`);
    await move("privacy1", "investigating", "final");
    await city.admin`insert into oversight.incident_person (incident_id, person_number, added_by) values (${id}, '1000000014', 1)`;
    await expect(move("privacy1", "reported", "told")).rejects.toMatchObject(denied);
    await expect(
      run("privacy1", `select oversight.tell_person(${id}, '1000000014', 'letter', '2026-11-21')`),
    ).rejects.toMatchObject(denied);
    await run(
      "privacy1",
      `select oversight.tell_person(${id}, '1000000014', 'letter', '2026-11-20')`,
    );
    await expect(
      run("privacy1", `select oversight.unlist_person(${id}, '1000000014')`),
    ).rejects.toMatchObject(denied);
    await move("privacy1", "reported", "told");
    await move("privacy1", "told", "prevent");
    await expect(move("privacy1", "prevented", "close")).rejects.toMatchObject(denied);
    await move("privacy2", "prevented", "close", await said("privacy2", id));
    await expect(said("privacy1", id)).rejects.toMatchObject(denied);
  });
});
