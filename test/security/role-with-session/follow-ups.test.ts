import { expect, test } from "vitest";
import type { TestStaff } from "#test/support/database.ts";
import { cityWithCases } from "./case-support.ts";

// What movements back in time leave to be done, and certificates that come back: tried by SQL with the session of one person.

const { admin, as, counter, entitlementOf, personOf } = await cityWithCases();
const denied = { code: "42501" };
const { family, toIssued } = counter;

const issued = await toIssued(await family());
const entitlement = await entitlementOf(issued.caseId);
const [card] = await admin<{ id: string }[]>`
  select id from entitlements.certificate where entitlement_id = ${entitlement}`;
const [own] = await admin<{ program: string; office: string; person: string }[]>`
  select program, office_code as office, person_number as person from entitlements.entitlement where id = ${entitlement}`;

/** A follow-up as a decision opens it. */
async function opened(kind: "recover" | "pay-more", month = "2026-08"): Promise<string> {
  const [row] = await admin<{ id: string }[]>`
    insert into entitlements.follow_up (program, office_code, person_number, entitlement_id, case_id, kind, treatment_month, amount, benefit_id, opened_on, opened_at)
    values (${own?.program ?? ""}, ${own?.office ?? ""}, ${own?.person ?? ""}, ${entitlement}, ${issued.caseId}, ${kind}, ${month}, 1200,
      (select coalesce(max(benefit_id), 900000) + 1 from entitlements.follow_up), '2026-11-20', now()) returning id`;
  return row?.id ?? "";
}
const move = (
  who: TestStaff,
  id: string,
  seen: number,
  type: string,
  to: string,
  why: string | null = null,
) =>
  as(who, (sql) => sql`select entitlements.move_follow_up(${id}, ${seen}, ${type}, ${to}, ${why})`);

test("行は、処理する人にも書けず、消せず、他区の人には見えない", async () => {
  const id = await opened("recover");
  for (const statement of [
    `update entitlements.follow_up set state = 'done'`,
    `delete from entitlements.follow_up`,
    `insert into entitlements.suspension (entitlement_id, from_on, reason, case_id) select '${entitlement}', '2026-12-01', 'other', '${issued.caseId}'`,
    `update entitlements.certificate_return set state = 'returned'`,
    `select entitlements.open_follow_ups('${entitlement}', '${issued.caseId}', '{}', true)`,
    `select entitlements.ask_back(array['${card?.id}']::uuid[], 'lost')`,
    `select * from entitlements.consequences('${entitlement}', '{}', '{}')`,
    `select * from entitlements.of_other_insurer('${entitlement}', '${issued.caseId}', '431007')`,
    // No report of an insurance is put into force in this transaction.
    `select entitlements.follow_insurer('${issued.caseId}', '431007')`,
  ])
    await expect(
      as("supervisor1", (sql) => sql.unsafe(statement)),
      statement,
    ).rejects.toMatchObject(denied);
  expect(
    await as("clerk1", (sql) => sql`select from entitlements.follow_up where id = ${id}`),
  ).toHaveLength(1);
  expect(
    await as("east1", (sql) => sql`select from entitlements.follow_up where id = ${id}`),
  ).toHaveLength(0);
  await expect(
    as(
      "east1",
      (sql) => sql`select * from entitlements.preview_insurer(${issued.caseId}, '431007')`,
    ),
  ).rejects.toMatchObject(denied);
  await expect(move("east1", id, 1, "ask-drop", "drop-asked", "mistake")).rejects.toMatchObject(
    denied,
  );
  await expect(
    as("east1", (sql) => sql`select * from entitlements.preview_of(${issued.caseId}, null, null)`),
  ).rejects.toMatchObject(denied);
});

test("回収は、過誤か返還が決まるまで済みにできず、一人では不要にできない", async () => {
  const id = await opened("recover");
  await expect(move("clerk1", id, 1, "settle", "done")).rejects.toMatchObject({ code: "MD011" });
  await expect(move("clerk1", id, 1, "drop", "dropped")).rejects.toMatchObject({ code: "MD011" });
  await expect(move("clerk1", id, 1, "ask-drop", "drop-asked")).rejects.toMatchObject({
    code: "22023",
  });
  await expect(move("clerk1", id, 2, "ask-drop", "drop-asked", "mistake")).rejects.toMatchObject({
    code: "MD014",
  });
  await move("supervisor1", id, 1, "ask-drop", "drop-asked", "mistake").catch(() => undefined);
  const [row] = await admin<{ state: string; revision: number }[]>`
    select state, revision from entitlements.follow_up where id = ${id}`;
  if (row?.state === "drop-asked")
    await expect(move("supervisor1", id, 2, "drop", "dropped")).rejects.toMatchObject({
      code: "MD011",
    });
  else await move("clerk1", id, 1, "ask-drop", "drop-asked", "mistake");
  await expect(move("clerk2", id, 2, "drop", "dropped")).rejects.toMatchObject(denied);
  await move(row?.state === "drop-asked" ? "supervisor2" : "supervisor1", id, 2, "drop", "dropped");
  await expect(move("clerk1", id, 3, "settle", "done")).rejects.toMatchObject({ code: "MD011" });
});

