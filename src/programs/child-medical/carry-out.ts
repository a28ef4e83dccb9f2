import { z } from "zod";
import { documentCheck, entitlement, identityCheck } from "#db/schema/child-medical.ts";
import {
  confirmEntry,
  decide,
  latestApproval,
  latestEntry,
  propose,
  recordEntry,
} from "#src/platform/approvals/index.ts";
import type { EventDetail, Step } from "#src/platform/cases/index.ts";
import { requireSeen } from "#src/platform/printing/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import { isIsoDate } from "#workflows/dates/iso-date.ts";
import { applicationSchema, errorsOf } from "./application.ts";
import { issueCertificate } from "./certificate.ts";
import { periodOf } from "./context.ts";
import { paperOfDecision } from "./decision-paper.ts";
import { EntryProblem } from "./entry-problem.ts";
import { identitySchema } from "./identity.ts";
import {
  endCertificate,
  endEntitlement,
  entitlementOf,
  recipientNumberOf,
  recordData,
} from "./ledger.ts";
import { rejectionReasonTitles, revocationReasonTitles } from "./reasons.ts";
import { documentsSchema } from "./required-documents.ts";

type Handler = (work: Work, step: Step) => Promise<EventDetail>;

/** What each event does to the tables of the scheme; an event that is not named only moves the case. */
const handlers: Partial<Record<string, Handler>> = {
  recordIdentity: (work, step) => recordIdentity(work, step),
  enter: enterApplication,
  recordDocuments,
  confirm: confirmLatest,
  hold: async (work, { event }) => {
    const until = String(event.until);
    if (!isIsoDate(until) || until <= work.platform.clock.today()) {
      throw new EntryProblem("until", "補正期限には、明日以後の日付を入力してください。");
    }
    return { until };
  },
  propose: async (work, step) => {
    const period = await periodOf(work, step.found);
    await propose(work, {
      caseId: step.found.id,
      subject: "grant",
      preparedRevision: step.revision,
    });
    return period.granted ? { from: period.from, to: period.to } : {};
  },
  proposeRejection: async (work, step) => {
    const { reason } = parse(rejectionSchema, step.input);
    await propose(work, {
      caseId: step.found.id,
      subject: "rejection",
      preparedRevision: step.revision,
    });
    return { reason };
  },
  retract: (work, step) => decideOpen(work, step, "retracted"),
  withdraw: (work, step) => decideOpen(work, step, "retracted"),
  remand: (work, step) => decideOpen(work, step, "remanded"),
  approve,
  issue: (work, { found }) => issueCertificate(work, found, "first"),
  reissue: (work, { found, input }) =>
    issueCertificate(work, found, parse(reissueSchema, input).reason),
  returnCertificate: (work, step) => end(work, step, "returned"),
  cancelCertificate: (work, step) => end(work, step, "cancelled"),
  proposeRevocation: async (work, step) => {
    const { reason } = parse(revocationSchema, step.input);
    await propose(work, {
      caseId: step.found.id,
      subject: "revocation",
      preparedRevision: step.revision,
    });
    return { reason };
  },
  revoke,
};

const titles = <T extends object>(of: T) =>
  z.enum(Object.keys(of) as [keyof T & string], "理由を選んでください。");
const rejectionSchema = z.strictObject({ reason: titles(rejectionReasonTitles) });
const revocationSchema = z.strictObject({ reason: titles(revocationReasonTitles) });
const decisionSchema = z.strictObject({ seenPaper: z.string() });
const reissueSchema = z.strictObject({
  reason: z.enum(["lost", "damaged", "changed", "other"], "理由を選んでください。"),
});

/** @throws Problem 422 with one line a mistake; its text holds nothing that was entered */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Problem({
    status: 422,
    message: "入力内容を確認してください。",
    details: [...new Set(Object.values(errorsOf(parsed.error)))],
  });
}

export async function carryOutApplication(work: Work, step: Step): Promise<EventDetail> {
  return (await handlers[step.event.type]?.(work, step)) ?? {};
}

