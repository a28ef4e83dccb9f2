import { createHash } from "node:crypto";
import { and, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { feedImport, feedLot } from "#db/schema/feeds.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import type { Actor } from "../access/actor.ts";
import { recordAudit } from "../audit/write.ts";
import type { Platform } from "../platform.ts";
import { Problem } from "../problem.ts";
import { putSealed } from "../vault/index.ts";
import { runWork, type Work, type WorkOptions } from "../work.ts";
import type { Feed } from "./kind.ts";
import { orderOf, readFileName } from "./layout.ts";
import { cutIntoLines, type LinesOfFile, NoLines } from "./lines.ts";
import { readRecords } from "./records.ts";

/** Lines kept, reviewed and committed together. */
export const linesPerLot = 1_000;

/** Under which purpose and 事務 feeds work. */
export const feedWork: WorkOptions = { purpose: "feed", program: "feeds" };

/** A file on its way in. */
export interface IncomingFile {
  name: string;
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/**
 * Takes a file in, line by line, and seals the lines in the vault; memory stays flat. The file is read
 * and judged afterwards by `reviewImport`.
 *
 * @returns the id of the import; throws a Problem for a file that repeats, comes too late, or is not laid out as agreed
 */
export async function receiveFile(
  platform: Platform,
  actor: Actor,
  { kind, layout }: Feed,
  { name, source }: IncomingFile,
): Promise<string> {
  const named = readFileName(layout, name);
  if (!named)
    throw refusal("ファイル名が取り決めと違います。ファイルの種類と名前を確かめてください。");
  const inWork = <T>(run: (work: Work) => Promise<T>) => runWork(platform, actor, feedWork, run);
  const importId = await inWork((work) => openImport(work, { kind, layout }, name, named));
  const digest = createHash("sha256");
  try {
    let lots = 0;
    let rows = 0;
    let bytes = 0;
    for await (const lot of cutIntoLines(hashing(source, digest), linesPerLot)) {
      bytes += lot.bytes.length;
      const isHeading = layout.headings && lot.firstRow === 1;
      if (lot.firstRow === 1)
        await inWork((work) =>
          keepOrder(work, importId, isHeading ? headingsOrder(layout, lot) : everyColumn(layout)),
        );
      if (isHeading) continue;
      lots += 1;
      rows += lot.count;
      await inWork((work) => keepLot(work, importId, lots, lot));
    }
    if (bytes === 0) throw refusal("ファイルが空です。");
    const counts = { lots, rows, bytes, digest: digest.digest("hex") };
    await inWork((work) => closeReceipt(work, importId, kind.id, counts));
    return importId;
  } catch (error) {
    const problem =
      error instanceof NoLines ? refusal("行に分かれていないため読めません。") : error;
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
  const [row] = await work.tx
    .insert(feedImport)
    .values({
      kind: kind.id,
      layout: layout.id,
      fileName,
      ...named,
      preparedBy: work.actor.staffId,
    })
    .returning({ id: feedImport.id });
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

const everyColumn = (layout: Feed["layout"]) => layout.columns.map((_, place) => place);

function headingsOrder(layout: Feed["layout"], lot: LinesOfFile): number[] {
  const [headings] = readRecords(lot.bytes, layout);
  if (!headings || typeof headings === "string") throw refusal("見出しの行が読めません。");
  const found = orderOf(layout, headings);
  if ("order" in found) return found.order;
  // What stands in the file is not repeated: without headings it would be somebody's data.
  throw refusal(
    "surplus" in found
      ? `${found.surplus}列目の見出しが取り決めにありません。取り決めた項目だけを受け取ります。`
      : `「${found.missing}」の列がありません。`,
  );
}

async function keepOrder(work: Work, importId: string, columnOrder: number[]): Promise<void> {
  await work.tx.update(feedImport).set({ columnOrder }).where(eq(feedImport.id, importId));
}

async function keepLot(
  work: Work,
  importId: string,
  number: number,
  { firstRow, count, bytes }: LinesOfFile,
): Promise<void> {
  const sealedId = await putSealed(work, {
    holder: `feed:${importId}`,
    program: "feeds",
    kind: "lines",
    data: bytes,
  });
  await work.tx.insert(feedLot).values({ importId, number, firstRow, rowCount: count, sealedId });
}

async function closeReceipt(
  work: Work,
  importId: string,
  kind: string,
  { lots, rows, bytes, digest }: { lots: number; rows: number; bytes: number; digest: string },
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
  await work.tx
    .update(feedImport)
    .set({
      state: "reviewing",
      revision: sql`${feedImport.revision} + 1`,
      lotCount: lots,
      rowCount: rows,
      bytes,
      digest,
    })
    .where(eq(feedImport.id, importId));
  await recordAudit(work, {
    kind: "event",
    action: "feed.received",
    detail: { importId, kind, rows, digest },
  });
}

async function giveUp(work: Work, importId: string, problem: string): Promise<void> {
  await work.tx
    .update(feedImport)
    .set({ state: "cancelled", revision: sql`${feedImport.revision} + 1`, problem })
    .where(eq(feedImport.id, importId));
}
