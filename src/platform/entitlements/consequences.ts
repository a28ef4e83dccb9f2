import type { Work } from "../work.ts";
import type { FollowUpKind } from "./follow-ups.ts";

/** What was paid or waits on a basis that would not hold any more; yen. */
export interface Consequence {
  entitlementId: string;
  kind: FollowUpKind;
  treatmentMonth: string | null;
  /** Some days of the month count and others do not. */
  partly: boolean;
  amount: number | null;
  /** 医療機関コード of a receipt. */
  institution: string | null;
  receiptFile: string | null;
  receiptRow: number | null;
  benefitId: number | null;
  payableId: string | null;
}

/**
 * What the decision on a case would leave to be done: of a report as its movement says, of a 訂正 with these days, of an
 * application as if it were 取消.
 */
export async function consequencesOf(
  { sql }: Work,
  caseId: string,
  days?: { from: string; to: string },
): Promise<Consequence[]> {
  const rows = await sql<
    (Omit<Consequence, "amount" | "benefitId"> & {
      amount: string | null;
      benefitId: string | null;
    })[]
  >`
    select entitlement_id as "entitlementId", kind, treatment_month as "treatmentMonth", partly, amount::text, institution,
           receipt_file as "receiptFile", receipt_row as "receiptRow", benefit_id::text as "benefitId", payable_id as "payableId"
      from entitlements.preview_of(${caseId}, ${days?.from ?? null}, ${days?.to ?? null})`;
  return rows.map((row) => ({
    ...row,
    amount: row.amount === null ? null : Number(row.amount),
    benefitId: row.benefitId === null ? null : Number(row.benefitId),
  }));
}
