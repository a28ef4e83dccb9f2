import type { CaseRow } from "#src/platform/cases/index.ts";
import { presetOf } from "#src/platform/city/index.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { ChangeContext } from "#workflows/child-medical/change-machine.ts";
import type { ApplicationContext } from "#workflows/child-medical/machine.ts";
import { periodArea } from "#workflows/child-medical/presets.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type CalculatedPeriod, calculatePeriod } from "./period.ts";

/** The period as the city's rules give it for this application; asks the register for dates only. */
export async function periodOf(work: Work, found: CaseRow): Promise<CalculatedPeriod> {
  const child = await lookAtPerson(work, found.personNumber, ["facts"]);
  if (!child) throw new Error("the child of an application is in the register");
  const appliedOn = found.receivedOn as IsoDate;
  const { from: residentFrom, to: residentTo } = child.residence;
  return calculatePeriod(
    { birth: child.birthDate, appliedOn, residentFrom, ...(residentTo ? { residentTo } : {}) },
    await presetOf(work, periodArea, appliedOn),
  );
}

const dependsOnPeriod = new Set(["examination", "approval"]);

interface SharedFacts {
  identity_checked_on: IsoDate | null;
  entered_by: number | null;
  confirmed_by: number | null;
  prepared_by: number | null;
}

/** What the machine of the application may know, gathered in the transaction of the step. */
export async function applicationContext(work: Work, found: CaseRow): Promise<ApplicationContext> {
  // The register is asked only where a step depends on it: each look stands in the access log.
  const period = dependsOnPeriod.has(found.state) ? await periodOf(work, found) : undefined;
  const { from, to } = period?.granted ? period : { from: null, to: null };
  const [row] = await work.sql<
    (SharedFacts & {
      missing: number;
      proposal: ApplicationContext["proposal"];
      overlaps: boolean;
      status: string | null;
      issued: boolean;
      valid: boolean;
    })[]
  >`
    select (select max(i.checked_on) from child_medical.identity_check i where i.case_id = c.id) as identity_checked_on,
           e.entered_by, e.confirmed_by, a.prepared_by, a.subject as proposal,
           (select count(*)::int from child_medical.document_check d where d.case_id = c.id and d.status = 'missing') as missing,
           ${from}::date is not null and exists (select from child_medical.entitlement o
                    where o.person_number = c.person_number and o.case_id <> c.id and o.status <> 'revoked'
                      and daterange(o.valid_from, o.valid_to, '[]') && daterange(${from}, ${to}, '[]')) as overlaps,
           t.status,
           exists (select from child_medical.certificate z where z.entitlement_id = t.id) as issued,
           exists (select from child_medical.certificate z where z.entitlement_id = t.id and z.ended_on is null) as valid
      from cases.case c
      left join lateral (select n.* from approvals.entry n where n.case_id = c.id order by n.revision desc limit 1) e on true
      left join approvals.approval a on a.case_id = c.id and a.decision is null
      left join child_medical.entitlement t on t.case_id = c.id
     where c.id = ${found.id}`;
  if (!row) throw new Error("the case is gone");
  return {
    actingStaffId: work.actor.staffId,
    identityCheckedOn: row.identity_checked_on,
    enteredBy: row.entered_by,
    confirmedBy: row.confirmed_by,
    missingDocuments: row.missing,
    periodFrom: from,
    overlaps: row.overlaps,
    proposal: row.proposal,
    preparedBy: row.prepared_by,
    certificateIssued: row.issued,
    certificateValid: row.valid,
    entitled: row.status === "granted",
  };
}

/** The same for a report of change or loss. */
export async function changeContext(work: Work, found: CaseRow): Promise<ChangeContext> {
  const [row] = await work.sql<
    (SharedFacts & { origin: string; subject: string; status: string })[]
  >`
    select (select max(i.checked_on) from child_medical.identity_check i where i.case_id = c.id) as identity_checked_on,
           e.entered_by, e.confirmed_by, a.prepared_by, h.origin, h.subject, t.status
      from cases.case c
      join child_medical.change h on h.case_id = c.id
      join child_medical.entitlement t on t.id = h.entitlement_id
      left join lateral (select n.* from approvals.entry n where n.case_id = c.id order by n.revision desc limit 1) e on true
      left join approvals.approval a on a.case_id = c.id and a.decision is null
     where c.id = ${found.id}`;
  if (!row) throw new Error("the report is gone");
  return {
    actingStaffId: work.actor.staffId,
    identityCheckedOn: row.identity_checked_on,
    exOfficio: row.origin === "register",
    loss: row.subject === "loss",
    enteredBy: row.entered_by,
    confirmedBy: row.confirmed_by,
    preparedBy: row.prepared_by,
    entitled: row.status === "granted",
  };
}
