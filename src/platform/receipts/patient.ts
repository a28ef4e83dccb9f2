import { and, eq, lte } from "drizzle-orm";
import { receiptLot } from "#db/schema/receipts.ts";
import { holds } from "../access/actor.ts";
import { getSealedOne } from "../vault/index.ts";
import type { Work } from "../work.ts";
import type { ReceiptPatient, SealedReceipt } from "./file-part.ts";
import type { FileRow } from "./move.ts";

/** Of so many receipts lies in one sealed record for whom they are: one look opens no more. */
export const patientsPerRecord = 20;

/**
 * Who a receipt says it is for, opened, and that is logged; nothing to whoever does not handle files, and nothing once the
 * file is closed and what it said of people is erased.
 */
export async function patientOf(
  work: Work,
  file: FileRow,
  row: number,
): Promise<ReceiptPatient | undefined> {
  const may = (["feed.import", "feed.commit"] as const).some((right) =>
    holds(work.actor, right, { program: "receipts" }),
  );
  if (!may || file.state !== "judged") return undefined;
  const lots = await work.tx
    .select()
    .from(receiptLot)
    .where(and(eq(receiptLot.fileId, file.id), lte(receiptLot.firstRow, row)));
  const lot = lots.find(({ firstRow, rowCount }) => row < firstRow + rowCount);
  if (!lot) return undefined;
  const place = row - lot.firstRow;
  const page = lot.patientIds[Math.floor(place / patientsPerRecord)];
  const sealed = await getSealedOne<Pick<SealedReceipt, "patient">[]>(work, page ?? lot.sealedId);
  return sealed[page === undefined ? place : place % patientsPerRecord]?.patient;
}
