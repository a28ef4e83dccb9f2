import type { ChangeFacts } from "#workflows/cases/change.ts";
import type { ApplicationFacts } from "#workflows/cases/checks.ts";
import { transitionsOf } from "#workflows/cases/table.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type CaseRow, definitionOf } from "../cases/index.ts";
import { changeOf, concernedBy, findEntitlements } from "../entitlements/index.ts";
import type { Work } from "../work.ts";
import { certificatesDue } from "./certificates-due.ts";
import {
  type ChangeKind,
  needsDecision,
  type SharedChangeFacts,
  subjectOfChange,
} from "./change-kind.ts";
import { enteredOf } from "./data.ts";
import { evidenceFacts } from "./incomes.ts";
import type { ApplicationKind, EvidenceFacts, GrantedPeriod, Granting } from "./kind.ts";
import { correctedPeriods } from "./movement-subjects.ts";

/** Checks for which the period has to be calculated, and the register to be asked. */
const ofThePeriod = ["periodKnown", "noOverlap"];

/** Whether a step from this state looks at one of the checks: what they need is opened, which stands in the access log. */
export const looksAt = (found: CaseRow, names: readonly string[]): boolean =>
  transitionsOf(definitionOf(found)).some(
    ({ from, checks }) => from === found.state && checks.some((name) => names.includes(name)),
  );

interface SharedRow {
  identity_checked_on: IsoDate | null;
  entered_by: number | null;
  confirmed_by: number | null;
  prepared_by: number | null;
  proposal: string | null;
  missing: number;
  entitled: boolean;
  issued: boolean;
  valid: boolean;
}

const sharedOf = async (work: Work, found: CaseRow): Promise<SharedRow> => {
  const [row] = await work.sql<SharedRow[]>`
    with own as (
      select e.id, e.status from entitlements.entitlement e where e.case_id = ${found.id}
      union select e.id, e.status from entitlements.change_entitlement x join entitlements.entitlement e on e.id = x.entitlement_id
             where x.case_id = ${found.id})
    select (select max(i.checked_on) from intake.identity_check i where i.case_id = c.id) as identity_checked_on,
           e.entered_by, e.confirmed_by, a.prepared_by, a.subject as proposal,
           (select count(*)::int from intake.document_check d where d.case_id = c.id and d.status = 'missing') as missing,
           exists (select from own where status in ('granted', 'suspended')) as entitled,
           exists (select from own join entitlements.certificate z on z.entitlement_id = own.id) as issued,
           exists (select from own join entitlements.certificate z on z.entitlement_id = own.id where z.ended_on is null) as valid
      from cases.case c
      left join lateral (select n.* from approvals.entry n where n.case_id = c.id order by n.revision desc limit 1) e on true
      left join approvals.approval a on a.case_id = c.id and a.decision is null
     where c.id = ${found.id}`;
  if (!row) throw new Error("the case is gone");
  return row;
};

const caseFacts = (work: Work, row: SharedRow) => ({
  actingStaffId: work.actor.staffId,
  identityCheckedOn: row.identity_checked_on,
  enteredBy: row.entered_by,
  confirmedBy: row.confirmed_by,
  preparedBy: row.prepared_by,
  entitled: row.entitled,
});

const periodFacts = async (
  work: Work,
  found: CaseRow,
  granting: Granting | undefined,
  /** Whose entitlement is there already, and is only made to last longer. */
  entitled: readonly string[] = [],
) => {
  const all = granting?.granted ? granting.periods : [];
  const periods = all.filter(({ personNumber }) => !entitled.includes(personNumber));
  return {
    periodFrom: periods.map(({ from }) => from).toSorted()[0] ?? null,
    overlaps: await overlap(work, found.id, found.program, periods),
  };
};

/** What the machine of an application may know, gathered in the transaction of the step. */
export async function applicationFacts<Entered, Facts extends ApplicationFacts>(
  work: Work,
  kind: ApplicationKind<Entered, Facts>,
  found: CaseRow,
): Promise<Facts> {
  const looks = looksAt(found, ofThePeriod);
  const entered = looks ? await enteredOf(work, kind, found) : undefined;
  const granting = looks ? await kind.granting(work, found, entered) : undefined;
  const row = await sharedOf(work, found);
  const shared: ApplicationFacts & EvidenceFacts = {
    ...caseFacts(work, row),
    ...(await evidenceFacts(work, kind, found)),
    ...(await periodFacts(work, found, granting)),
    missingDocuments: row.missing,
    proposal: row.proposal as ApplicationFacts["proposal"],
    certificateIssued: row.issued,
    certificateValid: row.valid,
  };
  return kind.facts ? kind.facts(work, found, shared, entered) : (shared as unknown as Facts);
}

/** Whether somebody has an entitlement of another application that overlaps what would be granted. */
async function overlap(
  work: Work,
  grantedBy: string,
  program: string,
  periods: readonly GrantedPeriod[],
): Promise<boolean> {
  if (periods.length === 0) return false;
  const [row] = await work.sql<{ overlaps: boolean }[]>`
    select exists (
      select from unnest(${periods.map((one) => one.personNumber)}::text[], ${periods.map((one) => one.kind ?? "medical")}::text[],
                         ${periods.map((one) => one.from)}::date[], ${periods.map((one) => one.to)}::date[]) p(person, kind, f, t)
        join entitlements.entitlement o on o.person_number = p.person and o.kind = p.kind
       where o.program = ${program} and o.case_id <> ${grantedBy} and o.status <> 'revoked'
         and daterange(o.valid_from, o.valid_to, '[]') && daterange(p.f, p.t, '[]')) as overlaps`;
  return row?.overlaps ?? false;
}

/** The same for a report of change or loss. */
export async function changeFacts<Entered, Facts extends ChangeFacts>(
  work: Work,
  kind: ChangeKind<Entered, Facts>,
  found: CaseRow,
): Promise<Facts> {
  const change = await changeOf(work, found.id);
  const plain = kind as unknown as ChangeKind<Entered>;
  const about = subjectOfChange(plain, change);
  const { granting } = about;
  const looks = granting && looksAt(found, ofThePeriod);
  const concerned = await findEntitlements(work, await concernedBy(work, found.id));
  const period = await periodFacts(
    work,
    found,
    looks ? await granting(work, found, change) : undefined,
    concerned.map(({ personNumber }) => personNumber),
  );
  const due = looksAt(found, ["certificateDue"])
    ? await certificatesDue(work, plain, found, change)
    : [];
  const row = await sharedOf(work, found);
  const corrected =
    change.movement === "corrected" ? await correctedPeriods(work, found.id, "") : undefined;
  const shared: SharedChangeFacts = {
    ...caseFacts(work, row),
    ...period,
    ...(corrected && {
      overlaps: await overlap(work, change.grantingCaseId, found.program, corrected),
    }),
    correctable: concerned.some(({ status }) => status !== "revoked"),
    exOfficio: change.origin === "register",
    // Whoever opened the report may not have said that it needs one.
    needsDecision: change.needsDecision || (await needsDecision(work, about, change.occursOn)),
    missingDocuments: row.missing,
    certificateDue: due.length > 0,
    proposal: row.proposal,
  };
  return kind.facts(shared, change);
}
