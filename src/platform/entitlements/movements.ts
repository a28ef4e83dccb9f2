import { asc, inArray } from "drizzle-orm";
import { movement } from "#db/schema/entitlements.ts";
import type { Work } from "../work.ts";

/** 資格異動 with what was believed after it. */
export type Movement = typeof movement.$inferSelect;

export const movementTitles = {
  acquired: "取得",
  lost: "喪失",
  suspended: "停止",
  resumed: "再開",
  corrected: "訂正",
  revoked: "職権取消",
} as const satisfies Record<Movement["type"], string>;

/** Movements of entitlements, in the order in which they were recorded. */
export async function movementsOf(
  work: Work,
  entitlementIds: readonly string[],
): Promise<Movement[]> {
  if (entitlementIds.length === 0) return [];
  return work.tx
    .select()
    .from(movement)
    .where(inArray(movement.entitlementId, [...entitlementIds]))
    .orderBy(asc(movement.id));
}
