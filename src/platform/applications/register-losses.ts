import { and, asc, eq, gt, gte, inArray } from "drizzle-orm";
import { entitlement } from "#db/schema/entitlements.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { Actor } from "../access/actor.ts";
import { applyEvent } from "../cases/index.ts";
import type { Entitlement } from "../entitlements/index.ts";
import { lookAtPeople, type Person } from "../people/index.ts";
import type { Platform } from "../platform.ts";
import { runWork, type Work } from "../work.ts";
import type { ChangeKind } from "./change-kind.ts";
import { openChange } from "./open.ts";

const lot = 500;

/** Why and from when somebody is no longer entitled. */
export interface RegisterLoss {
  /** The subject of the report, such as `loss`. */
  subject: string;
  reason: string;
  on: IsoDate;
}

/** What becomes of an entitlement because of what the register says of its person; nothing where it goes on. */
export type LossFinder = (
  person: Person | undefined,
  entitled: Entitlement,
) => RegisterLoss | undefined;

/** Why and from when a person is gone: the day after the death, the day of the move. */
export function goneSince(
  person: Person | undefined,
): { why: "died" | "moved-out" | "other"; on: IsoDate } | undefined {
  if (person?.diedOn) return { why: "died", on: addDays(person.diedOn, 1) };
  const { to, toReason } = person?.residence ?? {};
  if (!to) return undefined;
  const why = toReason === "death" ? "died" : toReason === "move-out" ? "moved-out" : "other";
  return { why, on: to };
}

/**
 * Looks through the entitlements of a 事務 for people who left the city or died, as the resident feed tells, and opens
 * a report of loss for each (職権). A member of staff confirms it, a supervisor decides. Run again it opens nothing twice.
 *
 * @returns how many reports were opened
 */
export async function openLossesFromRegister<Entered>(
  platform: Platform,
  system: Actor,
  kind: ChangeKind<Entered>,
  find: LossFinder,
): Promise<number> {
  const { program } = kind.application;
  const reason = "住民記録の異動による資格の確認";
  const options = { purpose: "feed", program, reason } as const;
  const today = platform.clock.today();
  let opened = 0;
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const rows = await runWork(platform, system, options, async (work) => {
      const held = await work.tx
        .select()
        .from(entitlement)
        .where(
          and(
            eq(entitlement.program, program),
            inArray(entitlement.status, ["granted", "suspended"]),
            gte(entitlement.validTo, today),
            gt(entitlement.id, after),
          ),
        )
        .orderBy(asc(entitlement.id))
        .limit(lot);
      opened += await openFor(work, kind, { held, find });
      return held;
    });
    const last = rows.at(-1);
    if (!last) return opened;
    after = last.id;
  }
}

async function openFor<Entered>(
  work: Work,
  kind: ChangeKind<Entered>,
  { held, find }: { held: readonly Entitlement[]; find: LossFinder },
): Promise<number> {
  if (held.length === 0) return 0;
  const numbers = [...new Set(held.map((row) => row.personNumber))];
  const people = await lookAtPeople(work, numbers, ["facts"]);
  const byNumber = new Map(people.map((person) => [person.personNumber, person]));
  const reported = await work.sql<{ entitlement_id: string }[]>`
    select x.entitlement_id from entitlements.change_entitlement x join entitlements.change h using (case_id)
      join cases.case c on c.id = h.case_id
     where h.movement = 'lost' and c.state <> 'withdrawn' and x.entitlement_id = any(${held.map((row) => row.id)}::uuid[])`;
  const known = new Set(reported.map((row) => row.entitlement_id));
  let count = 0;
  for (const row of held) {
    const loss = find(byNumber.get(row.personNumber), row);
    if (!loss || known.has(row.id) || loss.on <= row.validFrom || loss.on > row.validTo) continue;
    const idempotencyKey = `register-loss:${row.id}:${loss.on}`;
    const { found, isNew } = await openChange(work, kind, {
      grantingCaseId: row.caseId,
      personNumber: row.personNumber,
      subject: loss.subject,
      occursOn: loss.on,
      reason: loss.reason,
      origin: "register",
      idempotencyKey,
    });
    if (!isNew) continue;
    await applyEvent(work, {
      caseId: found.id,
      expectedRevision: 1,
      event: { type: "detect" },
      idempotencyKey: `${idempotencyKey}:detect`,
    });
    count++;
  }
  return count;
}
