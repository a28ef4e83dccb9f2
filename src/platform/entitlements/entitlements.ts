import { and, asc, desc, eq, inArray, or } from "drizzle-orm";
import { changeEntitlement, entitlement, suspension } from "#db/schema/entitlements.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Step } from "../cases/index.ts";
import type { Work } from "../work.ts";
import { recipientNumberOf } from "./recipients.ts";

/** 受給資格 as it is believed now. */
export type Entitlement = typeof entitlement.$inferSelect;

export const entitlementStatusTitles = {
  granted: "有効",
  suspended: "停止",
  lost: "喪失",
  revoked: "取消",
} as const satisfies Record<Entitlement["status"], string>;

/** The kind of entitlement of a subsidy of medical costs, where a 事務 has no other. */
export const medical = "medical";

/** Grants an entitlement to a person of the case, in the step that decides on it; gives number and id. */
export async function grant(
  work: Work,
  step: Step,
  granted: { personNumber: string; from: IsoDate; to: IsoDate; reason: string; kind?: string },
): Promise<{ id: string; recipientNumber: string }> {
  const { personNumber, from, to, reason, kind = medical } = granted;
  const recipientNumber = await recipientNumberOf(work, step, { personNumber, from });
  const [row] = await work.sql<{ id: string }[]>`
    select entitlements.grant_to(${step.found.id}, ${personNumber}, ${kind}, ${from}, ${to}, ${reason}) as id`;
  if (!row) throw new Error("the entitlement was not written");
  return { id: row.id, recipientNumber };
}

/** Entitlements that a case granted, or that a report of change concerns, in the order of the persons' numbers. */
export function entitlementsOfCase(work: Work, caseId: string): Promise<Entitlement[]> {
  const concerned = work.tx
    .select({ id: changeEntitlement.entitlementId })
    .from(changeEntitlement)
    .where(eq(changeEntitlement.caseId, caseId));
  return work.tx
    .select()
    .from(entitlement)
    .where(or(eq(entitlement.caseId, caseId), inArray(entitlement.id, concerned)))
    .orderBy(asc(entitlement.personNumber), asc(entitlement.validFrom));
}

/** Entitlements that some applications granted, of whatever status, in the order of the persons' numbers. */
export async function grantedBy(work: Work, caseIds: readonly string[]): Promise<Entitlement[]> {
  if (caseIds.length === 0) return [];
  return work.tx
    .select()
    .from(entitlement)
    .where(inArray(entitlement.caseId, [...caseIds]))
    .orderBy(asc(entitlement.personNumber), asc(entitlement.validFrom));
}

/** Entitlements by id, those that are there and may be seen. */
export async function findEntitlements(work: Work, ids: readonly string[]): Promise<Entitlement[]> {
  if (ids.length === 0) return [];
  return work.tx
    .select()
    .from(entitlement)
    .where(inArray(entitlement.id, [...ids]));
}

/** Entitlements of a person in a 事務, the newest first. */
export function entitlementsOf(
  work: Work,
  program: string,
  personNumber: string,
): Promise<Entitlement[]> {
  return work.tx
    .select()
    .from(entitlement)
    .where(and(eq(entitlement.program, program), eq(entitlement.personNumber, personNumber)))
    .orderBy(desc(entitlement.validFrom));
}

/**
 * 喪失, 停止, 再開, 訂正 as the report of change says, or 職権取消 by the application's own case, in the step that decides on
 * it; what it was before stays in the movements.
 *
 * @param period the period as it is corrected (訂正)
 */
export async function moveEntitlement(
  work: Work,
  { found }: Step,
  entitlementId: string,
  period?: { from: IsoDate; to: IsoDate },
): Promise<void> {
  await work.sql`select entitlements.move(${entitlementId}, ${found.id}, ${period?.from ?? null}, ${period?.to ?? null})`;
}

/** Days on which an entitlement does not count. */
export type Suspension = typeof suspension.$inferSelect;

/** The days of 停止 of some entitlements, the oldest first. */
export async function suspensionsOf(work: Work, ids: readonly string[]): Promise<Suspension[]> {
  if (ids.length === 0) return [];
  return work.tx
    .select()
    .from(suspension)
    .where(inArray(suspension.entitlementId, [...ids]))
    .orderBy(asc(suspension.fromOn));
}
