import { asc, count, desc, eq, sql } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { batchRun, contractor, handOver } from "#db/schema/mailings.ts";
import { handoverBook, writeForm } from "#forms/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { officeFinder, type ProgramPapers, printingOf } from "../printing/index.ts";
import { notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import { ofProgram, runNumber } from "./run.ts";

const entries = (work: Work) =>
  work.tx
    .select({
      entry: handOver,
      contractorName: contractor.name,
      handedBy: staff.displayName,
      title: batchRun.title,
      serial: batchRun.serial,
    })
    .from(handOver)
    .innerJoin(contractor, eq(contractor.id, handOver.contractorId))
    .innerJoin(batchRun, eq(batchRun.id, handOver.runId))
    .innerJoin(staff, sql`${staff.id} in (${handOver.handedBy}, ${handOver.withdrawnBy})`)
    .where(ofProgram(work));

/** A page (from 1) of the 授受簿 of a 事務, newest first. */
export async function listHandOvers(work: Work, { page, size }: { page: number; size: number }) {
  const [total] = await work.tx
    .select({ rows: count() })
    .from(handOver)
    .innerJoin(batchRun, eq(batchRun.id, handOver.runId))
    .where(ofProgram(work));
  const rows = await entries(work)
    .orderBy(desc(handOver.id))
    .limit(size)
    .offset((page - 1) * size);
  return { total: total?.rows ?? 0, rows };
}

/** The 授受簿 of a 事務 on paper: a page or more for each contractor, oldest first. @throws Problem 404 when nothing was handed over */
export async function printHandOvers(
  work: Work,
  { papers, title }: { papers: ProgramPapers; title: string },
): Promise<Uint8Array> {
  const rows = await entries(work).orderBy(asc(handOver.id));
  if (rows.length === 0) throw notFound("授受簿にはまだ記載がありません。");
  const office = (await officeFinder(work))(work.actor.officeCode ?? "");
  const books = [...Map.groupBy(rows, ({ contractorName }) => contractorName)].map(
    ([contractor, own]) => ({
      title: `${title} 発送データ`,
      contractor,
      office,
      lines: own.map(({ entry, title, handedBy, ...run }) => ({
        date: (entry.handedOn ?? entry.withdrawnOn) as IsoDate,
        medium: entry.withdrawnOn ? "取下げ" : entry.manner === "medium" ? "媒体" : "ファイル転送",
        content: `${runNumber(run)} ${title}`,
        count: entry.pieces,
        digest: entry.sha256.slice(0, 16),
        givenBy: handedBy,
        receivedBy: entry.withdrawnOn ? "渡していない" : (entry.receiptNumber ?? ""),
      })),
    }),
  );
  const { fonts, wording } = await printingOf(work, papers);
  return writeForm(handoverBook, books, { fonts, wording: wording(handoverBook) });
}
