import { and, eq } from "drizzle-orm";
import { caseRow } from "#db/schema/cases.ts";
import { fiscalYear, fiscalYearStart } from "#workflows/dates/ages.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { eraOf } from "#workflows/dates/wareki.ts";
import { canonicalOf } from "../people/index.ts";
import { Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { type CaseRow, type EventDetail, workflowOf } from "./workflow.ts";

export interface Opening {
  kind: string;
  personNumber: string;
  officeCode: string;
  receivedOn: IsoDate;
  /** A form sent twice opens one case. */
  idempotencyKey: string;
  detail?: EventDetail;
}

/**
 * Opens a case with the newest machine and gives it a number, such as `R8-001234`.
 *
 * @returns the case, and whether it was opened now rather than by an earlier sending of the same form
 */
export async function openCase(
  work: Work,
  given: Opening,
): Promise<{ found: CaseRow; isNew: boolean }> {
  const opening = { ...given, personNumber: await canonicalOf(work, given.personNumber) };
  const key = opening.idempotencyKey;
  await work.sql`select pg_advisory_xact_lock(hashtext(${key}))`;
  const [before] = await work.tx
    .select()
    .from(caseRow)
    .where(and(eq(caseRow.openedBy, work.actor.staffId), eq(caseRow.openingKey, key)));
  if (before) {
    const same = before.kind === opening.kind && before.personNumber === opening.personNumber;
    if (same) return { found: before, isNew: false };
    throw new Problem({ status: 422, message: "この画面からの受付は、すでに行われています。" });
  }
  const { program } = workflowOf(opening.kind);
  await requireOffice(work, program, opening.officeCode);
  const [made] = await work.sql<{ id: string }[]>`
    select cases.open(${opening.kind}, ${opening.personNumber}, ${opening.officeCode}, ${opening.receivedOn}, ${key},
      ${JSON.stringify(opening.detail ?? {})}::text::jsonb) as id`;
  const [found] = await work.tx
    .select()
    .from(caseRow)
    .where(eq(caseRow.id, made?.id ?? ""));
  if (!found) throw new Error("the case was not opened");
  return { found, isNew: true };
}

/** @throws Problem 403 where the person's right to take in cases ends at another office */
async function requireOffice(work: Work, program: string, officeCode: string): Promise<void> {
  const [row] = await work.sql<{ held: boolean }[]>`
    select cases.may(array['case.enter', 'system.run'], ${program}, ${officeCode}) as held`;
  if (row?.held) return;
  throw new Problem({
    status: 403,
    message: "この方の住む区の申請を受け付ける権限がありません。",
    details: ["担当の区役所に引き継いでください。"],
  });
}

/** The next number of a series of a 事務 in the present 年度, such as `R8-000001`. */
export async function nextNumber(work: Work, series: string): Promise<string> {
  const fiscal = fiscalYear(work.platform.clock.today());
  const { era, year } = eraOf(fiscalYearStart(fiscal));
  return `${era.letter}${year}-${String(await nextInSeries(work, series, fiscal)).padStart(6, "0")}`;
}

/** The next number of a series, without gaps; `fiscalYear` is 0 where years don't count. */
export async function nextInSeries(work: Work, series: string, fiscalYear = 0): Promise<number> {
  const [row] = await work.sql<{ next: number }[]>`
    select cases.next_number(${series}, ${fiscalYear}) as next`;
  if (!row) throw new Error("no number was given");
  return row.next;
}