test("案内だけのものは一人で済みにできる", async () => {
  const id = await opened("pay-more");
  await move("clerk1", id, 1, "settle", "done");
});

test("回収の記録は無効になった証にだけでき、停止していない証は渡し直せず、有効な証は未回収に戻せない", async () => {
  const of = card?.id ?? "";
  const moveReturn = (who: TestStaff, seen: number | null, type: string, to: string) =>
    as(who, (sql) => sql`select entitlements.move_return(${of}, ${seen}, ${type}, ${to})`);
  await expect(moveReturn("clerk1", 1, "return", "returned")).rejects.toMatchObject(denied);
  await admin`update entitlements.certificate set ended_on = '2026-11-20', ending = 'cancelled' where id = ${of}`;
  await admin`insert into entitlements.certificate_return (certificate_id, program, office_code, person_number, cause, since_on)
    values (${of}, ${own?.program ?? ""}, ${own?.office ?? ""}, ${own?.person ?? ""}, 'cancelled', '2026-11-20')`;
  await expect(moveReturn("east1", 1, "return", "returned")).rejects.toMatchObject(denied);
  await expect(moveReturn("clerk1", null, "return", "returned")).rejects.toMatchObject({
    code: "MD014",
  });
  await moveReturn("clerk1", 1, "return", "returned");
  await expect(moveReturn("clerk1", 2, "give-again", "kept")).rejects.toMatchObject({
    code: "MD011",
  });
  await moveReturn("clerk1", 2, "reopen", "outstanding");
  await admin`update entitlements.certificate set ended_on = null, ending = null where id = ${of}`;
  await moveReturn("clerk1", 3, "keep", "kept");
  await expect(moveReturn("clerk1", 4, "reopen", "outstanding")).rejects.toMatchObject({
    code: "MD011",
  });
});

test("満了と、満了・未回収の対象者は、そのための権限のある人だけが扱える", async () => {
  for (const who of ["clerk1", "supervisor1"] as const) {
    await expect(
      as(who, (sql) => sql`select entitlements.expire('child-medical', true, 500)`),
    ).rejects.toMatchObject(denied);
    for (const asked of [
      "select * from entitlements.ending_on('child-medical', 'card', '2027-03-31', null)",
      "select * from entitlements.still_out('child-medical', '2027-03-31', null)",
    ])
      if (who === "clerk1")
        await expect(
          as(who, (sql) => sql.unsafe(asked)),
          asked,
        ).rejects.toMatchObject(denied);
  }
  for (const asked of [
    `select entitlements.remind_by_run('${issued.caseId}', array['${card?.id}']::uuid[])`,
    `select entitlements.withdraw_reminders('${issued.caseId}')`,
  ])
    await expect(
      as("operator1", (sql) => sql.unsafe(asked)),
      asked,
    ).rejects.toMatchObject(denied);
  const id = await opened("pay-more", "2026-09");
  expect(
    await as("east1", (sql) => sql`select entitlements.met(array[${id}]::uuid[]) as ids`),
  ).toEqual([{ ids: [] }]);
  await expect(
    as("nobody", (sql) => sql`select entitlements.met(array[${id}]::uuid[]) as ids`),
  ).rejects.toMatchObject(denied);
});

test("返還は、その仕事の人に、その資格の異動から、その額までしか起案できない", async () => {
  const id = await opened("recover", "2026-07");
  const other = await toIssued(await family());
  const propose = (given: { person?: string; yen?: number; source?: string; caseId?: string }) =>
    as("clerk1", async (sql) => {
      const person = given.person ?? own?.person ?? "";
      const caseId = given.caseId ?? issued.caseId;
      const sealed = crypto.randomUUID();
      await sql`select vault.put_sealed(array[${sealed}]::uuid[], ${[person]}::text[], 'child-medical', 'payment-comment', null, array['\\x00'::bytea])`;
      await sql`select repayments.propose('child-medical', 'follow-up', ${given.source ?? id}, ${caseId}, ${person}, 'after-loss', ${given.yen ?? 1200}, '2027-01-31', ${sealed})`;
    });
  const stranger = await personOf(other.caseId);
  for (const wrong of [
    { yen: 1201 },
    { source: crypto.randomUUID() },
    { person: stranger, caseId: other.caseId },
    { caseId: other.caseId },
  ])
    await expect(propose(wrong), JSON.stringify(wrong)).rejects.toMatchObject({ code: "22023" });
  await propose({ yen: 1000 });
});
