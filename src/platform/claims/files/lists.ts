import { and, desc, eq } from "drizzle-orm";
import { claimFile, claimFileRow } from "#db/schema/claims.ts";
import type { RowFault, RowFaultCode, RowState } from "#workflows/claims/file-row.ts";
import { notFound } from "../../problem.ts";
import { ofThisProgram } from "../../refusals.ts";
import { getSealed } from "../../vault/index.ts";
import type { Work } from "../../work.ts";
import type { ClaimKind } from "../kind.ts";
import type { PartialClaim } from "./judge-row.ts";

export const rowsAPage = 50;

export type ClaimFileRow = typeof claimFile.$inferSelect;

/** A file with how its rows stand. */
export interface ClaimFile extends ClaimFileRow {
  counts: Readonly<Record<RowState, number>>;
}

async function countsOf(
  work: Work,
  files: readonly string[],
): Promise<Map<string, Record<RowState, number>>> {
  const rows = await work.sql<{ file_id: string; state: RowState; count: number }[]>`
    select file_id, state, count(*)::integer as count from claims.file_row
     where file_id = any(${[...files]}::uuid[]) group by file_id, state`;
  const nothing = { waiting: 0, faulty: 0, claimed: 0, incomplete: 0, dropped: 0, "taken-back": 0 };
  const counts = new Map(files.map((id) => [id, { ...nothing }]));
  for (const { file_id, state, count } of rows) {
    const own = counts.get(file_id);
    if (own) own[state] = count;
  }
  return counts;
}

const withCounts = async (work: Work, files: readonly ClaimFileRow[]): Promise<ClaimFile[]> => {
  const counts = await countsOf(
    work,
    files.map(({ id }) => id),
  );
  return files.flatMap((file) => {
    const own = counts.get(file.id);
    return own ? [{ ...file, counts: own }] : [];
  });
};

/** Files of a 事務, the newest first. */
export async function listClaimFiles(
  work: Work,
  { program }: ClaimKind,
  page: number,
): Promise<{ total: number; files: ClaimFile[] }> {
  const own = eq(claimFile.program, program);
  const total = await work.tx.$count(claimFile, own);
  const files = await work.tx
    .select()
    .from(claimFile)
    .where(own)
    .orderBy(desc(claimFile.receivedAt), desc(claimFile.id))
    .limit(rowsAPage)
    .offset((page - 1) * rowsAPage);
  return { total, files: await withCounts(work, files) };
}

/** A file of a 事務. @throws Problem 404 */
export async function getClaimFile(
  work: Work,
  { program }: ClaimKind,
  fileId: string,
): Promise<ClaimFile> {
  const found = await work.tx
    .select()
    .from(claimFile)
    .where(and(eq(claimFile.id, fileId), eq(claimFile.program, program)));
  const [file] = await withCounts(work, found);
  if (!file) throw notFound("このファイルは見つかりません。");
  return file;
}

/** A row with what became of it; nothing of what it says. */
export interface ListedRow {
  line: number;
  state: RowState;
  faults: readonly RowFault[];
  reason: string | null;
  caseId: string | null;
  caseNumber: string | null;
  personNumber: string | null;
  sealedId: string;
  place: number;
}

const faultOf = (text: string): RowFault => {
  const [item = "row", code = "refused"] = text.split(":");
  return { item, code: code as RowFaultCode };
};

/** Rows of a file in one state, page by page. */
export async function listRows(
  work: Work,
  fileId: string,
  { state, page }: { state: RowState; page: number },
): Promise<ListedRow[]> {
  const rows = await work.sql<(Omit<ListedRow, "faults"> & { faults: string[] })[]>`
    select r.line, r.state, r.faults, r.reason, r.case_id as "caseId", c.number as "caseNumber", c.person_number as "personNumber",
           r.sealed_id as "sealedId", r.place
      from claims.file_row r left join cases.case c on c.id = r.case_id
     where r.file_id = ${fileId} and r.state = ${state} order by r.line limit ${rowsAPage} offset ${(page - 1) * rowsAPage}`;
  return rows.map((row) => ({ ...row, faults: row.faults.map(faultOf) }));
}

/** One row of a file of the 事務 in whose name the work goes on. @throws Problem 404 */
export async function getRow(work: Work, fileId: string, line: number): Promise<ListedRow> {
  const [found] = await work.tx
    .select()
    .from(claimFileRow)
    .where(and(eq(claimFileRow.fileId, fileId), eq(claimFileRow.line, line)));
  const row = ofThisProgram(work, found);
  if (!row) throw notFound("この行は見つかりません。");
  const { state, reason, caseId, sealedId, place } = row;
  return {
    line,
    state,
    faults: row.faults.map(faultOf),
    reason,
    caseId,
    caseNumber: null,
    personNumber: null,
    sealedId,
    place,
  };
}

/** How many claims of a file moved on: it cannot be taken back any more. */
export async function movedOnCount(work: Work, fileId: string): Promise<number> {
  const [row] = await work.sql<{ count: number }[]>`select claims.moved_on(${fileId}) as count`;
  return row?.count ?? 0;
}

/** What the file told of a claim that nobody completed yet; opened, and that is logged. */
export async function rowOfClaim(work: Work, caseId: string): Promise<PartialClaim | undefined> {
  const [row] = await work.tx
    .select()
    .from(claimFileRow)
    .where(and(eq(claimFileRow.caseId, caseId), eq(claimFileRow.state, "incomplete")));
  if (!row) return undefined;
  const [opened] = await getSealed(work, [row.sealedId]);
  return opened?.data as PartialClaim | undefined;
}

/** Files of a 事務 of which something waits for somebody. */
export async function countFilesWithWork(work: Work, { program }: ClaimKind): Promise<number> {
  const [row] = await work.sql<{ count: number }[]>`
    select count(*)::integer as count from claims.file where program = ${program} and state in ('taking', 'taking-back')`;
  return row?.count ?? 0;
}
