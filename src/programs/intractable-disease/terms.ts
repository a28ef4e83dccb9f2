import { inArray, sql } from "drizzle-orm";
import { entitlementTerms } from "#db/schema/intractable-disease.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** 階層, 自己負担上限月額 and what else an entitlement holds with from a day on. */
export type Terms = typeof entitlementTerms.$inferSelect;

/**
 * The terms that hold of entitlements on a day, by entitlement; of one whose first terms begin later, or of which none are to
 * be seen, nothing.
 */
export async function termsOn(
  work: Work,
  entitlementIds: readonly string[],
  day: IsoDate,
): Promise<ReadonlyMap<string, Terms>> {
  if (entitlementIds.length === 0) return new Map();
  const rows = await work.tx
    .selectDistinctOn([entitlementTerms.entitlementId])
    .from(entitlementTerms)
    .where(
      sql`${inArray(entitlementTerms.entitlementId, [...entitlementIds])} and ${entitlementTerms.validFrom} <= ${day}`,
    )
    .orderBy(
      entitlementTerms.entitlementId,
      sql`${entitlementTerms.validFrom} desc`,
      sql`${entitlementTerms.id} desc`,
    );
  return new Map(rows.map((row) => [row.entitlementId, row]));
}

/** All terms of entitlements with their history, the earliest first. */
export function termsOf(work: Work, entitlementIds: readonly string[]): Promise<Terms[]> {
  if (entitlementIds.length === 0) return Promise.resolve([]);
  return work.tx
    .select()
    .from(entitlementTerms)
    .where(inArray(entitlementTerms.entitlementId, [...entitlementIds]))
    .orderBy(entitlementTerms.validFrom, entitlementTerms.id);
}

/** Of the terms, what papers say. */
export type PrintedTerms = Pick<
  Terms,
  | "tier"
  | "tierBefore"
  | "cap"
  | "apportioned"
  | "longHighCost"
  | "ventilator"
  | "mildHighCost"
  | "limitCategory"
  | "payerNumber"
  | "diseases"
>;

/** The same for a run of mailings, whose staff see no cases: as they hold on a day, or on the first of the entitlement where that is later. */
export async function termsForRun(
  work: Work,
  entitlementIds: readonly string[],
  day: IsoDate,
): Promise<ReadonlyMap<string, PrintedTerms>> {
  const rows = await work.sql<(PrintedTerms & { id: string })[]>`
    select entitlement_id as id, tier, tier_before as "tierBefore", cap::integer as cap, apportioned, long_high_cost as "longHighCost", ventilator,
           mild_high_cost as "mildHighCost", limit_category as "limitCategory", payer_number as "payerNumber", diseases
      from intractable_papers.terms_for_runs(${[...entitlementIds]}::uuid[], ${day})`;
  return new Map(rows.map(({ id, ...terms }) => [id, terms]));
}
