import { and, asc, between, desc, eq } from "drizzle-orm";
import { benefit, institution, receiptAdjustment } from "#db/schema/receipts.ts";
import type { Work } from "../work.ts";
import { linesAPage, type Paged } from "./lists.ts";

/** A row of the ledger (給付情報) with the name of its institution. */
export interface LedgerRow {
  benefit: typeof benefit.$inferSelect;
  institutionName: string;
}

/** What was paid for a person by receipts, the newest month first, as far as this person may see it. */
export async function ledgerOfPerson(
  work: Work,
  personNumber: string,
  page: number,
): Promise<Paged<LedgerRow>> {
  const which = eq(benefit.personNumber, personNumber);
  const rows = await work.tx
    .select({ benefit, institutionName: institution.name })
    .from(benefit)
    .innerJoin(institution, eq(institution.code, benefit.institution))
    .where(which)
    .orderBy(desc(benefit.treatmentMonth), desc(benefit.id))
    .limit(linesAPage)
    .offset((page - 1) * linesAPage);
  return { rows, total: await work.tx.$count(benefit, which) };
}

/** Which rows of the ledger of a 事務 are listed; months of treatment, `YYYY-MM`. */
export interface LedgerChoice {
  program: string;
  from: string;
  to: string;
  office?: string | undefined;
  care?: LedgerRow["benefit"]["care"] | undefined;
  institution?: string | undefined;
}

/** A page of the ledger as chosen, by month and number, as far as this person may see it. */
export async function ledgerOf(
  work: Work,
  { program, from, to, office, care, institution: place }: LedgerChoice,
  page: number,
): Promise<Paged<LedgerRow>> {
  const which = and(
    eq(benefit.program, program),
    between(benefit.treatmentMonth, from, to),
    office === undefined ? undefined : eq(benefit.officeCode, office),
    care === undefined ? undefined : eq(benefit.care, care),
    place === undefined ? undefined : eq(benefit.institution, place),
  );
  const rows = await work.tx
    .select({ benefit, institutionName: institution.name })
    .from(benefit)
    .innerJoin(institution, eq(institution.code, benefit.institution))
    .where(which)
    .orderBy(desc(benefit.treatmentMonth), desc(benefit.id))
    .limit(linesAPage)
    .offset((page - 1) * linesAPage);
  return { rows, total: await work.tx.$count(benefit, which) };
}

/** A row of the ledger with all that changed it, the oldest first. */
export async function benefitWithChanges(work: Work, id: number): Promise<LedgerRow[]> {
  const read = (which: ReturnType<typeof eq>) =>
    work.tx
      .select({ benefit, institutionName: institution.name })
      .from(benefit)
      .innerJoin(institution, eq(institution.code, benefit.institution))
      .where(which)
      .orderBy(asc(benefit.id));
  return [...(await read(eq(benefit.id, id))), ...(await read(eq(benefit.originId, id)))];
}

/** Originals of the ledger that fit what a channel names in a 過誤 or 再審査: institution, month, number, points. */
export function matchingBenefits(
  work: Work,
  key: {
    institution: string;
    treatmentMonth: string;
    recipientNumber: string;
    points?: number | undefined;
  },
): Promise<LedgerRow[]> {
  return work.tx
    .select({ benefit, institutionName: institution.name })
    .from(benefit)
    .innerJoin(institution, eq(institution.code, benefit.institution))
    .where(
      and(
        eq(benefit.kind, "original"),
        eq(benefit.institution, key.institution),
        eq(benefit.treatmentMonth, key.treatmentMonth),
        eq(benefit.recipientNumber, key.recipientNumber),
        key.points === undefined ? undefined : eq(benefit.points, key.points),
      ),
    )
    .orderBy(asc(benefit.id))
    .limit(linesAPage);
}

/** 過誤・再審査, the newest first. */
export async function listAdjustments(
  work: Work,
  page: number,
): Promise<
  Paged<{ adjustment: typeof receiptAdjustment.$inferSelect; benefit: LedgerRow["benefit"] }>
> {
  const rows = await work.tx
    .select({ adjustment: receiptAdjustment, benefit })
    .from(receiptAdjustment)
    .innerJoin(benefit, eq(benefit.id, receiptAdjustment.benefitId))
    .orderBy(desc(receiptAdjustment.id))
    .limit(linesAPage)
    .offset((page - 1) * linesAPage);
  return { rows, total: await work.tx.$count(receiptAdjustment) };
}
