import { and, asc, countDistinct, desc, eq, sql } from "drizzle-orm";
import { badRow, feedImport, feedRow, gonePerson } from "#db/schema/feeds.ts";
import type { Work } from "../work.ts";
import type { ImportRow } from "./lot.ts";

/** How many rows a page of a list shows. */
export const pageSize = 50;

/** A page of a list, counted and cut by the database. */
export interface Paged<Row> {
  rows: Row[];
  /** Length of the whole list, in the units by which it is cut. */
  total: number;
}

const skipped = (page: number) => (page - 1) * pageSize;

/** Files, the newest first; `page` counts from 1. */
export async function listImports(work: Work, page: number): Promise<Paged<ImportRow>> {
  const rows = await work.tx
    .select()
    .from(feedImport)
    .orderBy(desc(feedImport.preparedAt), desc(feedImport.id))
    .limit(pageSize)
    .offset(skipped(page));
  return { rows, total: await work.tx.$count(feedImport) };
}

/** Rows of one verdict, in the order of the file. */
export async function listRows(
  work: Work,
  importId: string,
  verdict: string,
  page = 1,
): Promise<Paged<typeof feedRow.$inferSelect>> {
  const which = and(eq(feedRow.importId, importId), eq(feedRow.verdict, verdict));
  const rows = await work.tx
    .select()
    .from(feedRow)
    .where(which)
    .orderBy(asc(feedRow.row))
    .limit(pageSize)
    .offset(skipped(page));
  return { rows, total: await work.tx.$count(feedRow, which) };
}

/** Faults of bad rows, as many bad rows a page as other lists have rows; without a page, all faults. */
export async function listBadRows(
  work: Work,
  importId: string,
  page?: number,
): Promise<Paged<typeof badRow.$inferSelect>> {
  const ofFile = eq(badRow.importId, importId);
  const onPage = page
    ? sql`${badRow.row} in (select distinct row from feeds.bad_row
        where import_id = ${importId} order by row limit ${pageSize} offset ${skipped(page)})`
    : undefined;
  const rows = await work.tx
    .select()
    .from(badRow)
    .where(and(ofFile, onPage))
    .orderBy(asc(badRow.row), asc(badRow.field));
  const [all] = await work.tx
    .select({ rows: countDistinct(badRow.row) })
    .from(badRow)
    .where(ofFile);
  return { rows, total: all?.rows ?? 0 };
}

/** Numbers of people who are not in a full file. */
export async function listGone(work: Work, importId: string, page = 1): Promise<Paged<string>> {
  const ofFile = eq(gonePerson.importId, importId);
  const rows = await work.tx
    .select({ personNumber: gonePerson.personNumber })
    .from(gonePerson)
    .where(ofFile)
    .orderBy(asc(gonePerson.personNumber))
    .limit(pageSize)
    .offset(skipped(page));
  return {
    rows: rows.map(({ personNumber }) => personNumber),
    total: await work.tx.$count(gonePerson, ofFile),
  };
}
