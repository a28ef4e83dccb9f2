import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { EntryPiece } from "../intake/index.ts";
import { getSealed, sealFor } from "../vault/index.ts";
import type { Work } from "../work.ts";
import { holdingOn, piecesOf } from "./data.ts";

/** An entitlement with its valid certificate of a sort, or the last one, as runs of mailings see it. */
export interface CertifiedEntitlement {
  id: string;
  personNumber: string;
  caseId: string;
  /** The subject of the application that granted it. */
  casePerson: string;
  recipientNumber: string;
  officeCode: string;
  validFrom: IsoDate;
  validTo: IsoDate;
  lastIssue: number;
  /** Whether that certificate is valid. */
  valid: boolean;
  /** Last day that it says; null where that was not kept. */
  saysUntil: IsoDate | null;
  /** The run that issued it, and the day for which that was. */
  runId: string | null;
  runFrom: IsoDate | null;
}

/** Entitlements that hold on a day and have had a certificate of a sort; of a 事務, or of some of its persons. */
export const certifiedOn = (
  work: Work,
  of: { program: string; sort: string; on: IsoDate; among?: readonly string[] },
): Promise<CertifiedEntitlement[]> =>
  work.sql<CertifiedEntitlement[]>`
    select id, person_number as "personNumber", case_id as "caseId", case_person as "casePerson", recipient_number as "recipientNumber",
           office_code as "officeCode", valid_from::text as "validFrom", valid_to::text as "validTo", last_issue as "lastIssue", valid,
           says_until::text as "saysUntil", run_id as "runId", run_from as "runFrom"
      from entitlements.certified_on(${of.program}, ${of.sort}, ${of.on}, ${of.among ? [...of.among] : null}::text[])`;

interface RecordRow {
  caseId: string;
  personNumber: string;
  sealedId: string;
  effectiveFrom: string;
}

/** The data of the persons of many applications as they hold on a day, by application; opened, and that is logged. */
export async function dataOfMany(
  work: Work,
  program: string,
  { caseIds, on }: { caseIds: readonly string[]; on: IsoDate },
): Promise<Map<string, EntryPiece[]>> {
  const rows = await work.sql<RecordRow[]>`
    select granting_case_id as "caseId", person_number as "personNumber", sealed_id as "sealedId", effective_from::text as "effectiveFrom"
      from entitlements.records_for_runs(${program}, ${[...caseIds]}::uuid[])`;
  return openedOn(work, rows, on);
}

/** The same for whoever sees the cases: of those that may be seen. */
export async function dataOfCases(
  work: Work,
  { caseIds, on }: { caseIds: readonly string[]; on: IsoDate },
): Promise<Map<string, EntryPiece[]>> {
  const rows = await work.sql<RecordRow[]>`
    select granting_case_id as "caseId", person_number as "personNumber", sealed_id as "sealedId", effective_from::text as "effectiveFrom"
      from entitlements.record where granting_case_id = any(${[...caseIds]}::uuid[]) order by effective_from, id`;
  return openedOn(work, rows, on);
}

async function openedOn(
  work: Work,
  rows: readonly RecordRow[],
  on: IsoDate,
): Promise<Map<string, EntryPiece[]>> {
  const byCase = Map.groupBy(rows, ({ caseId }) => caseId);
  const holding = new Map([...byCase].map(([caseId, own]) => [caseId, holdingOn(own, on)]));
  const opened = await getSealed(
    work,
    [...holding.values()].flat().map(({ sealedId }) => sealedId),
  );
  const dataOf = new Map(opened.map(({ id, data }) => [id, data as object]));
  return new Map([...holding].map(([caseId, own]) => [caseId, piecesOf(own, dataOf)]));
}

/** Enters the certificates of a printed file of a run with what each says (`data`, sealed); those before become invalid. */
export async function recordRunIssues(
  work: Work,
  runId: string,
  issued: readonly {
    entitlementId: string;
    personNumber: string;
    issue: number;
    until: IsoDate;
    data: object;
  }[],
): Promise<void> {
  const { ids, sealed } = await sealFor(
    work,
    issued.map(({ personNumber, data }) => ({ holder: personNumber, data })),
  );
  await work.sql`
    select entitlements.issue_by_run(${runId}, ${issued.map(({ entitlementId }) => entitlementId)}::uuid[],
      ${issued.map(({ issue }) => issue)}::integer[], ${issued.map(({ until }) => until)}::date[],
      ${ids}::uuid[], ${sealed}::text[]::bytea[])`;
}

/** What a cancelled or withdrawn run had issued counts no more; the certificates before are valid again. */
export async function withdrawRunIssues(work: Work, runId: string): Promise<void> {
  await work.sql`select entitlements.withdraw_run(${runId})`;
}
