import { and, asc, desc, eq } from "drizzle-orm";
import { claim, claimAcceptance, claimBill } from "#db/schema/claims.ts";
import type { ClaimFaultCode } from "#workflows/claims/faults.ts";
import type { ClaimReceipt } from "#workflows/claims/receipt.ts";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { figures } from "#workflows/text/widths.ts";
import type { CaseRow, Step } from "../cases/index.ts";
import { latestEntry, openEntry, sealEntry } from "../intake/index.ts";
import { notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import type { ClaimEntry, SealedClaim } from "./entry.ts";

type BillRow = typeof claimBill.$inferSelect;

/** Names of institutions as they are compared: without the width of figures and spaces. */
const folded = (name: string) => figures(name.normalize("NFKC")).replaceAll(/\s+/g, "");

/** The same for the same institution, whatever it is called outside: by its code, or by its name where that is not known. */
export const institutionMark = ({ platform }: Work, code: string | undefined, name: string) =>
  platform.keys.fingerprint(`claim-institution\n${code ?? folded(name)}`);

/** Codes of institutions that are known by exactly one name. */
export async function codesByName(
  work: Work,
  names: readonly string[],
): Promise<Map<string, string>> {
  const rows = await work.sql<{ name: string; code: string }[]>`
    select name, min(code) as code from receipts.institution where name = any(${[...new Set(names)]}::text[])
     group by name having count(*) = 1`;
  return new Map(rows.map(({ name, code }) => [name, code]));
}

/** Keeps what was keyed in a step that enters: names sealed, codes, months and amounts in their rows. */
export async function keepBills(work: Work, step: Step, entry: ClaimEntry): Promise<void> {
  const { receipts, insurerGroup, category, multiple, income, remark } = entry;
  const { found } = step;
  const codes = await codesByName(
    work,
    receipts.flatMap(({ institutionName, prescriberName }) => [
      institutionName,
      ...(prescriberName ? [prescriberName] : []),
    ]),
  );
  const sealed: SealedClaim = {
    institutions: Object.fromEntries(
      receipts.map(({ institutionName }, index) => [index + 1, institutionName]),
    ),
    ...(receipts.some(({ prescriberName }) => prescriberName)
      ? {
          prescribers: Object.fromEntries(
            receipts.flatMap(({ prescriberName }, index) =>
              prescriberName ? [[index + 1, prescriberName]] : [],
            ),
          ),
        }
      : {}),
    ...(income === undefined ? {} : { income }),
    ...(remark ? { remark } : {}),
  };
  await sealEntry(work, step, [{ personNumber: found.personNumber, data: sealed }]);
  await work.tx.insert(claimBill).values(
    receipts.map((receipt, index) => {
      const { institutionCode, institutionName, prescriberCode, prescriberName, ...one } = receipt;
      const institution = institutionCode ?? codes.get(institutionName);
      const prescriber = prescriberCode ?? codes.get(prescriberName ?? "");
      return {
        ...one,
        caseId: found.id,
        number: index + 1,
        institution: institution ?? null,
        institutionMark: institutionMark(work, institution, institutionName),
        prescriber: prescriber ?? null,
        prescriberMark:
          prescriber || prescriberName
            ? institutionMark(work, prescriber, prescriberName ?? "")
            : null,
        insurerGroup: insurerGroup ?? null,
        category: category ?? null,
        multiple,
      };
    }),
  );
}

/** To whom a claim is paid and how it came. @throws Problem 404 for what is no claim */
export async function claimOf(work: Work, caseId: string): Promise<typeof claim.$inferSelect> {
  const [row] = await work.tx.select().from(claim).where(eq(claim.caseId, caseId));
  if (!row) throw notFound("支給申請が見つかりません。");
  return row;
}

/** The receipts of the entry that counts, in their order; none before anything was keyed. Nothing sealed is opened. */
export async function billsOf(work: Work, caseId: string): Promise<BillRow[]> {
  const newest = await work.tx
    .select({ revision: claimBill.revision })
    .from(claimBill)
    .where(eq(claimBill.caseId, caseId))
    .orderBy(desc(claimBill.revision))
    .limit(1);
  const revision = newest[0]?.revision;
  if (revision === undefined) return [];
  return work.tx
    .select()
    .from(claimBill)
    .where(and(eq(claimBill.caseId, caseId), eq(claimBill.revision, revision)))
    .orderBy(asc(claimBill.number));
}

/** What was sealed of the entry that counts; opened, and that is logged. */
export async function openSealedClaim(work: Work, found: CaseRow): Promise<SealedClaim> {
  const entry = await latestEntry(work, found.id);
  const [piece] = entry ? await openEntry(work, entry) : [];
  return (piece?.data as SealedClaim | undefined) ?? { institutions: {} };
}

/** A row as the rules know it. */
export const receiptOf = (row: BillRow): ClaimReceipt => ({
  number: row.number,
  month: row.month as IsoMonth,
  day: row.day ?? undefined,
  paidOn: (row.paidOn ?? undefined) as IsoDate | undefined,
  institution: row.institution ?? row.institutionMark.toString("hex"),
  care: row.care,
  cost: row.cost,
  insuranceTenths: row.insuranceTenths,
  times: row.times,
  paid: row.paid,
  meals: row.meals,
  mealDays: row.mealDays,
  reimbursed: row.reimbursed,
  highCost: row.highCost,
  additionalBenefit: row.additionalBenefit,
  otherPublic: row.otherPublic,
  insurerGroup: row.insurerGroup ?? undefined,
  category: (row.category ?? undefined) as ClaimReceipt["category"],
  multiple: row.multiple,
  outsidePrefecture: row.outsidePrefecture,
  certificateShown: row.certificateShown,
  prescriber: row.prescriber ?? row.prescriberMark?.toString("hex"),
  exclusion: row.exclusion ?? undefined,
  documents: row.documents as ClaimReceipt["documents"],
});

/** What was said of a finding: accepted, or the receipt set aside to be refused. */
export interface Judged {
  number: number;
  code: ClaimFaultCode;
  reason: string;
  acceptedBy: number;
}

/** What was said of the receipts of the entry of a revision. */
export async function judgedOf(work: Work, caseId: string, revision: number): Promise<Judged[]> {
  const rows = await work.tx
    .select()
    .from(claimAcceptance)
    .where(and(eq(claimAcceptance.caseId, caseId), eq(claimAcceptance.entryRevision, revision)))
    .orderBy(asc(claimAcceptance.number));
  return rows.map(({ number, code, reason, acceptedBy }) => ({
    number,
    code: code as ClaimFaultCode,
    reason,
    acceptedBy,
  }));
}
