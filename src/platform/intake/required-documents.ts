import { and, asc, eq, lte } from "drizzle-orm";
import { z } from "zod";
import { event } from "#db/schema/cases.ts";
import { documentCheck } from "#db/schema/intake.ts";
import type { EventDetail, Step } from "../cases/index.ts";
import type { Work } from "../work.ts";
import { codesOf, parse } from "./errors.ts";

/** A document that an application may need, by a code of the 事務. */
export interface RequiredDocument {
  title: string;
  hint: string;
  /** Asked of everybody from the start; others only where the clerk says so. */
  standard: boolean;
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
}

/** What was found of each document, by its code. */
export const documentsSchema = (documents: RequiredDocuments) =>
  z.partialRecord(z.enum(codesOf(documents)), z.enum(codesOf(documentStatusTitles)));

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
    standard.map(([code]) => [code, "missing"]),
  );
}

/** What was seen of the documents; made by a step of the act `documents`. */
export async function recordDocuments(
  work: Work,
  { found, input }: Step,
  documents: RequiredDocuments,
): Promise<EventDetail> {
  const checks = parse(documentsSchema(documents), withoutOthers(input, documents));
  await writeChecks(
    work,
    found.id,
    Object.entries(checks).flatMap(([code, status]) => (status ? [[code, status]] : [])),
  );
  return checks as EventDetail;
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
  checks: readonly (readonly [code: string, status: DocumentStatus])[],
): Promise<void> {
  if (checks.length === 0) return;
  await work.sql`select intake.record_documents(${caseId}, ${checks.map(([code]) => code)}::text[],
    ${checks.map(([, status]) => status)}::text[])`;
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
    .select({ code: documentCheck.code, status: documentCheck.status })
    .from(documentCheck)
    .where(eq(documentCheck.caseId, caseId));
  if (at === undefined) return present;
  const steps = await work.tx
    .select({ detail: event.detail })
    .from(event)
    .where(and(eq(event.caseId, caseId), eq(event.act, "documents"), lte(event.revision, at)))
    .orderBy(asc(event.revision));
  const recorded = new Map(steps.flatMap(({ detail }) => Object.entries(detail as EventDetail)));
  return present.map(({ code }) => ({
    code,
    status: (recorded.get(code) ?? "missing") as DocumentStatus,
  }));
}
