import { limitBounds } from "#workflows/cases/deadlines.ts";
import { boundFault, type DateBounds } from "#workflows/dates/bounds.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { conflict, EntryProblem, notFound } from "../problem.ts";
import { putSealed } from "../vault/sealed-records.ts";
import type { Work } from "../work.ts";
import { type Approval, approvalsOf } from "./approvals.ts";
import type { CorrectionType } from "./correction-titles.ts";
import { lockCase } from "./lock-case.ts";
import { CaseConflict } from "./refusals.ts";
import { stepsSince } from "./steps-since.ts";
import { type CaseRow, deadlinesOf, definitionOf } from "./workflow.ts";

export interface Correction {
  caseId: string;
  /** Revision of the case on the page that the person looked at. */
  expectedRevision: number;
  type: CorrectionType;
  day: IsoDate;
  reason: string;
  idempotencyKey: string;
  /** Of the subject, where it is 受付日 that is corrected. */
  birth?: IsoDate;
}

/** Whether a date may still be corrected: the case is under way, and nothing of it is proposed or decided. */
export const canCorrect = (found: CaseRow, approvals: readonly Approval[]): boolean =>
  stateMeta(definitionOf(found), found.state).open &&
  approvals.every(({ decision }) => decision === "remanded" || decision === "retracted");

/**
 * Corrects 受付日 or 補正期限 of a case with a reason, beside its machine: the case stays where it is, gets a revision and a
 * line in its history. What was confirmed by the old 受付日 has to be confirmed again; of a new 補正期限 the letter goes out
 * again. The database judges all of it once more (`cases.correct`).
 *
 * @throws CaseConflict when the case has moved on; EntryProblem at the field that is wrong; Problem 409 once it is too late
 */
export async function correctDate(work: Work, correction: Correction): Promise<CaseRow> {
  const { caseId, expectedRevision, type, day, reason, idempotencyKey } = correction;
  const found = await lockCase(work, caseId);
  if (!found) throw notFound("申請が見つかりません。");
  if (found.revision !== expectedRevision)
    throw new CaseConflict(found.revision, await stepsSince(work, found, expectedRevision));
  if (!canCorrect(found, await approvalsOf(work, caseId)))
    throw conflict(
      "起案の後は訂正できません。起案を取り下げるか、差し戻してから訂正してください。",
    );
  const fault = boundFault(day, boundsOf(work, found, correction));
  if (fault) throw new EntryProblem("day", fault);
  if (type === "correct-received" && day === found.receivedOn)
    throw new EntryProblem("day", "今の受付日と同じです。");
  const unclear = reasonFault(reason, "訂正の理由");
  if (unclear) throw new EntryProblem("reason", unclear);
  const commentId = await putSealed(work, {
    holder: found.personNumber,
    program: found.program,
    kind: "comment",
    caseId,
    data: reason.trim(),
  });
  await work.sql`
    select cases.correct(${caseId}, ${expectedRevision}, ${type}, ${day}, ${idempotencyKey}, ${commentId})`;
  return found;
}

function boundsOf(work: Work, found: CaseRow, { type, birth }: Correction): DateBounds {
  const today = work.platform.clock.today();
  if (type === "correct-limit") return limitBounds(today, deadlinesOf(found.kind));
  return {
    ...(birth ? { notBefore: { on: birth, word: "出生日" } } : {}),
    notAfter: { on: today, word: "今日" },
  };
}
