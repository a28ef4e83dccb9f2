import { and, asc, count, eq, inArray, isNull, sql } from "drizzle-orm";
import { pension, pensionPaper, pensionReport } from "#db/schema/relief-pensions.ts";
import { joinPdfs } from "#forms/index.ts";
import { conflict, notFound } from "#src/platform/problem.ts";
import { getSealedOne } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import { personOf } from "../relief/address.ts";
import { issuePensionPaper } from "./papers.ts";

/** How many are printed in one go; what is left is printed with the next. */
export const reportsInOneGo = 50;

/** 現況届 that are asked for, or warned of, and were not printed since. */
const unprinted = and(
  isNull(pensionReport.answeredOn),
  sql`not exists (select from ${pensionPaper} x where x.pension_id = ${pensionReport.pensionId}
        and x.kind = case when ${pensionReport.warnedOn} is null then 'report' else 'warning' end
        and x.made_on >= coalesce(${pensionReport.warnedOn}, ${pensionReport.askedOn}))`,
);

/** How many wait to be printed. */
export async function countUnprinted(work: Work): Promise<number> {
  const [row] = await work.tx
    .select({ n: count() })
    .from(pensionReport)
    .innerJoin(pension, eq(pension.id, pensionReport.pensionId))
    .where(unprinted);
  return row?.n ?? 0;
}

/**
 * Issues the 現況届, or its 催告, of those that were not printed yet, by number. Whose address this person may not see is left to
 * somebody who may.
 *
 * @returns how many were issued, and how many were left for their address
 * @throws Problem 409 where none waits
 */
export async function printReports(work: Work): Promise<{ issued: number; protectedOnes: number }> {
  const waiting = await work.tx
    .select({
      id: pension.id,
      payee: sql<string>`coalesce(${pension.arrearsPayee}, ${pension.payeeNumber})`,
      warned: sql<boolean>`${pensionReport.warnedOn} is not null`,
    })
    .from(pensionReport)
    .innerJoin(pension, eq(pension.id, pensionReport.pensionId))
    .where(unprinted)
    .orderBy(asc(pension.serial));
  if (waiting.length === 0) throw conflict("印刷していない現況届・催告はありません。");
  let issued = 0;
  let protectedOnes = 0;
  for (const { id, payee, warned } of waiting) {
    if (issued === reportsInOneGo) break;
    if ((await personOf(work, payee)).addressMasked) {
      protectedOnes += 1;
      continue;
    }
    await issuePensionPaper(work, id, warned ? "warning" : "report");
    issued += 1;
  }
  return { issued, protectedOnes };
}

/** What this person issued of them today, as it was printed, in one file. @throws Problem 404 where there is nothing */
export async function printedToday(work: Work): Promise<Uint8Array> {
  const papers = await work.tx
    .select({ sealedId: pensionPaper.sealedId })
    .from(pensionPaper)
    .innerJoin(pension, eq(pension.id, pensionPaper.pensionId))
    .where(
      and(
        inArray(pensionPaper.kind, ["report", "warning"]),
        eq(pensionPaper.madeOn, work.platform.clock.today()),
        eq(pensionPaper.madeBy, work.actor.staffId),
      ),
    )
    .orderBy(asc(pensionPaper.madeAt), asc(pension.serial));
  if (papers.length === 0) throw notFound("今日発行した現況届・催告はありません。");
  const pdfs: Uint8Array[] = [];
  for (const { sealedId } of papers)
    pdfs.push(Buffer.from(await getSealedOne<string>(work, sealedId), "base64"));
  return joinPdfs(pdfs);
}
