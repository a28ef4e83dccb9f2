import { eq } from "drizzle-orm";
import { change, changeEntitlement } from "#db/schema/entitlements.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { notFound } from "../problem.ts";
import type { Work } from "../work.ts";

/** What a report of change (変更届・喪失届) is about. */
export type Change = typeof change.$inferSelect & { occursOn: IsoDate; reportedOn: IsoDate };
export type ChangeMovement = NonNullable<Change["movement"]>;

/** Says what a report is about, as it is opened; `entitlementIds` are those that it concerns. */
export async function reportChange(
  work: Work,
  reported: {
    caseId: string;
    grantingCaseId: string;
    subject: string;
    reason: string | null;
    movement: ChangeMovement | null;
    needsDecision: boolean;
    occursOn: IsoDate;
    origin: Change["origin"];
    entitlementIds: readonly string[];
  },
): Promise<void> {
  await work.sql`select entitlements.report_change(${reported.caseId}, ${reported.grantingCaseId}, ${reported.subject},
    ${reported.reason}, ${reported.movement}, ${reported.needsDecision}, ${reported.occursOn}, ${reported.origin},
    ${[...reported.entitlementIds]}::uuid[])`;
}

/** @throws Problem 404 where the case is no report of change */
export async function changeOf(work: Work, caseId: string): Promise<Change> {
  const [row] = await work.tx.select().from(change).where(eq(change.caseId, caseId));
  if (!row) throw notFound("届出が見つかりません。");
  return row as Change;
}

/** Ids of the entitlements that a report concerns. */
export async function concernedBy(work: Work, caseId: string): Promise<string[]> {
  const rows = await work.tx
    .select({ id: changeEntitlement.entitlementId })
    .from(changeEntitlement)
    .where(eq(changeEntitlement.caseId, caseId));
  return rows.map(({ id }) => id);
}
