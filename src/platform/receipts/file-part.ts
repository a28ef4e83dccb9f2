import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { ReceiptFacts } from "#workflows/receipts/facts.ts";
import type { FileFaultCode } from "#workflows/receipts/faults.ts";

/** Who a receipt says it is for; personal data, sealed until the file is closed. */
export interface ReceiptPatient {
  name: string;
  kana: string;
  sex: string;
  birth: IsoDate | null;
  insuredSymbol: string;
  insuredNumber: string;
}

/** A receipt as it is sealed: no diagnosis, no treatment, no drug. */
export interface SealedReceipt {
  facts: ReceiptFacts;
  patient: ReceiptPatient;
}

/** Something against the file as a whole. */
export interface FileFault {
  code: FileFaultCode;
  line: number;
  field: string;
  reason: string;
}

/** What a file of any format consists of. */
export type FilePart = { receipt: SealedReceipt } | { fault: FileFault };
