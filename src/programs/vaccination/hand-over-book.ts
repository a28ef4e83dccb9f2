import { handoverBook, writeForm } from "#forms/index.ts";
import { listHandOvers, runNumber } from "#src/platform/mailings/index.ts";
import { officeFinder, printingOf } from "#src/platform/printing/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { vaccinationPapers } from "./papers.ts";

/** 授受簿 on paper: a page or more for each contractor, oldest first. @throws Problem 404 when nothing was handed over */
export async function printHandOvers(work: Work): Promise<Uint8Array> {
  const rows = (await listHandOvers(work)).toReversed();
  if (rows.length === 0) throw notFound("授受簿にはまだ記載がありません。");
  const office = (await officeFinder(work))(work.actor.officeCode ?? "");
  const books = [...Map.groupBy(rows, ({ contractorName }) => contractorName)].map(
    ([contractor, own]) => ({
      title: "予防接種券 発送データ",
      contractor,
      office,
      lines: own.map(({ entry, title, handedBy, ...run }) => ({
        date: entry.handedOn as IsoDate,
        medium: entry.manner === "medium" ? "媒体" : "ファイル転送",
        content: `${runNumber(run)} ${title}`,
        count: entry.pieces,
        digest: entry.sha256.slice(0, 16),
        givenBy: handedBy,
        receivedBy: entry.receiptNumber ?? "",
      })),
    }),
  );
  const { fonts, wording } = await printingOf(work, vaccinationPapers);
  return writeForm(handoverBook, books, { fonts, wording: wording(handoverBook) });
}
