import { documentCheck } from "#db/schema/child-medical.ts";
import {
  type Applied,
  applyEvent,
  type CaseRow,
  type EventRequest,
  openCase,
} from "#src/platform/cases/index.ts";
import { lookAtPerson } from "#src/platform/people/index.ts";
import { notFound, Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { ApplicationEventType } from "#workflows/cases/events.ts";
import type { ChangeEventType } from "#workflows/child-medical/change-machine.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Application } from "./application.ts";
import type { IdentityInput } from "./identity.ts";
import type { IssueReason, RejectionReason, RevocationReason } from "./reasons.ts";
import { type DocumentsInput, requiredDocuments } from "./required-documents.ts";
import "./workflow.ts";

/** Which case, as it stood on the page, and the key that makes the step happen once. */
export type StepRequest = Omit<EventRequest, "event" | "input">;

const step =
  <Input = undefined>(type: ApplicationEventType | ChangeEventType) =>
  (
    work: Work,
    request: StepRequest,
    ...[input]: Input extends undefined ? [] : [input: Input]
  ): Promise<Applied> =>
    applyEvent(work, { ...request, event: { type }, input });

/**
 * Opens an application for a child of the register (申請受付).
 *
 * @throws Problem 404 for an unknown person; 409 when an application of this child is still under way
 */
export async function openApplication(
  work: Work,
  {
    personNumber,
    receivedOn,
    idempotencyKey,
  }: { personNumber: string; receivedOn: IsoDate; idempotencyKey: string },
): Promise<CaseRow> {
  const child = await lookAtPerson(work, personNumber, ["facts"]);
  if (!child) throw notFound("住民が見つかりません。");
  if (receivedOn > work.platform.clock.today()) {
    throw new Problem({ status: 422, message: "受付日に、今日より後の日付は入力できません。" });
  }
  // One at a time for a child, so that no second application is opened beside one that waits.
  await work.sql`select pg_advisory_xact_lock(hashtext(${`child-medical ${personNumber}`}))`;
  const [pending] = await work.sql<{ number: string }[]>`
    select number from cases.case where person_number = ${personNumber} and kind = 'child-medical'
       and opening_key <> ${idempotencyKey}
       and state in ('received', 'identity', 'examination', 'held', 'proposed', 'approval', 'certified', 'revocation')`;
  if (pending) {
    throw new Problem({
      status: 409,
      message: `この子の申請 ${pending.number} が手続き中です。そちらを進めてください。`,
    });
  }
  const found = await openCase(work, {
    kind: "child-medical",
    personNumber,
    officeCode: child.officeCode,
    receivedOn,
    idempotencyKey,
  });
  const standard = Object.entries(requiredDocuments).filter(([, { standard }]) => standard);
  await work.tx
    .insert(documentCheck)
    .values(standard.map(([code]) => ({ caseId: found.id, code, status: "missing" as const })))
    .onConflictDoNothing();
  return found;
}

/** 本人確認 of whoever stands at the counter (ACQ-1). */
export const recordIdentityCheck = step<IdentityInput>("recordIdentity");
/** Enters or corrects what is applied for; provisional until somebody else confirms it. */
export const enterApplication = step<Application>("enter");
export const recordDocuments = step<DocumentsInput>("recordDocuments");
export const submitForExamination = step("submit");
/** Confirms the entry; refused for whoever entered it (ACQ-2). */
export const confirmEntry = step("confirm");
export const resumeExamination = step("resume");
export const proposeGrant = step("propose");
export const proposeRejection = step<{ reason: RejectionReason }>("proposeRejection");
export const retractProposal = step("retract");
export const requestDecision = step("requestDecision");
/** Decides on what was proposed: 認定 or 却下; refused for whoever prepared or entered it. */
export const approve = step("approve");
export const remand = step("remand");
export const issueCertificate = step("issue");
export const reissueCertificate = step<{ reason: Exclude<IssueReason, "first"> }>("reissue");
export const recordReturnedCertificate = step("returnCertificate");
export const cancelCertificate = step("cancelCertificate");
export const proposeRevocation = step<{ reason: RevocationReason }>("proposeRevocation");
export const revoke = step("revoke");
export const withdraw = step("withdraw");

/** 保留: a letter asks for what is missing, until the day named. */
export function hold(work: Work, request: StepRequest, until: IsoDate): Promise<Applied> {
  return applyEvent(work, { ...request, event: { type: "hold", until } });
}

/** Steps of a report of change or loss (変更届・喪失届). */
export const changeSteps = {
  recordIdentity: step<IdentityInput>("recordIdentity"),
  /** Only the part that the report is about. */
  enter: step<Partial<Application>>("enter"),
  submit: step("submit"),
  confirm: step("confirm"),
  apply: step("apply"),
  requestDecision: step("requestDecision"),
  approve: step("approve"),
  remand: step("remand"),
  withdraw: step("withdraw"),
} as const;
