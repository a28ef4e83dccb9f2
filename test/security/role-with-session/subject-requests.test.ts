import { describe, expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { subjectRequestV1 } from "#workflows/oversight/subject-request-machine.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const as = staffSql(city);
const run = (who: TestStaff | "system", statement: string) =>
  as(who, (sql) => sql.unsafe(statement));
const record = invented();
const [number = ""] = await runWork(
  city.platform,
  await city.system(),
  { purpose: "feed" },
  (work) => writePeople(work, [{ record }]),
);
const begin = (due = "2026-12-18", received = "2026-11-18", asker = "self", how = "number-card") =>
  `select oversight.open_subject_request('disclosure', '${number}', '${record.birthDate}', '${asker}', '${how}', '{}', false, '${received}', null, '${due}') as id`;
const begun = async () => Number((await run("privacy1", begin()))[0]?.id);
async function said(who: TestStaff, id: number): Promise<string> {
  const [row] = await run(who, "select gen_random_uuid() as id");
  await run(
    who,
    `select vault.statement_key('subject-request:${id}', '\\x00'), vault.keep_statement('${row?.id}', 'subject-request:${id}', 'x', '\\x01')`,
  );
  return String(row?.id);
}
const move = (
  id: number,
  how: string,
  more: { state: string; said: string; day?: string; proposal?: string; until?: string },
) =>
  `select oversight.move_subject_request(${id}, '${more.state}', '${how}', '${more.day ?? "2026-11-20"}', '${more.said}', ${more.proposal ?? "null, null, '{}'"}, ${more.until ? `'${more.until}'` : "null"}) as moved`;
const reads = (id: number) => [
  `select oversight.held_of(${id})`,
  `select vaccination.held_of(${id})`,
  `select relief.held_of(${id})`,
  `select * from vault.look_for_request(${id}, '{name}')`,
  `select * from vault.entries_for_request(${id})`,
  `select clinic_claims.held_of(${id})`,
];

describe("本人からの請求", () => {
  test("は、だれにも直接には書けず、権限のない人には見えもしない", async () => {
    const id = await begun();
    for (const who of ["privacy1", "auditor1", "clerk1", "system"] as const)
      for (const statement of [
        "delete from oversight.subject_request",
        "update oversight.subject_request set state = 'decided'",
        "update oversight.subject_request set due_on = '2030-01-01'",
        "update oversight.subject_request set person_number = '1000000014'",
        "insert into oversight.subject_request default values",
        "delete from oversight.subject_request_step",
        "insert into oversight.subject_request_step default values",
        `select oversight.subject_of(${id}, false)`,
        `select * from oversight.entries_of_request(${id})`,
        `select oversight.program_of_request(${id})`,
      ])
        await expect(run(who, statement), `${who} ${statement}`).rejects.toMatchObject(denied);
    for (const who of ["auditor1", "clerk1", "supervisor1", "admin1", "system"] as const) {
      expect(await run(who, "select id from oversight.subject_request"), who).toHaveLength(0);
      for (const call of [
        begin(),
        move(id, "investigate", { state: "received", said: crypto.randomUUID() }),
        `select vault.statement_key('subject-request:${id}', '\\x00')`,
        ...reads(id),
      ])
        await expect(run(who, call), `${who} ${call}`).rejects.toMatchObject(denied);
    }
  });

  test("は、遠い期限、先の日、代理人の資格のないまま、書類のないまま始められず、番号と生年月日の合わない方のものにならない", async () => {
    for (const call of [
      begin("2027-11-18"),
      begin("2026-11-18"),
      begin("2026-12-25", "2026-11-25"),
      begin("2026-12-18", "2026-11-18", "agent"),
      begin("2026-12-18", "2026-11-18", "self", "two-documents"),
    ])
      await expect(run("privacy1", call), call).rejects.toMatchObject(denied);
    const wrong = begin().replace(record.birthDate, "1901-01-01");
    expect(await run("privacy1", wrong)).toEqual([{ id: null }]);
  });

  test("がない方、まだ調査していない方、終わった方の記録は、担当にも開けない", async () => {
    const id = await begun();
    const [held = "", vaccinations = "", relief = "", person = "", entries = ""] = reads(id);
    for (const call of [...reads(id + 1000), held, vaccinations, relief, entries])
      await expect(run("privacy1", call), call).rejects.toMatchObject(denied);
    expect(await run("privacy1", person)).toHaveLength(1);
    await city.admin`update oversight.subject_request set state = 'investigating' where id = ${id}`;
    const [before] = await city.admin`select coalesce(max(id), 0) as id from audit.record`;
    for (const call of reads(id)) await run("privacy1", call);
    const logged = await city.admin<{ action: string }[]>`
      select action from audit.record where id > ${before?.id} and person_number = ${number} and purpose is not null order by id`;
    expect(logged.map(({ action }) => action)).toEqual([
      "subject-request.held",
      "vaccination.held",
      "relief.held",
      "person.look",
      "sealed.look",
      "clinic-claim.held",
    ]);
    for (const state of ["closed", "withdrawn"]) {
      await city.admin`update oversight.subject_request set state = ${state} where id = ${id}`;
      for (const call of reads(id))
        await expect(run("privacy1", call), `${state} ${call}`).rejects.toMatchObject(denied);
    }
  });

  test("は、機械の知る段階を、ほかの人の言葉によらず、受け付けた日より前の日付にせずに進む", async () => {
    for (const state of Object.keys(subjectRequestV1.machine.states))
      for (const event of Object.keys(subjectRequestV1.events)) {
        const id = await begun();
        const [words, others] = [await said("privacy1", id), await said("privacy2", id)];
        const { staffId } = await city.actor("privacy2");
        const outcome = event === "close" && state === "notified" ? "refused" : "whole";
        await city.admin`update oversight.subject_request set state = ${state}, prepared_by = ${staffId}, outcome = ${outcome} where id = ${id}`;
        const more = {
          state,
          ...(event === "propose" && { proposal: "'whole', null, '{}'" }),
          ...(event === "extend" && { until: "2027-01-17" }),
        };
        const name = `${state} ${event}`;
        for (const wrong of [
          { ...more, said: words, day: "2026-11-17" },
          { ...more, said: words, day: "2026-11-21" },
          { ...more, said: others },
        ])
          await expect(run("privacy1", move(id, event, wrong)), name).rejects.toMatchObject(denied);
        const right = move(id, event, { ...more, said: words });
        const [way] = subjectRequestV1.machine.states[state]?.transitions.get(event) ?? [];
        if (!way) {
          await expect(run("privacy1", right), name).rejects.toMatchObject(denied);
          continue;
        }
        expect(await run("privacy1", right), name).toEqual([{ moved: true }]);
        const [after] =
          await city.admin`select state from oversight.subject_request where id = ${id}`;
        expect(after?.state, name).toBe(way.target?.[0]?.key);
      }
  });

  test("は、案を作った本人には決定できず、期限は二度も遠くへも延ばせず、知らない理由や部分は書けない", async () => {
    const id = await begun();
    const words = await said("privacy1", id);
    const at = (state: string) => ({ state, said: words });
    const extend = (until: string) => move(id, "extend", { ...at("received"), until });
    await expect(run("privacy1", extend("2027-03-01"))).rejects.toMatchObject(denied);
    await expect(run("privacy1", extend("2026-12-01"))).rejects.toMatchObject(denied);
    await run("privacy1", extend("2027-01-17"));
    await expect(run("privacy1", extend("2027-02-16"))).rejects.toMatchObject(denied);
    await run("privacy1", move(id, "investigate", at("received")));
    for (const proposal of [
      "null, null, '{}'",
      "'all', null, '{}'",
      "'refused', null, '{}'",
      "'refused', 'because', '{}'",
      "'whole', 'duties', '{}'",
      "'part', 'duties', '{}'",
      "'part', 'duties', '[]'",
      `'part', 'duties', '{"everything": "duties"}'`,
      `'part', 'duties', '{"looks": "because"}'`,
      `'part', 'duties', '{"looks": null}'`,
      `'whole', null, '{"looks": "duties"}'`,
    ])
      await expect(
        run("privacy1", move(id, "propose", { ...at("investigating"), proposal })),
        proposal,
      ).rejects.toMatchObject(denied);
    const proposal = `'part', 'duties', '{"looks": "duties"}'`;
    await run("privacy1", move(id, "propose", { ...at("investigating"), proposal }));
    await expect(run("privacy1", move(id, "decide", at("awaiting")))).rejects.toMatchObject(denied);
    expect(await run("privacy2", move(id, "decide", { state: "received", said: words }))).toEqual([
      { moved: false },
    ]);
  });
});
