import { and, eq, gte } from "drizzle-orm";
import { entitlement } from "#db/schema/child-medical.ts";
import type { Actor } from "#src/platform/access/actor.ts";
import { applyEvent } from "#src/platform/cases/index.ts";
import { lookAtPeople, type Person } from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { openChange } from "./change.ts";
import type { LossReason } from "./reasons.ts";

const lot = 500;

/**
 * Looks through the entitlements for children who left the city or died, as the resident feed tells,
 * and opens a report of loss for each (職権). A member of staff confirms it, a supervisor decides.
 * Run again it opens nothing twice.
 *
 * @returns how many reports are open because of it
 */
export async function openLossesFromRegister(platform: Platform, system: Actor): Promise<number> {
  const options = {
    purpose: "feed",
    program: "child-medical",
    reason: "住民記録の異動による資格の確認",
  } as const;
  const today = platform.clock.today();
  const granted = await runWork(platform, system, options, ({ tx }) =>
    tx
      .select()
      .from(entitlement)
      .where(and(eq(entitlement.status, "granted"), gte(entitlement.validTo, today))),
  );
  let opened = 0;
  for (let at = 0; at < granted.length; at += lot) {
    opened += await runWork(platform, system, options, async (work) => {
      const rows = granted.slice(at, at + lot);
      const people = await lookAtPeople(
        work,
        rows.map((row) => row.personNumber),
        ["facts"],
      );
      const byNumber = new Map(people.map((person) => [person.personNumber, person]));
      const reported = await work.sql<{ entitlement_id: string }[]>`
        select h.entitlement_id from child_medical.change h join cases.case c on c.id = h.case_id
         where h.subject = 'loss' and c.state <> 'withdrawn' and h.entitlement_id = any(${rows.map((row) => row.id)}::uuid[])`;
      const known = new Set(reported.map((row) => row.entitlement_id));
      let count = 0;
      for (const row of rows) {
        const loss = lossOf(byNumber.get(row.personNumber));
        if (!loss || known.has(row.id) || loss.on <= row.validFrom || loss.on > row.validTo)
          continue;
        const idempotencyKey = `register-loss:${row.id}:${loss.on}`;
        const found = await openChange(work, {
          entitlementId: row.id,
          subject: "loss",
          occursOn: loss.on,
          lossReason: loss.reason,
          origin: "register",
          idempotencyKey,
        });
        if (found.revision === 1) {
          await applyEvent(work, {
            caseId: found.id,
            expectedRevision: 1,
            event: { type: "detect" },
            idempotencyKey: `${idempotencyKey}:detect`,
          });
          count++;
        }
      }
      return count;
    });
  }
  return opened;
}

/** Why and from when the child is no longer entitled: the day after the move or the death. */
function lossOf(person: Person | undefined): { reason: LossReason; on: IsoDate } | undefined {
  if (person?.diedOn) return { reason: "died", on: addDays(person.diedOn, 1) };
  const { to, toReason } = person?.residence ?? {};
  if (!to) return undefined;
  return {
    reason: toReason === "death" ? "died" : toReason === "move-out" ? "moved-out" : "other",
    on: to,
  };
}