/** Identity check of the person at the counter, for an application or a report. */
export async function recordIdentity(work: Work, { found, input }: Step): Promise<EventDetail> {
  const check = parse(identitySchema, input);
  await work.tx
    .insert(identityCheck)
    .values({ ...check, caseId: found.id, checkedOn: work.platform.clock.today() });
  return { subject: check.subject, method: check.method };
}

async function enterApplication(
  work: Work,
  { found, revision, input }: Step,
): Promise<EventDetail> {
  const data = parse(applicationSchema, input);
  await sealEntry(work, found, revision, data);
  return { items: Object.entries(data).flatMap(([item, value]) => (value ? [item] : [])) };
}

/** Seals what was entered and notes who entered it. */
export async function sealEntry(
  work: Work,
  found: Step["found"],
  revision: number,
  data: unknown,
): Promise<void> {
  const sealedId = await putSealed(work, {
    holder: found.personNumber,
    program: found.program,
    kind: "application",
    caseId: found.id,
    data,
  });
  await recordEntry(work, { caseId: found.id, revision, sealedId });
}

async function recordDocuments(work: Work, { found, input }: Step): Promise<EventDetail> {
  const documents = parse(documentsSchema, input);
  for (const [code, status] of Object.entries(documents)) {
    if (!status) continue;
    await work.tx
      .insert(documentCheck)
      .values({ caseId: found.id, code, status })
      .onConflictDoUpdate({
        target: [documentCheck.caseId, documentCheck.code],
        set: { status, checkedAt: new Date() },
      });
  }
  return documents as EventDetail;
}

/** Confirms what was entered last; the database refuses whoever entered it. */
export async function confirmLatest(work: Work, { found }: Step): Promise<EventDetail> {
  const entry = await latestEntry(work, found.id);
  if (entry) await confirmEntry(work, entry.id);
  return {};
}

/**
 * Decides on the open proposal, on the revision that the person had on the screen, and by the letter that was shown there.
 *
 * @throws Problem 409 when the letter would be printed otherwise now
 */
export async function decideOpen(
  work: Work,
  { found, input }: Step,
  decision: "approved" | "remanded" | "retracted",
): Promise<EventDetail> {
  const open = await latestApproval(work, found.id);
  if (!open || open.decision) return {};
  if (decision === "approved" && input !== undefined)
    requireSeen(parse(decisionSchema, input).seenPaper, await paperOfDecision(work, open.subject));
  await decide(work, { approvalId: open.id, decision, seenRevision: found.revision });
  return { subject: open.subject };
}

async function approve(work: Work, step: Step): Promise<EventDetail> {
  const { found } = step;
  const decided = await decideOpen(work, step, "approved");
  if (decided.subject !== "grant") return decided;
  const period = await periodOf(work, found);
  const entry = await latestEntry(work, found.id);
  if (!period.granted || !entry)
    throw new Error("the machine lets only a confirmed application with a period be granted");
  const recipientNumber = await recipientNumberOf(work, found.personNumber);
  const [made] = await work.tx
    .insert(entitlement)
    .values({
      personNumber: found.personNumber,
      caseId: found.id,
      recipientNumber,
      officeCode: found.officeCode,
      validFrom: period.from,
      validTo: period.to,
      grantedTo: period.to,
      grantedOn: work.platform.clock.today(),
    })
    .returning();
  if (!made) throw new Error("the entitlement was not written");
  await recordData(work, {
    entitlementId: made.id,
    caseId: found.id,
    sealedId: entry.sealedId,
    effectiveFrom: period.from,
  });
  return { ...decided, recipientNumber, from: period.from, to: period.to };
}

async function end(
  work: Work,
  { found }: Step,
  ending: "returned" | "cancelled",
): Promise<EventDetail> {
  const granted = await entitlementOf(work, found.id);
  if (granted) await endCertificate(work, granted.id, ending);
  return { ending };
}

async function revoke(work: Work, step: Step): Promise<EventDetail> {
  const decided = await decideOpen(work, step, "approved");
  const granted = await entitlementOf(work, step.found.id);
  if (!granted) throw new Error("only what was granted can be revoked");
  await endEntitlement(work, granted.id, {
    status: "revoked",
    lostOn: granted.validFrom,
    reason: "revoked",
  });
  await endCertificate(work, granted.id, "revoked");
  return decided;
}
