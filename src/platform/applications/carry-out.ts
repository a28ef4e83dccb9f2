import { z } from "zod";
import {
  type EventDetail,
  type Handler,
  latestApproval,
  type Step,
  setMembers,
} from "../cases/index.ts";
import {
  certificatesOf,
  endCertificates,
  entitlementsOfCase,
  keepRecords,
  moveEntitlement,
  reissueReasonTitles,
} from "../entitlements/index.ts";
import {
  closeInquiries,
  codesOf,
  confirmIncomes,
  learnInsurers,
  parse,
  recordDocuments,
  recordIdentity,
  recordIncomes,
  sealEntry,
} from "../intake/index.ts";
import { enterAccountOf, payablesOfCase, withdrawOwed } from "../payments/index.ts";
import { requireSeen } from "../printing/index.ts";
import { notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import { issueCertificates } from "./certificate.ts";
import { enteredOf, requireEntered } from "./data.ts";
import { requireSound } from "./entry-faults.ts";
import { incomesAsked } from "./incomes.ts";
import { inquiryHandlers } from "./inquiry-handlers.ts";
import { type ApplicationKind, splitEntry, type Titles } from "./kind.ts";
import { paperOfDecision } from "./letter-parts.ts";
import { announceNeeds, withdrawNeeds } from "./needs.ts";
import { grantAsProposed, periodsGiven, proposeGranting } from "./periods.ts";

const reasonSchema = (titles: Titles) =>
  z.strictObject({ reason: z.enum(codesOf(titles), "理由を選んでください。") });
const decisionSchema = z.strictObject({ seenPaper: z.string() });
const reissueSchema = z.strictObject({
  reason: z.enum(codesOf(reissueReasonTitles), "理由を選んでください。"),
  personNumber: z.string().optional(),
  sort: z.string().default("card"),
});

/** Handlers of events that ask for nothing but a reason, which stands in the event. */
export const withReason =
  (titles: Titles): Handler =>
  async (_work, { input }) =>
    parse(reasonSchema(titles), input);

/** 保留, until its limit date. */
const hold: Handler = async (_work, { event }) => ({ until: String(event.until) });

/**
 * The decision was made on the revision that the person had on the screen; and by the letter that was shown there.
 *
 * @returns what was decided on
 * @throws Problem 409 when the letter would be printed otherwise now
 */
export async function requireSeenDecision(
  work: Work,
  program: string,
  { found, input }: Step,
): Promise<string> {
  const decided = await latestApproval(work, found.id);
  if (!decided) throw new Error("a decision is always on a proposal");
  const { seenPaper } = parse(decisionSchema, input);
  requireSeen(seenPaper, await paperOfDecision(work, program, decided.subject));
  return decided.subject;
}

/** What the common events of an application do to the tables beside the case, by event type. */
export function applicationHandlers<Entered>(
  kind: ApplicationKind<Entered>,
): Readonly<Record<string, Handler>> {
  return {
    ...inquiryHandlers(kind),
    recordIdentity,
    recordDocuments: (work, step) => recordDocuments(work, step, kind.documents),
    recordIncome: async (work, step) =>
      recordIncomes(work, step, await incomesAsked(work, kind, step.found)),
    confirmIncome: confirmIncomes,
    async enter(work, step) {
      const typed = parse(kind.schema, step.input);
      const subject = step.found.personNumber;
      const entered = (await kind.complete?.(work, subject, typed)) ?? typed;
      const members = kind.members?.(entered, subject) ?? [];
      const { faults } = kind;
      if (faults) {
        const others = members.map(({ personNumber }) => personNumber);
        await requireSound(work, { personNumber: subject, others }, (about) =>
          faults(entered, about),
        );
      }
      await setMembers(work, step.found.id, members);
      await sealEntry(work, step, splitEntry(kind, entered, subject));
      await announceNeeds(work, kind, step.found);
      const items = Object.entries(entered as object);
      return { items: items.flatMap(([item, value]) => (value ? [item] : [])) };
    },
    confirm: learnInsurers,
    hold,
    async propose(work, step) {
      const entered = await enteredOf(work, kind, step.found);
      await proposeGranting(work, step, await kind.granting(work, step.found, entered));
      return {};
    },
    proposeRejection: withReason(kind.reasons.rejection),
    proposeDismissal: withReason(kind.reasons.dismissal ?? {}),
    proposeRevocation: withReason(kind.reasons.revocation),
    async approve(work, step) {
      const subject = await requireSeenDecision(work, kind.program, step);
      if (subject === "grant") return { subject, ...(await grantAll(work, kind, step)) };
      await withdrawNeeds(work, step.found);
      return { subject };
    },
    async withdraw(work, { found }) {
      await closeInquiries(work, found.id);
      await withdrawNeeds(work, found);
      return {};
    },
    async issue(work, step) {
      const granted = await entitlementsOfCase(work, step.found.id);
      const issued = await certificatesOf(
        work,
        granted.map(({ id }) => id),
      );
      const due = granted
        .filter(({ id }) => !issued.some((one) => one.entitlementId === id && !one.endedOn))
        .map((entitled) => ({ entitled, kind: "card", reason: "first" as const }));
      return issueCertificates(work, kind, step, due);
    },
    async reissue(work, step) {
      const {
        reason,
        sort,
        personNumber = step.found.personNumber,
      } = parse(reissueSchema, step.input);
      const granted = await entitlementsOfCase(work, step.found.id);
      const due = granted
        .filter((one) => one.personNumber === personNumber)
        .map((entitled) => ({ entitled, kind: sort, reason }));
      return issueCertificates(work, kind, step, due);
    },
    returnCertificate: end("returned"),
    cancelCertificate: end("cancelled"),
    async revoke(work, step) {
      const subject = await requireSeenDecision(work, kind.program, step);
      for (const { id, status } of await entitlementsOfCase(work, step.found.id))
        if (status === "granted" || status === "suspended") await moveEntitlement(work, step, id);
      // What is on its way or paid is asked back instead.
      for (const owed of await payablesOfCase(work, step.found.id))
        if (owed.setOff === 0 && (owed.state === "owed" || owed.state === "awaiting-correction"))
          await withdrawOwed(work, owed);
      await withdrawNeeds(work, step.found);
      return { subject };
    },
  };
}

/** Grants what was proposed, with the data that were confirmed. */
async function grantAll<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  step: Step,
): Promise<EventDetail> {
  const { found } = step;
  const entered = await requireEntered(work, kind, found);
  const granting = await kind.granting(work, found, entered);
  const made = await grantAsProposed(work, step, granting);
  await keepRecords(work, step);
  await enterAccountOf(
    work,
    { program: found.program, personNumber: found.personNumber },
    entered,
    { source: "application", caseId: found.id },
  );
  await kind.granted?.(work, step, { entered, ids: made.map(({ id }) => id) });
  const periods = periodsGiven(granting);
  return {
    recipientNumbers: made.map(({ recipientNumber }) => recipientNumber),
    from: periods.map(({ from }) => from).toSorted()[0] ?? null,
    to:
      periods
        .map(({ to }) => to)
        .toSorted()
        .at(-1) ?? null,
  };
}

/** 返還 or 無効 of the certificates of the case, or of the one person and sort named. */
const end =
  (how: "returned" | "cancelled"): Handler =>
  async (work, step) => {
    const { personNumber, sort } = parse(
      z
        .strictObject({ personNumber: z.string().optional(), sort: z.string().optional() })
        .default({}),
      step.input,
    );
    const granted = await entitlementsOfCase(work, step.found.id);
    const valid = (
      await certificatesOf(
        work,
        granted.map(({ id }) => id),
      )
    ).filter(({ endedOn, kind }) => endedOn === null && (sort === undefined || kind === sort));
    const ending = granted.find(
      (one) =>
        one.personNumber === personNumber &&
        valid.some(({ entitlementId }) => entitlementId === one.id),
    );
    if (personNumber && !ending) throw notFound("有効な受給者証がありません。");
    await endCertificates(work, step, how, { entitlementId: ending?.id, sort });
    return { ending: how, sorts: [...new Set(valid.map(({ kind }) => kind))] };
  };
