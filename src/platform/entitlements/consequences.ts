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
  return shown(
    await sql<StoredConsequence[]>`
      select ${columns({ sql })} from entitlements.preview_of(${caseId}, ${days?.from ?? null}, ${days?.to ?? null})`,
  );
}

/** What a change of the insurance would leave to be done: receipts of its months that name another insurer. */
export async function insurerConsequences(
  { sql }: Work,
  caseId: string,
  insurer: string,
): Promise<Consequence[]> {
  return shown(
    await sql<StoredConsequence[]>`
      select ${columns({ sql })} from entitlements.preview_insurer(${caseId}, ${insurer})`,
  );
}

/** Opens that, in the step that puts the change into force; gives how many. */
export async function followInsurer(
  { sql }: Work,
  caseId: string,
  insurer: string,
): Promise<number> {
  const [row] = await sql<{ opened: number }[]>`
    select entitlements.follow_insurer(${caseId}, ${insurer}) as opened`;
  return row?.opened ?? 0;
}

type StoredConsequence = Omit<Consequence, "amount" | "benefitId"> & {
  amount: string | null;
  benefitId: string | null;
};

const columns = ({ sql }: Pick<Work, "sql">) => sql`
  entitlement_id as "entitlementId", kind, treatment_month as "treatmentMonth", partly, amount::text, institution,
  receipt_file as "receiptFile", receipt_row as "receiptRow", benefit_id::text as "benefitId", payable_id as "payableId"`;

const shown = (rows: readonly StoredConsequence[]): Consequence[] =>
  rows.map((row) => ({
    ...row,
    amount: row.amount === null ? null : Number(row.amount),
    benefitId: row.benefitId === null ? null : Number(row.benefitId),
  }));
