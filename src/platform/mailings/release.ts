import { and, eq } from "drizzle-orm";
import { batchItem } from "#db/schema/mailings.ts";
import { answer } from "#workflows/flows/answer.ts";
import { mailingPiece } from "#workflows/mailings/piece.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { recordAudit } from "../audit/write.ts";
import { conflict, EntryProblem, notFound, Problem } from "../problem.ts";
import { putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import { lockRun, runNumber } from "./run.ts";

export interface Release {
  runId: string;
  expectedRevision: number;
  /** Place of the piece in the run: no number of a person stands in addresses of pages. */
  place: number;
  reason: string;
}

/**
 * 支援措置: lets one held piece go, with a reason, after somebody has made sure that the letter reaches
 * nobody else. The run gets a new revision, so that an approval sees it.
 */
export async function releaseItem(work: Work, release: Release): Promise<void> {
  const { runId, expectedRevision, place } = release;
  const reason = release.reason.trim();
  const run = await lockRun(work, runId);
  if (run.revision !== expectedRevision)
    throw conflict("画面を開いた後に、この一括発送が進みました。もう一度確かめてください。");
  const got = answer(mailingPiece, "held", { runState: run.state }, { type: "release" });
  if (!got.possible) throw new Problem({ status: 422, message: got.reasons[0] ?? "" });
  const fault = reasonFault(reason, "解除する理由");
  if (fault) throw new EntryProblem("reason", fault);
  for (const right of ["mailing.approve", "person.read-protected"])
    await work.sql`select access.require_right(${right}, ${run.program})`;
  const one = and(
    eq(batchItem.runId, runId),
    eq(batchItem.place, place),
    eq(batchItem.state, "held"),
  );
  const [item] = await work.tx.select().from(batchItem).where(one);
  if (!item) throw notFound("保留されたものが見つかりません。");
  const releaseReasonId = await putSealed(work, {
    holder: item.personNumber,
    program: run.program,
    kind: "release-reason",
    data: reason,
  });
  await work.sql`select mailings.release(${runId}, ${run.revision}, ${place}, ${releaseReasonId})`;
  await recordAudit(work, {
    kind: "event",
    action: "mailing.released",
    persons: [item.personNumber],
    detail: { run: runNumber(run), subject: item.subject },
  });
}
