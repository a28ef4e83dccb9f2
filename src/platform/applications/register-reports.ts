import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { applyEvent } from "../cases/index.ts";
import type { Work } from "../work.ts";
import type { ChangeKind } from "./change-kind.ts";
import { openChange } from "./open.ts";

/** What the office found in the register, as somebody would report it. */
export interface Found {
  grantingCaseId: string;
  personNumber: string;
  subject: string;
  occursOn: IsoDate;
  reason?: string;
  /** What the report brings, where it brings more than its dates and reason. */
  input?: object;
  /** One for each thing that is reported once. */
  key: string;
}

/**
 * Opens a report of what was found in the register (職権), entered as the register has it; staff confirm it.
 *
 * @returns 1 for a new one, 0 for one that was opened before
 */
export async function reportFromRegister<Entered>(
  work: Work,
  kind: ChangeKind<Entered>,
  { key, input, reason, ...found }: Found,
): Promise<number> {
  const { found: opened, isNew } = await openChange(work, kind, {
    ...found,
    ...(reason ? { reason } : {}),
    origin: "register",
    idempotencyKey: key,
  });
  if (!isNew) return 0;
  await applyEvent(work, {
    caseId: opened.id,
    expectedRevision: 1,
    event: { type: "detect" },
    idempotencyKey: `${key}:detect`,
    input,
  });
  return 1;
}

/** Days for which committed files of the register are looked through again. */
const lookBack = 60;

/** An entitled person whose certificate says a name or an address that the register has changed since it was issued. */
export interface ChangedPerson {
  grantingCaseId: string;
  personNumber: string;
  /** The file that brought it. */
  importId: string;
  committedOn: IsoDate;
  changes: readonly string[];
}

/** People of a 事務 whose name or address was changed by a file of the register after their valid certificate was issued. */
export async function changedSinceIssue(work: Work, program: string): Promise<ChangedPerson[]> {
  return work.sql<ChangedPerson[]>`
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
