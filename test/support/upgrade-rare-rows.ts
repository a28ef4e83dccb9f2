import type { Sql } from "postgres";

/** Rows that no step of the first release leaves so, and that came into its tables in another way, such as with old data. */
export const strangers = {
  numbered: "9000000001",
  granted: "9000000002",
  lost: "9000000003",
  revoked: "9000000004",
};
/** An entry that was corrected before it was put into force. */
export const replaced = "00000000-0000-4000-8000-000000000001";

/**
 * Adds to tables of the first release what no step leaves there.
 *
 * @param corrected a report that was put into force
 */
export async function addRareRows(sql: Sql, corrected: string): Promise<void> {
  await sql`set session_replication_role = replica`;
  for (const [n, person] of Object.values(strangers).entries()) {
    await sql`insert into child_medical.recipient values (${person}, ${`900000${n}`})`;
    if (person === strangers.numbered) continue;
    const status = Object.entries(strangers).find(([, one]) => one === person)?.[0] ?? "";
    const endedOn = status === "granted" ? null : status === "lost" ? "2026-10-01" : "2026-04-01";
    const reason = { granted: null, lost: "other", revoked: "revoked" }[status] ?? null;
    await sql`
      with c as (insert into cases.case (number, program, kind, machine_version, person_number, office_code, state, received_on, opened_by, opening_key)
        values (${`R7-90000${n}`}, 'child-medical', 'child-medical', 1, ${person}, '431010', 'certified', '2026-03-20', 1, ${person}) returning id)
      insert into child_medical.entitlement (person_number, case_id, recipient_number, office_code, valid_from, valid_to, granted_to, granted_on, status, lost_on, loss_reason)
      select ${person}, id, ${`900000${n}`}, '431010', '2026-04-01', ${status === "lost" ? "2026-09-30" : "2040-03-31"}, '2040-03-31', '2026-03-25',
             ${status}, ${endedOn}, ${reason} from c`;
  }
  await sql`
    insert into approvals.entry (case_id, revision, sealed_id, entered_by)
    values (${corrected}, 2, ${replaced}, 1)`;
  await sql`set session_replication_role = origin`;
}
