import type { Sql } from "postgres";
import { latestEntry, openEntry } from "#src/platform/intake/index.ts";
import { putSealed } from "#src/platform/vault/index.ts";
import { runWork } from "#src/platform/work.ts";
import { writePeople } from "#test/support/register.ts";
import type { TestPlatform } from "./database.ts";
import { invented } from "./people.ts";

/**
 * Copies of a case as it stands, numbered from R8-900001 on and received on the 30 days before it: a queue in one statement,
 * where playing it would take minutes. Made behind the curtain.
 */
export async function copyCase(admin: Sql, caseId: string, count: number): Promise<void> {
  await admin.begin(async (sql) => {
    // Without the triggers, which name the staff member of a session.
    await sql`set local session_replication_role = replica`;
    await sql`
    with made as (
      insert into cases.case (number, program, kind, machine_version, person_number, office_code, state, state_since, revision,
                              received_on, opened_by, opening_key)
      select 'R8-' || (900000 + last + n)::text, program, kind, machine_version, person_number, office_code, state,
             state_since - n % 30 * interval '1 day', revision, received_on - n % 30, opened_by, 'copy ' || id || (last + n)
        from cases.case, generate_series(1, ${count}) n,
             (select count(*) as last from cases.case where opening_key like 'copy %') c
       where id = ${caseId}
      returning id, received_on),
    members as (
      insert into cases.member (case_id, person_number, role, from_revision)
      select made.id, m.person_number, m.role, m.from_revision from made, cases.member m where m.case_id = ${caseId}),
    events as (
      insert into cases.event (case_id, revision, type, act, from_state, to_state, staff_id, at, business_date, idempotency_key, detail)
      select made.id, e.revision, e.type, e.act, e.from_state, e.to_state, e.staff_id, e.at, e.business_date, e.idempotency_key, e.detail
        from made, cases.event e where e.case_id = ${caseId}),
    entries as (
      insert into approvals.entry (case_id, person_number, revision, sealed_id, entered_by, confirmed_by, confirmed_at)
      select made.id, e.person_number, e.revision, e.sealed_id, e.entered_by, e.confirmed_by, e.confirmed_at
        from made, approvals.entry e where e.case_id = ${caseId}),
    proposals as (
      insert into approvals.approval (case_id, subject, prepared_revision, prepared_by, entered_by)
      select made.id, a.subject, a.prepared_revision, a.prepared_by, a.entered_by
        from made, approvals.approval a where a.case_id = ${caseId}
      returning id, case_id)
    -- What is granted begins with the day of the application.
    insert into entitlements.proposed_period (case_id, approval_id, person_number, kind, valid_from, valid_to, reason)
    select made.id, a.id, p.person_number, p.kind, p.valid_from + (made.received_on - c.received_on), p.valid_to, p.reason
      from made join proposals a on a.case_id = made.id, entitlements.proposed_period p join cases.case c on c.id = p.case_id
     where p.case_id = ${caseId}`;
  });
}

/**
 * Proposals as one that waits for its decision, each of another invented child with its own sealed application: many that can
 * really be decided, where playing them would take minutes. Gives the cases in their order.
 */
export async function copyProposals(
  city: TestPlatform,
  caseId: string,
  count: number,
): Promise<string[]> {
  const children = Array.from({ length: count }, () =>
    invented({
      birthDate: "2026-05-10",
      residence: { from: "2026-05-10", fromReason: "birth" },
    }),
  );
  const fathers = children.map(({ householdNumber }) =>
    invented({
      householdNumber,
      name: { kanji: "試験　太郎", kana: "シケン　タロウ" },
      birthDate: "1995-04-01",
      sex: "male",
      isHead: true,
      relationship: "02",
      residence: { from: "1995-04-01", fromReason: "birth" },
    }),
  );
  const written = await runWork(city.platform, await city.system(), { purpose: "feed" }, (work) =>
    writePeople(
      work,
      [...children, ...fathers].map((record) => ({ record })),
    ),
  );
  const persons = written.slice(0, count);
  const known = new Set((await casesOf(city.admin)).map(({ id }) => id));
  await copyCase(city.admin, caseId, count);
  const made = (await casesOf(city.admin)).filter(({ id }) => !known.has(id)).map(({ id }) => id);
  const options = { purpose: "counter", program: "child-medical" } as const;
  const sealed = await runWork(city.platform, await city.actor("clerk1"), options, async (work) => {
    const entry = await latestEntry(work, caseId);
    const [piece] = entry ? await openEntry(work, entry) : [];
    const ids: string[] = [];
    for (const [n, holder] of persons.entries()) {
      const record = { holder, program: options.program, kind: "application" };
      ids.push(await putSealed(work, { ...record, caseId: made[n], data: piece?.data }));
    }
    return ids;
  });
  await city.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`create temporary table copy_of on commit drop as
      select * from unnest(${made}::uuid[], ${persons}::text[], ${sealed}::uuid[]) x(case_id, person_number, sealed_id)`;
    await sql`update cases.case c set person_number = x.person_number from copy_of x where c.id = x.case_id`;
    await sql`update cases.member m set person_number = x.person_number from copy_of x where m.case_id = x.case_id`;
    await sql`update entitlements.proposed_period p set person_number = x.person_number from copy_of x where p.case_id = x.case_id`;
    await sql`update approvals.entry e set person_number = x.person_number, sealed_id = x.sealed_id from copy_of x where e.case_id = x.case_id`;
  });
  return made;
}

const casesOf = (admin: Sql) => admin<{ id: string }[]>`select id from cases.case order by number`;
