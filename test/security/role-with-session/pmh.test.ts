import { afterAll, beforeAll, expect, test } from "vitest";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { openHub, pmhOf } from "#test/support/pmh.ts";
import { denied, staffSql } from "./support.ts";

// PMH登録：権限のある一人が、画面を通らずにSQLで試みること。

const city = await openTestPlatform();
const as = staffSql(city);
const pmh = pmhOf(city);
const counter = counterOf(city);
const hub = await openHub();
afterAll(() => hub.close());
const run = <Row extends object = Record<string, unknown>>(
  who: TestStaff | "system",
  statement: string,
) =>
  as(who, (sql) => sql.unsafe<Row[]>(statement), {
    "app.purpose": "feed",
    "app.program": "child-medical",
  });
const everybody = ["operator1", "supervisor1", "number1", "clerk1", "admin1", "nobody"] as const;
const isGone = { code: "MD011" };

beforeAll(async () => {
  await counter.toIssued(await counter.family());
  await pmh.setUp({ address: hub.address });
}, 60_000);

/** A run that stands where it is asked to. */
async function aRun(state: "prepared" | "awaiting-approval" | "sending"): Promise<string> {
  await city.admin`update vault.person set revision = revision + 1`;
  await city.admin`update pmh.line set state = 'released', reason = 'not-sent', answered_at = null where state in ('ready', 'accepted')`;
  const id = await pmh.gather();
  if (state !== "prepared") await pmh.step("operator1", id, "submit");
  if (state === "sending") await pmh.step("supervisor1", id, "approve");
  return id;
}
const revision = async (id: string) => (await pmh.read(id)).run.revision;

test("表は、だれの権限でも直接には書けず、中の関数は呼べない", async () => {
  await aRun("prepared");
  for (const who of ["operator1", "supervisor1", "number1", "system"] as const) {
    for (const table of ["pmh.run", "pmh.run_event", "pmh.line"])
      for (const statement of [`insert into ${table} default values`, `delete from ${table}`])
        await expect(run(who, statement), statement).rejects.toMatchObject(denied);
    for (const statement of [
      "update pmh.run set state = 'sending', approved_by = 1",
      "update pmh.line set state = 'accepted', answered_at = now()",
      "update pmh.line set recipient_number = '0000000'",
      "select * from vault.pmh_people(array['1000000011'], 1)",
      "select * from vault.pmh_facts(array['1000000011'])",
      "select pmh.step_run(null, 'approve', 'sending', null)",
      "select * from pmh.differences('child-medical', false)",
      "select pmh.keep_event(gen_random_uuid(), 1, 'approve', '', 'sending')",
    ])
      await expect(run(who, statement), `${who} ${statement}`).rejects.toMatchObject(denied);
  }
});

test("個人番号は、別の職員が承認した回の、送信の段階でだけ、その役の者だけに出る", async () => {
  for (const state of ["prepared", "awaiting-approval"] as const) {
    const id = await aRun(state);
    await expect(run("system", `select * from pmh.take_rows('${id}', 10)`)).rejects.toMatchObject(
      isGone,
    );
    await pmh.step("operator1", id, "cancel");
  }
  const id = await aRun("sending");
  for (const who of everybody)
    await expect(run(who, `select * from pmh.take_rows('${id}', 10)`), who).rejects.toMatchObject(
      denied,
    );
  expect(await run("system", `select * from pmh.take_rows('${id}', 10)`)).toHaveLength(1);
  // It is that sender's own for a while.
  expect(await run("system", `select * from pmh.take_rows('${id}', 10)`)).toHaveLength(0);
  const [log] =
    await city.admin`select person_number, items from audit.record where action = 'pmh.person-sent' order by id desc limit 1`;
  expect(log).toMatchObject({ items: expect.arrayContaining(["individual-number"]) });
  expect(log?.person_number).toMatch(/^\d{10}$/);
  await expect(run("system", `select * from pmh.take_rows('${id}', null)`)).rejects.toThrow(
    "not so many",
  );
});

