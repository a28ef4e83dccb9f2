import { and, asc, eq, inArray } from "drizzle-orm";
import { institution, receipt, receiptDecision, receiptFile } from "#db/schema/receipts.ts";
import type { Work } from "../work.ts";
import type { ReceiptRow } from "./lists.ts";

/** A receipt that goes back, with why. */
export interface ReturnedReceipt {
  receipt: ReceiptRow;
  institutionName: string | null;
  reason: string;
}

const returnedOf = (work: Work, fileId: string) =>
  work.tx
    .select({ receipt, institutionName: institution.name, reason: receiptDecision.reason })
    .from(receipt)
    .innerJoin(receiptFile, eq(receiptFile.id, receipt.fileId))
    .innerJoin(
      receiptDecision,
      and(
        eq(receiptDecision.fileId, receipt.fileId),
        eq(receiptDecision.row, receipt.row),
        eq(receiptDecision.action, "return"),
      ),
    )
    .leftJoin(institution, eq(institution.code, receipt.institution))
    .where(
      and(
        eq(receipt.fileId, fileId),
        eq(receipt.decided, "returned"),
        inArray(receiptFile.state, ["judged", "committing", "committed"]),
      ),
    );

/** 返戻 of a file, institution by institution, as they go back to the channel: at most so many. */
export const returnedReceipts = (
  work: Work,
  fileId: string,
  most: number,
): Promise<ReturnedReceipt[]> =>
  returnedOf(work, fileId).orderBy(asc(receipt.institution), asc(receipt.row)).limit(most);
