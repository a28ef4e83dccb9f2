import { randomUUID } from "node:crypto";
import { asc, count, desc, eq, sql } from "drizzle-orm";
import { claim, claimRow, correction } from "#db/schema/clinic-claims.ts";
import { actionsAt, stateAfter } from "#src/platform/flow.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import {
  type ClinicCorrectionEvent,
  type ClinicCorrectionState,
  clinicCorrectionV1,
} from "#workflows/vaccination/clinic-claims/correction-machine.ts";
import type { correctionReasons } from "#workflows/vaccination/clinic-claims/findings.ts";
import type { ClinicCorrection } from "./claims.ts";
import { movedOn } from "./open.ts";

/**
 * Proposes what should have been paid for a row that an earlier claim paid (過誤): 0 takes it back wholly.
 *
 * @throws EntryProblem of `after`, `reason`; Problem 409 where one waits already
 */
export async function proposeCorrection(
  work: Work,
  given: {
    row: string;
    after: number | undefined;
    reason: keyof typeof correctionReasons | undefined;
  },
): Promise<string> {
  const { row, after, reason } = given;
  const [found] = await work.tx.select().from(claimRow).where(eq(claimRow.id, row));
  if (!found) throw notFound("この予診票は見つかりません。");
  if (after === undefined || after < 0 || after > (found.price ?? 0))
    throw new EntryProblem("after", "正しい支払額を、0円から単価までの額で入力してください。");
  if (!reason) throw new EntryProblem("reason", "理由を選んでください。");
  const id = randomUUID();
  await refuseInWords(
    work.sql`select clinic_claims.propose_correction(${id}, ${row}, ${after}, ${reason})`,
    "この支払には決裁を待つ過誤があるか、正しい額が今の額と同じです。",
    ["23514"],
  );
  return id;
}

const standing = (work: Work, row: ClinicCorrection) => ({
  definition: clinicCorrectionV1,
  state: row.state as ClinicCorrectionState,
  context: { actingStaffId: work.actor.staffId, proposedBy: row.proposedBy },
});
export const correctionActions = (work: Work, row: ClinicCorrection) =>
  actionsAt(work.actor, standing(work, row), { program: "vaccination", reach: "whole city" });

/** Decides or withdraws a 過誤. @throws Problem 403 for who proposed it, 404, 409 */
export async function moveCorrection(
  work: Work,
  { id, seen, type }: { id: string; seen: number; type: ClinicCorrectionEvent },
): Promise<void> {
  const [row] = await work.tx.select().from(correction).where(eq(correction.id, id));
  if (!row) throw notFound("この過誤は見つかりません。");
  const target = stateAfter(standing(work, row), type);
  await refuseInWords(
    work.sql`select clinic_claims.decide_correction(${id}, ${seen}, ${type}, ${target})`,
    movedOn,
  );
}

export async function correctionsWaiting(work: Work): Promise<Figures> {
  const [row] = await work.tx
    .select({
      count: count(),
      since: sql<Date | null>`min(${correction.proposedAt})`.mapWith(correction.proposedAt),
    })
    .from(correction)
    .where(eq(correction.state, "proposed"));
  return { count: row?.count ?? 0, since: row?.since ?? null };
}
export const waitingCorrections = (
  work: Work,
  { from, size }: Lines,
): Promise<ClinicCorrection[]> =>
  work.tx
    .select()
    .from(correction)
    .where(eq(correction.state, "proposed"))
    .orderBy(asc(correction.proposedAt), asc(correction.serial))
    .limit(size)
    .offset(from);

/** 過誤, those that wait first, then the newest. */
export async function listCorrections(work: Work, { from, size }: Lines) {
  const rows = await work.tx
    .select()
    .from(correction)
    .orderBy(sql`${correction.state} <> 'proposed'`, desc(correction.serial))
    .limit(size)
    .offset(from);
  return { rows, total: await work.tx.$count(correction) };
}

/** A 過誤 with the row and the claim it is about. @throws Problem 404 */
export async function getCorrection(work: Work, id: string) {
  const [found] = await work.tx
    .select({ correction, about: claimRow, claim })
    .from(correction)
    .innerJoin(claimRow, eq(claimRow.id, correction.rowId))
    .innerJoin(claim, eq(claim.id, correction.claimId))
    .where(eq(correction.id, id));
  if (!found) throw notFound("この過誤は見つかりません。");
  return found;
}