test("自分で集めて承認することも、承認や回答を偽ることもできない", async () => {
  const id = await aRun("awaiting-approval");
  await city.admin`insert into access.duty_right (duty, "right") values ('batch-operator', 'pmh.approve')`;
  const move = async (who: TestStaff | "system", event: string, to: string, seen?: number | null) =>
    run(
      who,
      `select pmh.move_run('${id}', ${seen === undefined ? await revision(id) : seen}, '${event}', '${to}')`,
    );
  await expect(move("operator1", "approve", "sending")).rejects.toMatchObject(isGone);
  await city.admin`delete from access.duty_right where duty = 'batch-operator' and "right" = 'pmh.approve'`;
  for (const who of ["operator1", "operator2", "number1", "clerk1", "system"] as const)
    await expect(move(who, "approve", "sending"), who).rejects.toMatchObject(denied);
  await expect(move("supervisor1", "approve", "answered")).rejects.toMatchObject(isGone);
  await expect(move("supervisor1", "approve", "sending", null)).rejects.toMatchObject({
    code: "MD014",
  });
  await expect(move("supervisor1", "finish", "answered")).rejects.toThrow();
  await move("supervisor1", "approve", "sending");
  const [line] = await pmh.lines(id);
  const answer = (who: TestStaff | "system", outcome = "'accepted'") =>
    run(
      who,
      `select pmh.record_answers('${id}', array[${line?.id}]::bigint[], array[${outcome}]::text[], array[null]::text[]) as answered`,
    );
  for (const who of everybody) await expect(answer(who), who).rejects.toMatchObject(denied);
  await expect(answer("system", "'sent'")).rejects.toThrow("not answers");
  await expect(answer("system", "null")).rejects.toThrow("not answers");
  expect(await answer("system"), "it was never handed out").toEqual([{ answered: 0 }]);
  for (const who of everybody) {
    await expect(run(who, `select pmh.interrupt('${id}', 'timeout')`), who).rejects.toMatchObject(
      denied,
    );
    await expect(run(who, `select pmh.give_back('${id}', '{}')`), who).rejects.toMatchObject(
      denied,
    );
  }
  await expect(
    run("system", `select pmh.interrupt('${id}', 'because of 試験 花子')`),
  ).rejects.toThrow("not a reason");
  await expect(run("operator1", `select pmh.settle(${line?.id}, 'again')`)).resolves.toEqual([
    { settle: false },
  ]);
  await expect(run("supervisor1", `select pmh.settle(${line?.id}, 'again')`)).rejects.toMatchObject(
    denied,
  );
});

test("集めたあとに支援措置や不開示となった人は、不開示として送られるか、まったく送られない", async () => {
  const rows = (id: string) =>
    run<{ not_disclosed: boolean }>(
      "system",
      `select not_disclosed from pmh.take_rows('${id}', 10)`,
    );
  for (const way of ["flag", "leave-out"] as const) {
    await pmh.setUp({ address: hub.address, notDisclosed: way });
    const id = await aRun("sending");
    const before = await pmh.lines(id);
    expect(before.filter((line) => line.operation === "register")).toMatchObject([
      { notDisclosed: false },
    ]);
    await city.admin`update vault.person set protected_from = '2026-04-01' where person_number = ${before[0]?.personNumber ?? ""}`;
    const sent = await rows(id);
    expect(
      sent.map((row) => row.not_disclosed),
      way,
    ).toEqual(way === "flag" ? [true] : []);
    const [line] = (await pmh.lines(id)).filter(({ operation }) => operation === "register");
    expect(line, way).toMatchObject(
      way === "flag" ? { state: "ready", notDisclosed: true } : { state: "released" },
    );
    await city.admin`update vault.person set protected_from = null`;
    await pmh.step("supervisor1", id, "stop");
    await pmh.step("supervisor1", id, "end");
  }
  await pmh.setUp({ address: hub.address });
});

test("権限のない人、区に限られた人、ほかの事務の人には、回も行も見えず、送信も頼めない", async () => {
  const id = await aRun("sending");
  for (const who of ["clerk1", "east1", "admin1", "nobody"] as const) {
    expect(await run(who, "select id from pmh.run"), who).toEqual([]);
    expect(await run(who, "select id from pmh.line"), who).toEqual([]);
    await expect(run(who, "select * from pmh.waiting('child-medical')"), who).rejects.toMatchObject(
      denied,
    );
    await expect(run(who, "select pmh.gather('child-medical')"), who).rejects.toMatchObject(denied);
    await expect(
      run(
        who,
        `insert into jobs.task (queue, subject_id, reason, program, requested_by)
        select 'pmh.send', '${id}', 'x', 'child-medical', access.staff_id()`,
      ),
      who,
    ).rejects.toMatchObject(denied);
  }
  await city.admin`alter table access.duty_grant disable trigger user`;
  await city.admin`update access.duty_grant set office_code = '431010' where duty = 'batch-operator'`;
  expect(await run("operator1", "select id from pmh.line")).toEqual([]);
  await city.admin`update access.duty_grant set office_code = null, program = 'vaccination' where duty = 'batch-operator'`;
  expect(await run("operator1", "select id from pmh.run")).toEqual([]);
  await expect(run("operator1", "select pmh.gather('child-medical')")).rejects.toMatchObject(
    denied,
  );
});
