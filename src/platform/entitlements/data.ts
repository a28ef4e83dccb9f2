import { and, asc, eq, ne } from "drizzle-orm";
import { caseRow } from "#db/schema/cases.ts";
import { record } from "#db/schema/entitlements.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Step } from "../cases/index.ts";
import type { EntryPiece } from "../intake/index.ts";
import { getSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";

/** From which day which application or report set which person's data. */
export interface DataRecord {
  effectiveFrom: IsoDate;
  caseId: string;
  number: string;
  personNumber: string;
}

/** Notes that the confirmed entry of a case holds from its day on, in the step that grants or applies it. */
export async function keepRecords(work: Work, { found }: Step): Promise<void> {
  await work.sql`select entitlements.keep_records(${found.id})`;
}

/** From which day which case set the data of an application, the newest first. */
export async function recordsOf(work: Work, grantingCaseId: string): Promise<DataRecord[]> {
  const rows = await work.tx
    .select({
      effectiveFrom: record.effectiveFrom,
      caseId: caseRow.id,
      number: caseRow.number,
      personNumber: record.personNumber,
    })
    .from(record)
    .innerJoin(caseRow, eq(caseRow.id, record.caseId))
    .where(eq(record.grantingCaseId, grantingCaseId))
    .orderBy(asc(record.effectiveFrom), asc(record.id));
  return rows.toReversed() as DataRecord[];
}

/**
 * The data of the persons of an application as they hold on a day, opened, and that is logged. The first record of
 * a person is whole; each later one replaces the parts that it holds, in the order of the days from which they
 * hold, so that a correction back in time leaves alone what was changed after it.
 *
 * @param without a report of change whose own record is left out: the data before it
 */
export async function dataOn(
  work: Work,
  grantingCaseId: string,
  { on, without }: { on: IsoDate; without?: string },
): Promise<EntryPiece[]> {
  const rows = await work.tx
    .select()
    .from(record)
    .where(
      and(
        eq(record.grantingCaseId, grantingCaseId),
        without === undefined ? undefined : ne(record.caseId, without),
      ),
    )
    .orderBy(asc(record.effectiveFrom), asc(record.id));
  const holding = holdingOn(rows, on);
  const opened = await getSealed(
    work,
    holding.map(({ sealedId }) => sealedId),
  );
  return piecesOf(holding, new Map(opened.map(({ id, data }) => [id, data as object])));
}

/** Every record of an application with its data, in the order of the days from which they hold; opened, and that is logged. */
export async function recordedData(
  work: Work,
  grantingCaseId: string,
): Promise<(DataRecord & { data: object })[]> {
  const rows = await work.tx
    .select({
      effectiveFrom: record.effectiveFrom,
      caseId: caseRow.id,
      number: caseRow.number,
      personNumber: record.personNumber,
      sealedId: record.sealedId,
    })
    .from(record)
    .innerJoin(caseRow, eq(caseRow.id, record.caseId))
    .where(eq(record.grantingCaseId, grantingCaseId))
    .orderBy(asc(record.effectiveFrom), asc(record.id));
  const opened = await getSealed(
    work,
    rows.map(({ sealedId }) => sealedId),
  );
  const dataOf = new Map(opened.map(({ id, data }) => [id, data as object]));
  return rows.flatMap(({ sealedId, ...row }) => {
    const data = dataOf.get(sealedId);
    return data ? [{ ...row, effectiveFrom: row.effectiveFrom as IsoDate, data }] : [];
  });
}

/** Of the records of an application in their order, those that hold on a day; before the first day of a person, the first. */
export const holdingOn = <Row extends { personNumber: string; effectiveFrom: string }>(
  rows: readonly Row[],
  on: IsoDate,
): Row[] =>
  [...Map.groupBy(rows, ({ personNumber }) => personNumber).values()].flatMap((own) =>
    own.filter((row, n) => n === 0 || row.effectiveFrom <= on),
  );

/** The data of each person: later records replace the parts that they hold. */
export function piecesOf(
  holding: readonly { personNumber: string; sealedId: string }[],
  dataOf: ReadonlyMap<string, object>,
): EntryPiece[] {
  const pieces = new Map<string, object>();
  for (const { personNumber, sealedId } of holding)
    pieces.set(personNumber, { ...pieces.get(personNumber), ...dataOf.get(sealedId) });
  return [...pieces].map(([personNumber, data]) => ({ personNumber, data }));
}
