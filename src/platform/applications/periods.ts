import { isDeepStrictEqual } from "node:util";
import { type Approval, latestApproval, type Step } from "../cases/index.ts";
import {
  type Entitlement,
  grant,
  medical,
  moveEntitlement,
  type ProposedPeriod,
  proposedPeriods,
  proposePeriods,
} from "../entitlements/index.ts";
import { conflict } from "../problem.ts";
import type { Work } from "../work.ts";
import type { Granting } from "./kind.ts";

/** What a calculation gives: new entitlements, and those of `present` that would last longer by it; of nobody where it gives none. */
export function periodsGiven(
  granting: Granting | undefined,
  present: readonly Entitlement[] = [],
): ProposedPeriod[] {
  if (!granting?.granted) return [];
  return granting.periods.flatMap(
    ({ personNumber, kind = medical, from, to, reason }): ProposedPeriod[] => {
      const period = { personNumber, kind, to, reason };
      const held = present.find((one) => one.personNumber === personNumber && one.kind === kind);
      if (!held) return [{ ...period, entitlementId: null, from }];
      if (held.status !== "granted" || held.validTo >= to) return [];
      return [{ ...period, entitlementId: held.id, from: held.validFrom as typeof from }];
    },
  );
}

/** Says with the proposal what it would grant. @throws Problem 409 where the rules give nothing */
export async function proposeGranting(
  work: Work,
  step: Step,
  granting: Granting | undefined,
  present: readonly Entitlement[] = [],
): Promise<void> {
  requireGranted(granting, "却下の起案をしてください。");
  await proposePeriods(work, step, periodsGiven(granting, present));
}

/**
 * Grants what was proposed, in the step that approves it.
 *
 * @returns recipient numbers of the new entitlements, with their ids
 * @throws Problem 409 where the rules give something else by now than when it was proposed
 */
export async function grantAsProposed(
  work: Work,
  step: Step,
  granting: Granting | undefined,
  present: readonly Entitlement[] = [],
): Promise<{ id: string; recipientNumber: string }[]> {
  requireGranted(granting, "差し戻してください。");
  const periods = periodsGiven(granting, present);
  const decided = await latestApproval(work, step.found.id);
  if (!decided || !(await isAsProposed(work, decided, periods)))
    throw conflict("起案の後に、認定の内容が変わりました。差し戻してください。", [
      "起案のときの期間と、今の基準で計算した期間が違います。",
    ]);
  const made = [];
  for (const { entitlementId, from, to, ...period } of periods)
    if (entitlementId) await moveEntitlement(work, step, entitlementId, { from, to });
    else made.push(await grant(work, step, { ...period, from, to }));
  return made;
}

/** Whether a proposal is about these very periods; of one that was made before they were kept with it nobody knows. */
export async function isAsProposed(
  work: Work,
  { id, statesPeriods }: Approval,
  periods: readonly ProposedPeriod[],
): Promise<boolean> {
  if (!statesPeriods) return true;
  return isDeepStrictEqual(sorted(await proposedPeriods(work, id)), sorted(periods));
}

const sorted = (periods: readonly ProposedPeriod[]) =>
  periods
    .map(({ personNumber, kind, entitlementId, from, to, reason }) =>
      [personNumber, kind, entitlementId, from, to, reason].join(" "),
    )
    .toSorted();

function requireGranted(granting: Granting | undefined, instead: string) {
  if (!granting?.granted)
    throw conflict(`今の基準では認定できません。${instead}`, [granting?.reason ?? ""]);
}
