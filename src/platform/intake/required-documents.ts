import { and, asc, eq, lte } from "drizzle-orm";
import { z } from "zod";
import { event } from "#db/schema/cases.ts";
import { documentCheck } from "#db/schema/intake.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { EventDetail, Step } from "../cases/index.ts";
import { EntryProblem } from "../problem.ts";
import type { Work } from "../work.ts";
import { codesOf, parse } from "./errors.ts";
import { dayField } from "./fields.ts";

/** A document that an application may need, by a code of the 事務. */
export interface RequiredDocument {
  title: string;
  hint: string;
  /** Asked of everybody from the start; others only where the clerk says so. */
  standard: boolean;
  /** What the day is called that stands on it (発行日, 作成日), where that is taken down. */
  dated?: string;
}

export type RequiredDocuments = Readonly<Record<string, RequiredDocument>>;

export const documentStatusTitles = {
  seen: "確認済",
  missing: "不足",
  "not-needed": "不要",
} as const;
export type DocumentStatus = keyof typeof documentStatusTitles;

/** How it stands with the documents of a case. */
export interface DocumentCheck {
  code: string;
  status: DocumentStatus;
  /** The day that stands on it. */
  datedOn: IsoDate | null;
}

/** Between which days a document is dated: not before the first, where a rule of the 事務 says so. */
interface DocumentLimit {
  from: IsoDate;
  /** The rule in words: 申請日の3か月前. */
  rule: string;
}
/** By the code of the document. */
export type DocumentLimits = Readonly<Record<string, DocumentLimit>>;

/** Name of the day of a document, beside what was found of it under its code. */
export const datedField = (code: string): string => `${code}.datedOn`;

/** What was found of each document, by its code, and the days that stand on them. */
export const documentsSchema = (documents: RequiredDocuments) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(documents).flatMap(([code, { dated }]) => [
        [code, z.enum(codesOf(documentStatusTitles)).optional()],
        ...(dated
          ? [
              [
                datedField(code),
                dayField(`${dated}を日付として読めません。例: R8.11.10`).optional(),
              ],
            ]
          : []),
      ]),
    ) as Record<string, z.ZodOptional<z.ZodType<string>>>,
  );

/** Asks for the standard documents, as the application is opened. */
export function askForDocuments(
  work: Work,
  caseId: string,
  documents: RequiredDocuments,
): Promise<void> {
  const standard = Object.entries(documents).filter(([, { standard }]) => standard);
  return writeChecks(
    work,
    caseId,
    standard.map(([code]) => ({ code, status: "missing", datedOn: null })),
  );
}

/**
 * What was seen of the documents; made by a step of the act `documents`.
 *
 * @throws EntryProblem at the day of a document that is yet to come, or that isn't needed
 */
export async function recordDocuments(
  work: Work,
  { found, input }: Step,
  documents: RequiredDocuments,
): Promise<EventDetail> {
  const said = parse(documentsSchema(documents), withoutOthers(input, documents));
  const checks = Object.keys(documents).flatMap((code): DocumentCheck[] => {
    const status = said[code] as DocumentStatus | undefined;
    return status
      ? [{ code, status, datedOn: (said[datedField(code)] ?? null) as IsoDate | null }]
      : [];
  });
  requireDays(work, checks, documents);
  await writeChecks(work, found.id, checks);
  return said as EventDetail;
}

function requireDays(
  work: Work,
  checks: readonly DocumentCheck[],
  documents: RequiredDocuments,
): void {
  const today = work.platform.clock.today();
  for (const { code, status, datedOn } of checks) {
    if (datedOn === null) continue;
    const { title, dated = "" } = documents[code] ?? {};
    if (datedOn > today)
      throw new EntryProblem(
        datedField(code),
        `${title}の${dated}（${formatWareki(datedOn)}）は、まだ来ていない日です。書類の日付を確かめてください。`,
      );
    if (status === "not-needed")
      throw new EntryProblem(
        datedField(code),
        `${title}は「不要」です。${dated}を消すか、「確認済」か「不足」を選んでください。`,
      );
  }
}

/** A 事務 with several kinds of case shows the papers of all of them: those of another kind that are not needed say nothing. */
const withoutOthers = (input: unknown, documents: RequiredDocuments): unknown =>
  typeof input !== "object" || input === null
    ? input
    : Object.fromEntries(
        Object.entries(input).filter(
          ([code, status]) => Object.hasOwn(documents, code) || status !== "not-needed",
        ),
      );

async function writeChecks(
  work: Work,
  caseId: string,
  checks: readonly DocumentCheck[],
): Promise<void> {
  if (checks.length === 0) return;
  await work.sql`select intake.record_documents(${caseId}, ${checks.map(({ code }) => code)}::text[],
    ${checks.map(({ status }) => status)}::text[], ${checks.map(({ datedOn }) => datedOn)}::date[])`;
}

/**
 * How it stands with the documents of a case.
 *
 * @param at a revision of the case as which it stood then, by the steps that recorded it; before any did, what is asked for
 * was missing
 */
export async function documentChecksOf(
  work: Work,
  caseId: string,
  at?: number,
): Promise<DocumentCheck[]> {
  const present = await work.tx
    .select({
      code: documentCheck.code,
      status: documentCheck.status,
      datedOn: documentCheck.datedOn,
    })
    .from(documentCheck)
    .where(eq(documentCheck.caseId, caseId));
  if (at === undefined) return present as DocumentCheck[];
  const steps = await work.tx
    .select({ detail: event.detail })
    .from(event)
    .where(and(eq(event.caseId, caseId), eq(event.act, "documents"), lte(event.revision, at)))
    .orderBy(asc(event.revision));
  const recorded = new Map<string, unknown>();
  for (const { detail } of steps) {
    // A document that is recorded anew without a day has none.
    for (const code of Object.keys(detail as EventDetail)) recorded.delete(datedField(code));
    for (const [name, said] of Object.entries(detail as EventDetail)) recorded.set(name, said);
  }
  return present.map(({ code }) => ({
    code,
    status: (recorded.get(code) ?? "missing") as DocumentStatus,
    datedOn: (recorded.get(datedField(code)) ?? null) as IsoDate | null,
  }));
}
