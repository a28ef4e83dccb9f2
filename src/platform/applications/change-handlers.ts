import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type EventDetail,
  type Handler,
  membersOf,
  type Step,
  setMembers,
} from "../cases/index.ts";
import {
  type Change,
  changeOf,
  concernedBy,
  findEntitlements,
  followInsurer,
  keepRecords,
  moveEntitlement,
  proposePeriods,
} from "../entitlements/index.ts";
import {
  learnInsurers,
  parse,
  recordDocuments,
  recordIdentity,
  sealEntry,
} from "../intake/index.ts";
import { enterAccountOf } from "../payments/index.ts";
import type { Work } from "../work.ts";
import { requireSeenDecision, withReason } from "./carry-out.ts";
import { issueCertificates } from "./certificate.ts";
import { certificatesDue } from "./certificates-due.ts";
import {
  type ChangeKind,
  grantingByReport,
  insurerOf,
  personOfChange,
  subjectOfChange,
} from "./change-kind.ts";
import { reportedData } from "./data.ts";
import { requireSound } from "./entry-faults.ts";
import { correctedPeriods } from "./movement-subjects.ts";
import { withdrawNeeds } from "./needs.ts";
import { grantAsProposed, proposeGranting } from "./periods.ts";

/** What the events of a report of change or loss do to the tables beside the case, by event type. */
export function changeHandlers<Entered>(
  kind: ChangeKind<Entered>,
): Readonly<Record<string, Handler>> {
  const enter: Handler = async (work, step) => {
    const { found } = step;
    const change = await changeOf(work, found.id);
    const subject = subjectOfChange(kind, change);
    const typed = parse(subject.schema, step.input ?? {});
    const data = (await subject.complete?.(work, found, typed)) ?? typed;
    const concerned = await findEntitlements(work, await concernedBy(work, found.id));
    const personNumber = personOfChange(kind, change, found, concerned);
    const joining = subject.joining?.(data);
    const { faults } = subject;
    if (faults) {
      const others = (joining?.members ?? []).map((one) => one.personNumber);
      await requireSound(work, { personNumber, others }, (about) => faults(data, about));
    }
    if (joining) {
      const present = await membersOf(work, found.id);
      const staying = present.filter(({ personNumber }) =>
        concerned.some((one) => one.personNumber === personNumber),
      );
      await setMembers(work, found.id, [...staying, ...joining.members]);
    }
    await sealEntry(work, step, joining?.pieces ?? [{ personNumber, data }]);
    await subject.entered?.(work, step, data);
    return { subject: change.subject };
  };
  return {
    recordIdentity,
    recordDocuments: (work, step) => recordDocuments(work, step, kind.application.documents),
    enter,
    detect: enter,
    confirm: learnInsurers,
    async requestAddition(work, step) {
      const { found } = step;
      const change = await changeOf(work, found.id);
      const granting = await grantingByReport(work, kind, found, change);
      const present = await findEntitlements(work, await concernedBy(work, found.id));
      await proposeGranting(work, step, granting, present);
      return {};
    },
    async requestCorrection(work, step) {
      const { reason, subject } = await changeOf(work, step.found.id);
      await proposePeriods(
        work,
        step,
        await correctedPeriods(work, step.found.id, reason ?? subject),
      );
      return {};
    },
    requestRejection: withReason(kind.application.reasons.rejection),
    async apply(work, step) {
      return putIntoForce(work, kind, step, await changeOf(work, step.found.id));
    },
    async approve(work, step) {
      const subject = await requireSeenDecision(work, kind.application.program, step);
      if (subject === "rejection") return { subject };
      return putIntoForce(work, kind, step, await changeOf(work, step.found.id));
    },
    async issue(work, step) {
      const change = await changeOf(work, step.found.id);
      const due = await certificatesDue(work, kind, step.found, change);
      return issueCertificates(work, kind.application, step, due);
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
  if (movement === "granted") {
    await grantByReport(work, kind, step, change);
  } else if (movement === null) {
    await keepRecords(work, step);
    const reported = await reportedData(work, found.id);
    const insurer = reported && insurerOf(subject, reported.data);
    if (insurer) await followInsurer(work, found.id, insurer);
    if (reported)
      await enterAccountOf(
        work,
        { program: found.program, personNumber: reported.personNumber },
        reported.data,
        { source: "change", caseId: found.id, validFrom: occursOn as IsoDate },
      );
  } else if (movement === "corrected") {
    for (const { entitlementId, from, to } of await correctedPeriods(work, found.id, ""))
      await moveEntitlement(work, step, entitlementId, { from, to });
  } else {
    // What another report has ended meanwhile stays ended as it was.
    for (const { id, status } of await findEntitlements(work, await concernedBy(work, found.id)))
      if (status === "granted" || status === "suspended") await moveEntitlement(work, step, id);
    if (movement === "lost")
      await withdrawNeeds(work, { id: change.grantingCaseId, program: found.program });
  }
  const own = await subject.carryOut?.(work, step, change);
  return {
    subject: change.subject,
    effectiveFrom: occursOn,
    ...(movement === "lost" ? { lostOn: occursOn, lastDay: addDays(occursOn, -1) } : {}),
    ...own,
  };
}

/** Grants under the household's application what a report gives to those who join; what others have may last longer by it. */
async function grantByReport<Entered>(
  work: Work,
  kind: ChangeKind<Entered>,
  step: Step,
  change: Change,
): Promise<void> {
  const granting = await grantingByReport(work, kind, step.found, change);
  const present = await findEntitlements(work, await concernedBy(work, step.found.id));
  await grantAsProposed(work, step, granting, present);
  await keepRecords(work, step);
}
