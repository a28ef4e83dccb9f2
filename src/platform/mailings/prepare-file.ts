import { and, asc, eq, gt, min } from "drizzle-orm";
import { batchItem, contractor } from "#db/schema/mailings.ts";
import type { Envelope } from "#forms/index.ts";
import { officeFinder } from "../printing/index.ts";
import type { Work } from "../work.ts";
import { bundleMarkOf, envelopesOf, intoEnvelopes } from "./bundles.ts";
import { judgePieces, mayBeSent, recordStopped } from "./judge.ts";
import { mailingKind, type PreparedPiece, type RunOfKind, waitsForRelease } from "./kind.ts";
import type { PrintedPiece } from "./print.ts";
import { lockRun, type RunRow, runNumber } from "./run.ts";
import { runOfKind } from "./run-of-kind.ts";

/** The pieces of a file that may still go, ready to be printed. */
export interface PreparedFile {
  file: number;
  run: RunOfKind;
  pieces: readonly (PreparedPiece & PrintedPiece)[];
  /** In which envelopes they go, where they do not go alone. */
  envelopes?: readonly Envelope[] | undefined;
}

export const readyIn = (runId: string, file: number) =>
  and(eq(batchItem.runId, runId), eq(batchItem.file, file), eq(batchItem.state, "ready"));

/**
 * The next file after `after` that has pieces left to be printed; `undefined` when there is none, or when the run does not
 * go on. The world may have moved since the approval: what may not be sent any more is left out at once.
 */
export async function prepareNextFile(
  work: Work,
  runId: string,
  after: number,
): Promise<PreparedFile | undefined> {
  const found = await lockRun(work, runId);
  if (found.state !== "making") return undefined;
  const [kind, run] = [mailingKind(found.kind), await runOfKind(work, found)];
  for (let file = await nextFile(work, runId, after); file; ) {
    const items = await work.tx
      .select()
      .from(batchItem)
      .where(readyIn(runId, file))
      .orderBy(asc(batchItem.place));
    const judged = await judgePieces(work, { kind, run }, items);
    await recordStopped(work, kind, runId, judged);
    const going = judged.flatMap(({ ready, reason, item }) =>
      ready && mayBeSent({ reason }, item.releasedBy !== null)
        ? [{ piece: ready, bundle: item.bundle, isProtected: reason !== null }]
        : [],
    );
    const groups = intoEnvelopes(found.bundling, going);
    const pieces = groups.flat();
    const sent = new Set(pieces.map(({ pieceNumber }) => pieceNumber));
    await leaveOut(
      work,
      runId,
      judged.flatMap(({ item: { pieceNumber }, reason }) =>
        pieceNumber && reason && !sent.has(pieceNumber) ? [{ pieceNumber, reason }] : [],
      ),
    );
    if (pieces.length > 0) {
      const name = `${runNumber(found)}-${String(file).padStart(4, "0")}`;
      const envelopes = await envelopesIn(work, found, { name, groups });
      return { file, run, pieces, ...(envelopes && { envelopes }) };
    }
    file = await nextFile(work, runId, file);
  }
  return undefined;
}

/** The envelopes of a group of pieces as the contractor of the run marks them; `undefined` where each piece goes alone. */
export async function envelopesIn(
  work: Work,
  { bundling, contractorId, kind }: RunRow,
  { name, groups }: { name: string; groups: readonly (readonly PreparedPiece[])[] },
): Promise<Envelope[] | undefined> {
  if (bundling === "none") return undefined;
  const [found] = await work.tx
    .select({ mark: contractor.bundleMark })
    .from(contractor)
    .where(eq(contractor.id, contractorId));
  const office = await officeFinder(work);
  const content = mailingKind(kind).title;
  return envelopesOf(groups, { name, mark: bundleMarkOf(found?.mark ?? ""), content, office });
}

async function nextFile(work: Work, runId: string, after: number): Promise<number | null> {
  const [row] = await work.tx
    .select({ file: min(batchItem.file) })
    .from(batchItem)
    .where(
      and(eq(batchItem.runId, runId), eq(batchItem.state, "ready"), gt(batchItem.file, after)),
    );
  return row?.file ?? null;
}

/** Takes numbered pieces out of their file, each with its reason. */
export async function leaveOut(
  work: Work,
  runId: string,
  pieces: readonly { pieceNumber: string; reason: string }[],
): Promise<void> {
  for (const [reason, some] of Map.groupBy(pieces, (piece) => piece.reason)) {
    const [event, state] = waitsForRelease(reason) ? ["hold", "held"] : ["leave", "left-out"];
    await work.sql`select mailings.leave_out(${runId}, ${some.map(({ pieceNumber }) => pieceNumber)}::text[],
      ${event ?? ""}, ${state ?? ""}, ${reason})`;
  }
}
