import { createHash } from "node:crypto";
import { and, eq, ne, notInArray } from "drizzle-orm";
import { receiptFile } from "#db/schema/receipts.ts";
import { FormatError } from "#src/formats/fault.ts";
import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import { channelTitles, type ReceiptChannel } from "#workflows/receipts/decisions.ts";
import type { Actor } from "../access/actor.ts";
import { NoRecords } from "../feeds/records/record.ts";
import type { Platform } from "../platform.ts";
import { Problem } from "../problem.ts";
import { putSealed, putSealedAll } from "../vault/index.ts";
import { runWork, type Work } from "../work.ts";
import { readCsv, receiptLayouts } from "./csv.ts";
import type { FileFault, FilePart, SealedReceipt } from "./file-part.ts";
import { getFile, moveFile, receiptWork } from "./move.ts";
import { patientsPerRecord } from "./patient.ts";
import { readUke } from "./uke.ts";

/** Receipts kept, judged and posted together. */
const receiptsPerLot = 1_000;
/** More faults of the file as a whole say no more. */
const mostFileFaults = 200;

/** A file of receipts on its way in, with what whoever takes it in says of it. */
export interface IncomingReceipts {
  name: string;
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  channel: ReceiptChannel;
  claimMonth: IsoMonth;
  paymentMonth: IsoMonth;
  /** Id of the column map of a CSV; nothing for a UKE. */
  layout?: string | undefined;
}

/**
 * Takes a file in, lot by lot, and seals the receipts in the vault, without diagnosis and treatment; memory stays flat.
 * Nothing in it is refused silently: what can't be read becomes a row with its faults. It is judged afterwards (`judgeFile`).
 *
 * @returns the id of the file
 * @throws Problem where not one receipt can be read, or the same file was received before
 */
export async function receiveReceipts(
  platform: Platform,
  actor: Actor,
  { name, source, channel, claimMonth, paymentMonth, layout }: IncomingReceipts,
): Promise<string> {
  const digest = createHash("sha256");
  const counted = { bytes: 0 };
  const parts = await partsOf(platform, layout, hashing(source, digest, counted));
  const inWork = <T>(run: (work: Work) => Promise<T>) => runWork(platform, actor, receiptWork, run);
  const format = layout === undefined ? "uke" : "csv";
  const [opened] = await inWork(
    (work) => work.sql<{ id: string }[]>`
      select receipts.open_file(${format}, ${layout ?? null}, ${channel}, ${claimMonth}, ${paymentMonth}, ${name.slice(0, 200)}) as id`,
  );
  if (!opened) throw new Error("no file was opened");
  const fileId = opened.id;
  const lots = { number: 0, row: 1 };
  const keep = async (lot: SealedReceipt[]) => {
    if (lot.length === 0) return;
    lots.number += 1;
    await inWork((work) => keepLot(work, fileId, lots, lot));
    lots.row += lot.length;
  };
  try {
    const faults: FileFault[] = [];
    let lot: SealedReceipt[] = [];
    for await (const part of parts) {
      if ("fault" in part) {
        if (faults.length < mostFileFaults) faults.push(part.fault);
        continue;
      }
      lot.push(part.receipt);
      if (lot.length < receiptsPerLot) continue;
      await keep(lot);
      lot = [];
    }
    await keep(lot);
    if (lots.number === 0)
      throw refusal(
        counted.bytes === 0
          ? "ファイルが空です。"
          : "レセプトが1件も読めません。ファイルの種類を確かめてください。",
      );
    await inWork((work) =>
      close(work, fileId, { faults, digest: digest.digest("hex"), bytes: counted.bytes }),
    );
    return fileId;
  } catch (error) {
    const unreadable = error instanceof FormatError || error instanceof NoRecords;
    const problem = unreadable ? refusal("行に分かれていないため読めません。") : error;
    const told = problem instanceof Problem ? problem.message : "受け取りの途中で止まりました。";
    await inWork(async (work) => moveFile(work, await getFile(work, fileId), "cancel", told));
    throw problem;
  }
}

async function partsOf(
  platform: Platform,
  layoutId: string | undefined,
  source: AsyncIterable<Uint8Array>,
): Promise<AsyncIterable<FilePart>> {
  if (layoutId === undefined) return readUke(source);
  const layout = (await receiptLayouts(platform)).find(({ id }) => id === layoutId);
  if (!layout) throw refusal("この並びの対応表が見つかりません。");
  return readCsv(layout, source);
}

async function* hashing(
  source: IncomingReceipts["source"],
  digest: ReturnType<typeof createHash>,
  counted: { bytes: number },
) {
  for await (const part of source) {
    digest.update(part);
    counted.bytes += part.length;
    yield part;
  }
}

const refusal = (message: string) => new Problem({ status: 422, message });

async function keepLot(
  work: Work,
  fileId: string,
  { number, row }: { number: number; row: number },
  lot: SealedReceipt[],
): Promise<void> {
  const place = { holder: `receipts:${fileId}`, program: "receipts" };
  const sealedId = await putSealed(work, {
    ...place,
    kind: "receipt-records",
    data: lot.map(({ facts }) => ({ facts })),
  });
  const pages = Array.from({ length: Math.ceil(lot.length / patientsPerRecord) }, (_, page) =>
    lot.slice(page * patientsPerRecord, (page + 1) * patientsPerRecord),
  );
  const patientIds = await putSealedAll(
    work,
    pages.map((page) => ({
      ...place,
      kind: "receipt-patients",
      data: page.map(({ patient }) => ({ patient })),
    })),
  );
  await work.sql`select receipts.add_lot(${fileId}, ${number}, ${row}, ${lot.length}, ${sealedId}, ${patientIds}::uuid[])`;
}

async function close(
  work: Work,
  fileId: string,
  { faults, digest, bytes }: { faults: readonly FileFault[]; digest: string; bytes: number },
): Promise<void> {
  const [same] = await work.tx
    .select({ claimMonth: receiptFile.claimMonth, channel: receiptFile.channel })
    .from(receiptFile)
    .where(
      and(
        eq(receiptFile.digest, digest),
        ne(receiptFile.id, fileId),
        notInArray(receiptFile.state, ["cancelled", "withdrawn"]),
      ),
    );
  if (same)
    throw new Problem({
      status: 409,
      message: `同じ内容のファイルをもう受け取っています（${channelTitles[same.channel]} ${same.claimMonth.replace("-", "年")}月請求分）。`,
    });
  const of = <T>(pick: (fault: FileFault) => T) => faults.map(pick);
  await work.sql`select receipts.keep_file_faults(${fileId}, ${of((f) => f.code)}::text[],
    ${of((f) => f.line)}::integer[], ${of((f) => f.field)}::text[], ${of((f) => f.reason)}::text[])`;
  const { revision } = await getFile(work, fileId);
  await work.sql`select receipts.close_receipt(${fileId}, ${revision}, ${digest}, ${bytes})`;
}
