import { asc, eq } from "drizzle-orm";
import { proposedPeriod } from "#db/schema/entitlements.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Step } from "../cases/index.ts";
import type { Work } from "../work.ts";

/** A period that a proposal would grant; of an entitlement that it names, the period as it would be from then on. */
export interface ProposedPeriod {
  personNumber: string;
  kind: string;
  /** The entitlement that is prolonged or corrected; null where a new one is granted. */
  entitlementId: string | null;
  from: IsoDate;
  to: IsoDate;
  reason: string;
}

/** Says what a proposal would grant, in the step that proposes it; the database lets nothing else be carried out. */
export async function proposePeriods(
  work: Work,
  { found }: Step,
  periods: readonly ProposedPeriod[],
): Promise<void> {
  for (const { personNumber, kind, entitlementId, from, to, reason } of periods)
    await work.sql`
      insert into entitlements.proposed_period (case_id, person_number, kind, entitlement_id, valid_from, valid_to, reason)
      values (${found.id}, ${personNumber}, ${kind}, ${entitlementId}, ${from}, ${to}, ${reason})`;
}

/** What a proposal would grant, as it was said. */
export async function proposedPeriods(work: Work, approvalId: string): Promise<ProposedPeriod[]> {
  const rows = await work.tx
    .select()
    .from(proposedPeriod)
    .where(eq(proposedPeriod.approvalId, approvalId))
    .orderBy(asc(proposedPeriod.id));
  return rows.map(({ personNumber, kind, entitlementId, validFrom, validTo, reason }) => ({
    personNumber,
    kind,
    entitlementId,
    from: validFrom as IsoDate,
    to: validTo as IsoDate,
    reason,
  }));
}
