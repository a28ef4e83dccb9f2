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
  grant,
  keepRecords,
  moveEntitlement,
  reissueReasonTitles,
} from "../entitlements/index.ts";
import {
  closeInquiries,
  codesOf,
  confirmIncomes,
  parse,
  recordDocuments,
  recordIdentity,
  recordIncomes,
  sealEntry,
} from "../intake/index.ts";
import { requireSeen } from "../printing/index.ts";
import { conflict, notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import { issueCertificates } from "./certificate.ts";
import { requireEntered } from "./data.ts";
import { requireSound } from "./entry-faults.ts";
import { incomesAsked } from "./incomes.ts";
import { inquiryHandlers } from "./inquiry-handlers.ts";
import { type ApplicationKind, splitEntry, type Titles } from "./kind.ts";
import { paperOfDecision } from "./letter-parts.ts";
import { announceNeeds, withdrawNeeds } from "./needs.ts";

const reasonSchema = (titles: Titles) =>
  z.strictObject({ reason: z.enum(codesOf(titles), "理由を選んでください。") });
const decisionSchema = z.strictObject({ seenPaper: z.string() });
const reissueSchema = z.strictObject({
  reason: z.enum(codesOf(reissueReasonTitles), "理由を選んでください。"),
  personNumber: z.string().optional(),
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
    hold,
    proposeRejection: withReason(kind.reasons.rejection),
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
      const { reason, personNumber = step.found.personNumber } = parse(reissueSchema, step.input);
      const granted = await entitlementsOfCase(work, step.found.id);
      const due = granted
        .filter((one) => one.personNumber === personNumber)
        .map((entitled) => ({ entitled, kind: "card", reason }));
      return issueCertificates(work, kind, step, due);
    },
    returnCertificate: end("returned"),
    cancelCertificate: end("cancelled"),
    async revoke(work, step) {
      const subject = await requireSeenDecision(work, kind.program, step);
      for (const { id, status } of await entitlementsOfCase(work, step.found.id))
        if (status === "granted" || status === "suspended") await moveEntitlement(work, step, id);
      await withdrawNeeds(work, step.found);
      return { subject };
    },
  };
}

/** Grants what the rules give, as they give it now, with the data that were confirmed. */
async function grantAll<Entered>(
  work: Work,
  kind: ApplicationKind<Entered>,
  step: Step,
): Promise<EventDetail> {
  const { found } = step;
  const entered = await requireEntered(work, kind, found);
  const granting = await kind.granting(work, found, entered);
  if (!granting.granted)
    throw conflict("今の基準では認定できません。差し戻してください。", [granting.reason]);
  const made = [];
  for (const period of granting.periods) made.push(await grant(work, step, period));
  const starts = granting.periods.map(({ from }) => from).toSorted();
  await keepRecords(work, step);
  await kind.granted?.(work, step, { entered, ids: made.map(({ id }) => id) });
  return {
    recipientNumbers: made.map(({ recipientNumber }) => recipientNumber),
    from: starts[0] ?? null,
    to:
      granting.periods
        .map(({ to }) => to)
        .toSorted()
        .at(-1) ?? null,
  };
}

/** 返還 or 無効 of the certificates of the case, or of the one person named. */
const end =
  (how: "returned" | "cancelled"): Handler =>
  async (work, step) => {
    const { personNumber } = parse(
      z.strictObject({ personNumber: z.string().optional() }).default({}),
      step.input,
    );
    const granted = await entitlementsOfCase(work, step.found.id);
    const valid = (
      await certificatesOf(
        work,
        granted.map(({ id }) => id),
      )
    ).filter(({ endedOn }) => endedOn === null);
    const ending = granted.find(
      (one) =>
        one.personNumber === personNumber &&
        valid.some(({ entitlementId }) => entitlementId === one.id),
    );
    if (personNumber && !ending) throw notFound("有効な受給者証がありません。");
    await endCertificates(work, step, how, ending?.id);
    return { ending: how };
  };
