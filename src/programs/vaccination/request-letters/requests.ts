import { and, asc, desc, eq } from "drizzle-orm";
import {
  issuedLetter,
  letterAcceptance,
  letterLine,
  letterRequest,
  letterRequestLine,
  letterResult,
} from "#db/schema/request-letters.ts";
import { type CaseRow, type Step, setMembers } from "#src/platform/cases/index.ts";
import { latestEntry, openEntry, sealEntry } from "#src/platform/intake/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { RequestedLine } from "#workflows/vaccination/request-letters/findings.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";
import type { RequestEntry, SealedRequest } from "./entry.ts";

export type RequestRow = typeof letterRequest.$inferSelect;
export type LetterLineRow = typeof letterLine.$inferSelect;
export type LetterRow = typeof issuedLetter.$inferSelect;
export type ResultRow = typeof letterResult.$inferSelect;

/** What was keyed, with what lies sealed of it; opened, and that is logged. */
export interface OpenedRequest {
  request: RequestRow;
  lines: readonly RequestedLine[];
  sealed: SealedRequest;
  applicant: RequestEntry["applicant"];
  /** Of the applicant, where they are in the register. */
  applicantNumber: string | undefined;
}

/** Keeps what was keyed in a step that enters: names and places sealed, codes and days in their rows. */
export async function keepRequest(work: Work, step: Step, entry: RequestEntry): Promise<void> {
  const { found } = step;
  const { applicant, applicantNumber, stay, to, agent, remark, lines } = entry;
  const { channel, reason, addressee, payment, stayFrom, stayTo } = entry;
  const other = applicantNumber !== found.personNumber ? applicantNumber : undefined;
  await setMembers(
    work,
    found.id,
    other === undefined ? [] : [{ personNumber: other, role: "applicant" }],
  );
  const sealed: SealedRequest = {
    stay,
    to,
    ...(agent ? { agent } : {}),
    ...(remark ? { remark } : {}),
    ...(other === undefined ? { applicant } : {}),
  };
  await sealEntry(work, step, [
    { personNumber: found.personNumber, data: sealed },
    ...(other === undefined ? [] : [{ personNumber: other, data: { applicant } }]),
  ]);
  await work.tx
    .insert(letterRequest)
    .values({ caseId: found.id, channel, reason, addressee, payment, stayFrom, stayTo });
  await work.tx
    .insert(letterRequestLine)
    .values(lines.map((line, index) => ({ ...line, caseId: found.id, number: index + 1 })));
}

/** The request of the entry that counts, and its doses; nothing before anything was keyed. Nothing sealed is opened. */
export async function requestOf(
  work: Work,
  caseId: string,
): Promise<{ request: RequestRow; lines: RequestedLine[] } | undefined> {
  const [request] = await work.tx
    .select()
    .from(letterRequest)
    .where(eq(letterRequest.caseId, caseId))
    .orderBy(desc(letterRequest.revision))
    .limit(1);
  if (!request) return undefined;
  const rows = await work.tx
    .select()
    .from(letterRequestLine)
    .where(
      and(eq(letterRequestLine.caseId, caseId), eq(letterRequestLine.revision, request.revision)),
    )
    .orderBy(asc(letterRequestLine.number));
  return {
    request,
    lines: rows.map(({ number, vaccine, dose, plannedOn }) => ({
      number,
      vaccine: vaccine as VaccineId,
      dose,
      plannedOn: plannedOn as IsoDate,
    })),
  };
}

/** The same with what lies sealed of it. */
export async function openRequest(
  work: Work,
  found: Pick<CaseRow, "id" | "personNumber">,
): Promise<OpenedRequest | undefined> {
  const entry = await latestEntry(work, found.id);
  const keyed = await requestOf(work, found.id);
  if (!entry || !keyed) return undefined;
  const pieces = await openEntry(work, entry);
  const own = pieces.find(({ personNumber }) => personNumber === found.personNumber);
  const other = pieces.find(({ personNumber }) => personNumber !== found.personNumber);
  const sealed = own?.data as SealedRequest | undefined;
  const applicant =
    sealed?.applicant ??
    (other?.data as { applicant?: RequestEntry["applicant"] } | undefined)?.applicant;
  if (!sealed || !applicant) throw new Error("an entry without its parts");
  return { ...keyed, sealed, applicant, applicantNumber: other?.personNumber };
}

/** What was accepted of the doses of a request. */
export const acceptedOf = (work: Work, caseId: string, revision: number) =>
  work.tx
    .select()
    .from(letterAcceptance)
    .where(and(eq(letterAcceptance.caseId, caseId), eq(letterAcceptance.entryRevision, revision)))
    .orderBy(asc(letterAcceptance.number));

/** The doses that were decided on, and how each stands. */
export const linesOfLetter = (work: Work, caseId: string): Promise<LetterLineRow[]> =>
  work.tx
    .select()
    .from(letterLine)
    .where(eq(letterLine.caseId, caseId))
    .orderBy(asc(letterLine.number));

/** The letters of a case as they were issued, the oldest first. */
export const lettersOf = (work: Work, caseId: string): Promise<LetterRow[]> =>
  work.tx
    .select()
    .from(issuedLetter)
    .where(eq(issuedLetter.caseId, caseId))
    .orderBy(asc(issuedLetter.sequence));

/** What came back, in the order in which it was recorded. */
export const resultsOf = (work: Work, caseId: string): Promise<ResultRow[]> =>
  work.tx
    .select()
    .from(letterResult)
    .where(eq(letterResult.caseId, caseId))
    .orderBy(asc(letterResult.revision));

/** For how many months a letter was decided on; nothing before. */
export async function monthsDecided(work: Work, caseId: string): Promise<number | undefined> {
  const [row] = await work.sql<{ months: number }[]>`
    select p.months from request_letters.proposal p join approvals.approval a on a.id = p.approval_id
     where p.case_id = ${caseId} and a.decision = 'approved'`;
  return row?.months;
}
