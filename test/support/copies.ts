import type { Sql } from "postgres";

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
      returning id),
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
        from made, approvals.entry e where e.case_id = ${caseId})
    insert into approvals.approval (case_id, subject, prepared_revision, prepared_by, entered_by)
    select made.id, a.subject, a.prepared_revision, a.prepared_by, a.entered_by
      from made, approvals.approval a where a.case_id = ${caseId}`;
  });
}
