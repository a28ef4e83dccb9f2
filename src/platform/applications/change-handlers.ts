import { addDays } from "#workflows/dates/iso-date.ts";
import type { EventDetail, Handler, Step } from "../cases/index.ts";
import {
  type Change,
  changeOf,
  concernedBy,
  findEntitlements,
  keepRecords,
  moveEntitlement,
} from "../entitlements/index.ts";
import { parse, recordIdentity, sealEntry } from "../intake/index.ts";
import type { Work } from "../work.ts";
import { requireSeenDecision } from "./carry-out.ts";
import { type ChangeKind, personOfChange, subjectOfChange } from "./change-kind.ts";

/** What the events of a report of change or loss do to the tables beside the case, by event type. */
export function changeHandlers<Entered>(
  kind: ChangeKind<Entered>,
): Readonly<Record<string, Handler>> {
  const enter: Handler = async (work, step) => {
    const change = await changeOf(work, step.found.id);
    const data = parse(subjectOfChange(kind, change).schema, step.input ?? {});
    const concerned = await findEntitlements(work, await concernedBy(work, step.found.id));
    const personNumber = personOfChange(kind, change, step.found, concerned);
    await sealEntry(work, step, [{ personNumber, data }]);
    return { subject: change.subject };
  };
  return {
    recordIdentity,
    enter,
    detect: enter,
    async apply(work, step) {
      return putIntoForce(work, kind, step, await changeOf(work, step.found.id));
    },
    async approve(work, step) {
      await requireSeenDecision(work, kind.application.program, step);
      return putIntoForce(work, kind, step, await changeOf(work, step.found.id));
    },
  };
}

/** Moves the entitlements and keeps the data from the day on which the change holds; what they were stays. */
async function putIntoForce<Entered>(
  work: Work,
  kind: ChangeKind<Entered>,
  step: Step,
  change: Change,
): Promise<EventDetail> {
  const subject = subjectOfChange(kind, change);
  const { found } = step;
  const { movement, occursOn } = change;
  if (movement === null) {
    await keepRecords(work, step);
  } else if (movement !== "granted" && movement !== "corrected") {
    for (const id of await concernedBy(work, found.id)) await moveEntitlement(work, step, id);
  }
  const own = await subject.carryOut?.(work, step, change);
  return {
    subject: change.subject,
    effectiveFrom: occursOn,
    ...(movement === "lost" ? { lostOn: occursOn, lastDay: addDays(occursOn, -1) } : {}),
    ...own,
  };
}
