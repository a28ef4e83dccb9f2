import { createHash } from "node:crypto";
import { and, desc, eq, inArray, ne } from "drizzle-orm";
import { feedImport } from "#db/schema/feeds.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import type { Actor } from "../access/actor.ts";
import { recordAudit } from "../audit/write.ts";
import type { Platform } from "../platform.ts";
import { Problem } from "../problem.ts";
import { putSealed } from "../vault/index.ts";
import { runWork, type Work, type WorkOptions } from "../work.ts";
import { keepBadRows } from "./bad-rows.ts";
import { cutRecords } from "./kept-records.ts";
import type { Feed } from "./kind.ts";
import { missingColumns, orderOf, readFileName } from "./layout.ts";
import { holdImport, moveImport, stateAfter } from "./move.ts";
import { readerOf } from "./records/readers.ts";
import { NoRecords, type RecordsOfFile } from "./records/record.ts";
import { sift } from "./sift.ts";

/** Records kept, reviewed and committed together. */
const recordsPerLot = 1_000;

/** Under which purpose and 事務 feeds work. */
export const feedWork: WorkOptions = { purpose: "feed", program: "feeds" };

/** A file on its way in. */
export interface IncomingFile {
  name: string;
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/**
 * Takes a file in, lot by lot, and seals the records in the vault; memory stays flat. Of a kind that takes
 * only people whom a 事務 needs, the records of all others are dropped here. The file is judged afterwards
 * by `reviewImport`.
 *
 * @returns the id of the import; throws a Problem for a file that repeats, comes too late, or is not laid out as agreed
 */
export async function receiveFile(
  platform: Platform,
  actor: Actor,
  feed: Feed,
  { name, source }: IncomingFile,
): Promise<string> {
  const { kind, layout } = feed;
  const named = readFileName(layout, name);
  if (!named)
    throw refusal("ファイル名が取り決めと違います。ファイルの種類と名前を確かめてください。");
  const inWork = <T>(run: (work: Work) => Promise<T>) => runWork(platform, actor, feedWork, run);
  const importId = await inWork((work) => openImport(work, feed, name, named));
  const digest = createHash("sha256");
  try {
    const counts = { lots: 0, rows: 0, bytes: 0, notNeeded: 0 };
    let columnOrder = layout.columns.map((_, place) => place);
    for await (const lot of readerOf(layout).cut(hashing(source, digest), recordsPerLot)) {
      counts.bytes += lot.bytes.length;
      if (layout.headings && lot.firstRow === 1) {
        columnOrder = headingsOrder(layout, lot);
        continue;
      }
      counts.rows += lot.count;
      const { kept, dropped } = await inWork((work) =>
        keepLot(work, feed, columnOrder, { importId, number: counts.lots + 1, lot }),
      );
      counts.lots += kept ? 1 : 0;
      counts.notNeeded += dropped;
    }
    if (counts.bytes === 0) throw refusal("ファイルが空です。");
    const receipt = { ...counts, columnOrder, digest: digest.digest("hex") };
    await inWork((work) => closeReceipt(work, importId, kind.id, receipt));
    return importId;
  } catch (error) {
    const problem =
      error instanceof NoRecords ? refusal("行に分かれていないため読めません。") : error;
    const told = problem instanceof Problem ? problem.message : "受け取りの途中で止まりました。";
    await inWork((work) => giveUp(work, importId, told));
    throw problem;
  }
}

async function* hashing(source: IncomingFile["source"], digest: ReturnType<typeof createHash>) {
  for await (const part of source) {
    digest.update(part);
    yield part;
  }
}

const refusal = (message: string) => new Problem({ status: 422, message });

async function openImport(
  work: Work,
  { kind, layout }: Feed,
  fileName: string,
  named: NonNullable<ReturnType<typeof readFileName>>,
): Promise<string> {
  const last = await lastCommitted(work, kind.id);
  if (last && named.sequence <= last.sequence)
    throw new Problem({
      status: 409,
      message: `番号${named.sequence}のファイルは、反映済みの番号${last.sequence}より前のものです。`,
    });
  const { fileDate, extent, sequence } = named;
  const [row] = await work.sql<{ id: string }[]>`
    select feeds.open_import(${kind.id}, ${layout.id}, ${fileName}, ${fileDate}, ${extent}, ${sequence}) as id`;
  if (!row) throw new Error("no import was made");
  return row.id;
}

/** The file of a kind committed last; nothing before the first. */
export async function lastCommitted(work: Work, kind: string) {
  const [row] = await work.tx
    .select()
    .from(feedImport)
    .where(and(eq(feedImport.kind, kind), inArray(feedImport.state, ["committing", "committed"])))
    .orderBy(desc(feedImport.sequence))
    .limit(1);
  return row;
}

function headingsOrder(layout: Feed["layout"], lot: RecordsOfFile): number[] {
  const [headings] = readerOf(layout).read(lot.bytes);
  if (!headings || typeof headings === "string") throw refusal("見出しの行が読めません。");
  const found = orderOf(layout, headings);
  if ("order" in found) return found.order;
  // What stands in the file is not repeated: without headings it would be somebody's data.
  throw refusal(
    "surplus" in found
      ? `${found.surplus}列目の見出しが取り決めにありません。取り決めた項目だけを受け取ります。`
      : `${missingColumns(found.missing)}の列がありません。`,
  );
}

/** Seals what is taken of a lot, the 個人番号 apart; keeps nothing where all of it is dropped. */
async function keepLot(
  work: Work,
  feed: Feed,
  columnOrder: readonly number[],
  { importId, number, lot }: { importId: string; number: number; lot: RecordsOfFile },
): Promise<{ kept: boolean; dropped: number }> {
  const { firstRow, count } = lot;
  const read = readerOf(feed.layout).read(lot.bytes);
  const { rows, unread, dropped, ...taken } = await sift(work, feed, columnOrder, read, firstRow);
  if (dropped === count) return { kept: false, dropped };
  const { records, numbers } = cutRecords(feed, columnOrder, taken.records);
  const seal = (holder: string, kind: string, data: unknown) =>
    putSealed(work, { holder: `${holder}:${importId}`, program: "feeds", kind, data });
  const sealedId = await seal("feed", "records", records);
  const numbersId = numbers ? await seal("feed-number", "record-numbers", numbers) : null;
  await work.sql`select feeds.add_lot(${importId}, ${number}, ${firstRow}, ${count}, ${rows}::integer[], ${sealedId}, ${numbersId})`;
  await keepBadRows(work, feed.kind, { importId, number }, unread, true);
  return { kept: true, dropped };
}

interface Receipt {
  columnOrder: number[];
  rows: number;
  notNeeded: number;
  bytes: number;
  digest: string;
}

async function closeReceipt(
  work: Work,
  importId: string,
  kind: string,
  { columnOrder, rows, notNeeded, bytes, digest }: Receipt,
): Promise<void> {
  const [same] = await work.tx
    .select({ sequence: feedImport.sequence, at: feedImport.fileDate })
    .from(feedImport)
    .where(
      and(
        eq(feedImport.kind, kind),
        eq(feedImport.digest, digest),
        ne(feedImport.state, "cancelled"),
      ),
    );
  if (same)
    throw new Problem({
      status: 409,
      message: `同じ内容のファイルをもう受け取っています（番号${same.sequence}、${formatWarekiShort(same.at as IsoDate)}）。`,
    });
  const entry = await holdImport(work, importId);
  stateAfter(work, entry, "received");
  await work.sql`select feeds.close_receipt(${importId}, ${entry.revision}, ${digest}, ${bytes}, ${columnOrder}::integer[], ${rows}, ${notNeeded})`;
  await recordAudit(work, {
    kind: "event",
    action: "feed.received",
    detail: { importId, kind, rows, notNeeded, digest },
  });
}

async function giveUp(work: Work, importId: string, problem: string): Promise<void> {
  await moveImport(work, await holdImport(work, importId), "cancel", { why: problem });
}
