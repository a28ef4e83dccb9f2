import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { getCase } from "../cases/index.ts";
import { lookAtPerson, newbornsOf, type Person } from "../people/index.ts";
import type { Work } from "../work.ts";
import { type ChangeKind, subjectOfChange } from "./change-kind.ts";
import { currentData } from "./data.ts";
import { type Found, reportFromRegister } from "./register-reports.ts";

/** Days for which committed files of the register are looked through again. */
const lookBack = 60;

/** An entitled person whose certificate says a name or an address that the register has changed since it was issued. */
export interface ChangedPerson<Entered> {
  person: Person;
  /** The data of the application as they hold now. */
  data: Entered;
  isSubject: boolean;
  renamed: boolean;
  moved: boolean;
}

/**
 * Proposes reports for what the register changed after a valid certificate was issued, once for each file that brought it.
 *
 * @param reportsOf which reports, and what each brings; one that concerns everybody is opened once for all of them
 * @returns how many were opened
 */
export async function proposeForChanged<Entered>(
  work: Work,
  kind: ChangeKind<Entered>,
  reportsOf: (changed: ChangedPerson<Entered>) => readonly Pick<Found, "subject" | "input">[],
): Promise<number> {
  const { application } = kind;
  let count = 0;
  for (const row of await changedSinceIssue(work, application.program)) {
    const { grantingCaseId, personNumber, importId, committedOn, changes } = row;
    const person = await lookAtPerson(work, personNumber, ["name", "address"]);
    const { personNumber: subject } = await getCase(work, grantingCaseId);
    const granting = { caseId: grantingCaseId, personNumber: subject };
    if (!person) continue;
    const reports = reportsOf({
      person,
      data: await currentData(work, application, granting),
      isSubject: subject === personNumber,
      renamed: changes.some((change) => change !== "address"),
      moved: changes.includes("address"),
    });
    for (const report of reports) {
      const { concerns } = subjectOfChange(kind, report);
      const about = concerns === "each" ? `${report.subject}:${personNumber}` : report.subject;
      count += await reportFromRegister(work, kind, {
        ...report,
        grantingCaseId,
        personNumber,
        occursOn: committedOn,
        key: `register-changed:${grantingCaseId}:${about}:${importId}`,
      });
    }
  }
  return count;
}

interface ChangedRow {
  grantingCaseId: string;
  personNumber: string;
  /** The file that brought it. */
  importId: string;
  committedOn: IsoDate;
  changes: readonly string[];
}

/** People whose name or address was changed by a file of the register after their valid certificate was issued. */
function changedSinceIssue(work: Work, program: string): Promise<ChangedRow[]> {
  return work.sql<ChangedRow[]>`
    select distinct e.case_id as "grantingCaseId", e.person_number as "personNumber", i.id as "importId",
           (i.committed_at at time zone 'Asia/Tokyo')::date::text as "committedOn", r.changes
      from feeds.import i
      join feeds.row r on r.import_id = i.id
      join entitlements.entitlement e on e.person_number = r.person_number and e.program = ${program}
      join entitlements.certificate z on z.entitlement_id = e.id and z.ended_on is null
      join documents.document d on d.id = z.document_id
     where i.kind = 'residents' and i.state = 'committed' and i.committed_at > d.issued_at
       and i.committed_at > now() - make_interval(days => ${lookBack})
       and e.status = 'granted' and e.valid_to >= ${work.platform.clock.today()}
       and (r.verdict = 'changed' or r.verdict = 'doubtful' and r.accepted) and not r.superseded
       and r.changes && array['name', 'common-name', 'address']
     order by 1, 2, 3`;
}

/**
 * Proposes a report for each child born into the household of an entitled subject within some days, once.
 *
 * @returns how many were opened
 */
export async function proposeForNewborns<Entered>(
  work: Work,
  kind: ChangeKind<Entered>,
  report: { subject: string; days: number; input(child: string): object },
): Promise<number> {
  const { program } = kind.application;
  const today = work.platform.clock.today();
  const parents = await work.sql<{ caseId: string; personNumber: string }[]>`
    select c.id as "caseId", c.person_number as "personNumber"
      from entitlements.entitlement e join cases.case c on c.id = e.case_id and c.person_number = e.person_number
     where e.program = ${program} and e.status = 'granted' and e.valid_to >= ${today}`;
  const caseOf = new Map(parents.map(({ caseId, personNumber }) => [personNumber, caseId]));
  const born = await newbornsOf(work, [...caseOf.keys()], addDays(today, -report.days));
  const known = await work.sql<{ person_number: string }[]>`
    select distinct m.person_number from cases.member m join cases.case c on c.id = m.case_id
     where c.program = ${program} and m.to_revision is null and m.person_number = any(${born.map((one) => one.personNumber)}::text[])`;
  const isKnown = new Set(known.map((row) => row.person_number));
  let count = 0;
  for (const { personNumber, birthDate, of } of born) {
    const grantingCaseId = caseOf.get(of);
    if (!grantingCaseId || isKnown.has(personNumber)) continue;
    count += await reportFromRegister(work, kind, {
      grantingCaseId,
      personNumber: of,
      subject: report.subject,
      occursOn: birthDate,
      input: report.input(personNumber),
      key: `register-born:${grantingCaseId}:${personNumber}`,
    });
  }
  return count;
}
