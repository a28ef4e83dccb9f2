import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Work } from "../work.ts";
import type { ReturnCause } from "./certificate-returns.ts";

/** Whose an entitlement is that a letter is about, and which application granted it. */
interface Granted {
  id: string;
  personNumber: string;
  caseId: string;
  /** The subject of the application. */
  casePerson: string;
  recipientNumber: string;
  officeCode: string;
}

/** An entitlement whose last day is the one asked for. */
export interface EndingEntitlement extends Granted {
  validTo: IsoDate;
  /** A card was issued that holds until then. */
  hasCertificate: boolean;
}

/** A certificate that has not come back. */
export interface OutstandingCertificate extends Granted {
  certificateId: string;
  sort: string;
  sinceOn: IsoDate;
  cause: ReturnCause;
}

/** Entitlements of a 事務 that end on a day as they were granted; of all, or of some persons. */
export const endingOn = (
  { sql }: Work,
  of: { program: string; on: IsoDate; among?: readonly string[] },
): Promise<EndingEntitlement[]> =>
  sql<EndingEntitlement[]>`
    select id, person_number as "personNumber", case_id as "caseId", case_person as "casePerson", recipient_number as "recipientNumber",
           office_code as "officeCode", valid_to::text as "validTo", has_certificate as "hasCertificate"
      from entitlements.ending_on(${of.program}, 'card', ${of.on}, ${of.among ? [...of.among] : null}::text[])`;

/** Certificates that have been out since a day or longer, counted from the last letter that asked for them. */
export const stillOut = (
  { sql }: Work,
  of: { program: string; since: IsoDate; among?: readonly string[] },
): Promise<OutstandingCertificate[]> =>
  sql<OutstandingCertificate[]>`
    select certificate_id as "certificateId", sort, id, person_number as "personNumber", case_id as "caseId", case_person as "casePerson",
           recipient_number as "recipientNumber", office_code as "officeCode", since_on::text as "sinceOn", cause
      from entitlements.still_out(${of.program}, ${of.since}, ${of.among ? [...of.among] : null}::text[])`;

/** Notes the reminders of a printed file of a run. */
export async function remindByRun(
  { sql }: Work,
  runId: string,
  certificateIds: readonly string[],
): Promise<void> {
  await sql`select entitlements.remind_by_run(${runId}, ${[...certificateIds]}::uuid[])`;
}

/** The reminders of a run that never went out count no more. */
export async function withdrawReminders({ sql }: Work, runId: string): Promise<void> {
  await sql`select entitlements.withdraw_reminders(${runId})`;
}
