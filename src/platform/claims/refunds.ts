import { and, between, count, desc, eq, isNull } from "drizzle-orm";
import { caseRow } from "#db/schema/cases.ts";
import { claimBenefit as benefit } from "#db/schema/claims.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Work } from "../work.ts";

/** How many lines a page shows. */
export const refundsAPage = 50;

/** Which 領収書 are listed; months of treatment, `YYYY-MM`, and the office that took the claim. */
export interface RefundChoice {
  from: string;
  to: string;
  office?: string | undefined;
  care?: (typeof benefit.$inferSelect)["care"] | undefined;
}

/** A page of the 領収書 of a 事務 that were refunded and not cancelled, the newest month first, as far as this person may see them. */
export async function refundsOf(
  work: Work,
  program: string,
  { from, to, office, care }: RefundChoice,
  page: number,
) {
  const which = and(
    eq(benefit.program, program),
    isNull(benefit.cancelledAt),
    between(benefit.month, from, to),
    office === undefined ? undefined : eq(caseRow.officeCode, office),
    care === undefined ? undefined : eq(benefit.care, care),
  );
  const rows = await work.tx
    .select({
      caseId: benefit.caseId,
      caseNumber: caseRow.number,
      personNumber: benefit.personNumber,
      month: benefit.month,
      care: benefit.care,
      cost: benefit.cost,
      amount: benefit.amount,
      decidedOn: benefit.decidedOn,
    })
    .from(benefit)
    .innerJoin(caseRow, eq(caseRow.id, benefit.caseId))
    .where(which)
    .orderBy(desc(benefit.month), desc(benefit.decidedOn), benefit.approvalId, benefit.number)
    .limit(refundsAPage)
    .offset((page - 1) * refundsAPage);
  const [counted] = await work.tx
    .select({ total: count() })
    .from(benefit)
    .innerJoin(caseRow, eq(caseRow.id, benefit.caseId))
    .where(which);
  return {
    rows: rows.map((row) => ({ ...row, decidedOn: row.decidedOn as IsoDate })),
    total: counted?.total ?? 0,
  };
}
