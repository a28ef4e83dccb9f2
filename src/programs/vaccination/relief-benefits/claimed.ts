import { and, asc, desc, eq, lt } from "drizzle-orm";
import { award, benefitEntry, benefitVisit, claimedBenefit } from "#db/schema/relief-benefits.ts";
import type { CaseRow, EventDetail, Step } from "#src/platform/cases/index.ts";
import { codesByName, institutionMark } from "#src/platform/claims/index.ts";
import { parse } from "#src/platform/intake/index.ts";
import { getSealedOne, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { isPension } from "#workflows/vaccination/relief/benefits.ts";
import { firstMonth } from "#workflows/vaccination/relief/pension.ts";
import type { Visit } from "#workflows/vaccination/relief/visits.ts";
import { reliefBasis } from "../relief/basis.ts";
import { type BenefitEntry, benefitEntrySchema, type SealedBenefits } from "./entry.ts";

export type VisitRow = typeof benefitVisit.$inferSelect;
export type ClaimedRow = typeof claimedBenefit.$inferSelect;

/** What was keyed of a claim, as the newest step left it. */
export interface Claimed {
  readonly entry: typeof benefitEntry.$inferSelect;
  readonly visits: readonly VisitRow[];
  readonly benefits: readonly ClaimedRow[];
}

/** What is claimed; nothing before it was keyed. Nothing sealed is opened. */
export async function claimedOf(work: Work, caseId: string): Promise<Claimed | undefined> {
  const [entry] = await work.tx
    .select()
    .from(benefitEntry)
    .where(eq(benefitEntry.caseId, caseId))
    .orderBy(desc(benefitEntry.revision))
    .limit(1);
  if (!entry) return undefined;
  const { revision } = entry;
  return {
    entry,
    visits: await work.tx
      .select()
      .from(benefitVisit)
      .where(and(eq(benefitVisit.caseId, caseId), eq(benefitVisit.revision, revision)))
      .orderBy(asc(benefitVisit.number)),
    benefits: await work.tx
      .select()
      .from(claimedBenefit)
      .where(and(eq(claimedBenefit.caseId, caseId), eq(claimedBenefit.revision, revision)))
      .orderBy(asc(claimedBenefit.number)),
  };
}

/** Names of institutions and the remark; opened, and that is logged. */
export const openClaimed = (work: Work, { entry }: Claimed): Promise<SealedBenefits> =>
  getSealedOne<SealedBenefits>(work, entry.sealedId);

/** Whether something was decided for the person before a day (a death): the time for a claim is shorter then. */
export async function decidedBefore(work: Work, found: CaseRow, day: IsoDate): Promise<boolean> {
  const [row] = await work.tx
    .select({ number: award.number })
    .from(award)
    .where(and(eq(award.personNumber, found.personNumber), lt(award.decidedOn, day)))
    .limit(1);
  return row !== undefined;
}

/** A row as the rules know it. */
export const visitOf = (row: VisitRow): Visit => ({
  institution: row.institutionMark.toString("hex"),
  month: row.month as IsoMonth,
  way: row.way,
  days: row.days,
  paid: row.paid,
  meals: row.meals,
  reimbursed: row.reimbursed,
  hospitalEquivalent: row.hospitalEquivalent,
});

/** What is claimed by the month: 医療費 wherever something was paid, 医療手当 of the months that were named. */
function byMonth(entry: BenefitEntry, payeeNumber: string) {
  const months = [...new Set(entry.visits.map(({ month }) => month))].toSorted();
  const cost = months.flatMap((month) => {
    const visits = entry.visits.filter((one) => one.month === month);
    if (visits.every(({ paid, meals }) => paid + meals === 0)) return [];
    const refused = visits.every((one) => one.refusal !== undefined);
    return [
      {
        benefit: "medical-cost" as const,
        month,
        payeeNumber,
        refusal: entry.costRefusal ?? (refused ? visits[0]?.refusal : undefined) ?? null,
      },
    ];
  });
  const allowance = entry.allowanceMonths.map(({ month, refusal }) => ({
    benefit: "medical-allowance" as const,
    month,
    payeeNumber,
    refusal: refusal ?? null,
  }));
  return [...cost, ...allowance];
}

/**
 * Keeps what was keyed, in the step that enters it: months, days and amounts in rows, names sealed.
 *
 * @throws EntryProblem at the field that is wrong
 */
export async function keepClaimed(work: Work, step: Step): Promise<EventDetail> {
  const entry = parse(benefitEntrySchema, step.input);
  const { found } = step;
  const basis = await reliefBasis(work, found.id);
  const sealed: SealedBenefits = {
    institutions: Object.fromEntries(
      entry.visits.map(({ institutionName }, index) => [index + 1, institutionName]),
    ),
    ...(entry.remark ? { remark: entry.remark } : {}),
  };
  const sealedId = await putSealed(work, {
    holder: found.personNumber,
    program: found.program,
    kind: "relief-benefits",
    caseId: found.id,
    data: sealed,
  });
  await work.tx.insert(benefitEntry).values({
    caseId: found.id,
    diedOn: basis?.diedOn ?? null,
    disabilityMonths: entry.disabilityMonths,
    sealedId,
  });
  const codes = await codesByName(
    work,
    entry.visits.map(({ institutionName }) => institutionName),
  );
  if (entry.visits.length > 0)
    await work.tx.insert(benefitVisit).values(
      entry.visits.map(({ institutionCode, institutionName, ...one }, index) => ({
        ...one,
        caseId: found.id,
        number: index + 1,
        days: [...new Set(one.days)].toSorted((a, b) => a - b),
        institutionMark: institutionMark(
          work,
          institutionCode ?? codes.get(institutionName),
          institutionName,
        ),
        paidOn: one.paidOn ?? null,
        refusal: one.refusal ?? null,
      })),
    );
  const rows = [
    ...byMonth(entry, entry.medicalPayee ?? found.personNumber),
    ...entry.benefits.map(({ causeOn, grade, rank, refusal, ...one }) => ({
      ...one,
      rank: rank ?? null,
      grade: isPension(one.benefit) ? (grade ?? null) : null,
      fromMonth: isPension(one.benefit) && causeOn ? firstMonth(causeOn) : null,
      refusal: refusal ?? null,
    })),
  ];
  if (rows.length > 0)
    await work.tx
      .insert(claimedBenefit)
      .values(rows.map((one, index) => ({ ...one, caseId: found.id, number: index + 1 })));
  return { visits: entry.visits.length, benefits: rows.length };
}
