import { addDays } from "#workflows/dates/iso-date.ts";
import type { CaseRow, EventDetail, Handler, Step } from "../cases/index.ts";
import {
  type Change,
  changeOf,
  concernedBy,
  findEntitlements,
  keepRecord,
  moveEntitlement,
} from "../entitlements/index.ts";
import { latestEntry, parse, recordIdentity, sealEntry } from "../intake/index.ts";
import type { Work } from "../work.ts";
import { requireSeenDecision } from "./carry-out.ts";
import { type ChangeKind, subjectOfChange } from "./change-kind.ts";

/** What the events of a report of change or loss do to the tables beside the case, by event type. */
export function changeHandlers<Entered>(
  kind: ChangeKind<Entered>,
): Readonly<Record<string, Handler>> {
  const enter: Handler = async (work, step) => {
    const change = await changeOf(work, step.found.id);
    const data = parse(subjectOfChange(kind, change).schema, step.input ?? {});
    const personNumber = await personOfChange(work, kind, step.found, change);
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

/** Whose data a report changes: the person's for whom it was made, or the subject's of the application. */
export async function personOfChange<Entered>(
  work: Work,
  kind: ChangeKind<Entered>,
  found: CaseRow,
  change: Change,
): Promise<string> {
  if (subjectOfChange(kind, change).concerns === "all") return found.personNumber;
  const [one] = await findEntitlements(work, await concernedBy(work, found.id));
  return one?.personNumber ?? found.personNumber;
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
  const entry = await latestEntry(work, found.id);
  if (!entry) throw new Error("the machine lets only a confirmed entry be put into force");
  const { movement, occursOn, reason, grantingCaseId } = change;
  if (movement === null) {
    for (const piece of entry.pieces)
      await keepRecord(work, {
        grantingCaseId,
        caseId: found.id,
        effectiveFrom: occursOn,
        ...piece,
      });
  } else if (movement !== "granted" && movement !== "corrected") {
    for (const entitlementId of await concernedBy(work, found.id))
      await moveEntitlement(work, step, {
        entitlementId,
        type: movement,
        occursOn,
        reason: reason ?? change.subject,
      });
  }
  const own = await subject.carryOut?.(work, step, change);
  return {
    subject: change.subject,
    effectiveFrom: occursOn,
    ...(movement === "lost" ? { lostOn: occursOn, lastDay: addDays(occursOn, -1) } : {}),
    ...own,
  };
}
