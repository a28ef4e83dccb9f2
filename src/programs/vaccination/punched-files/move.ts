import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { contractor } from "#db/schema/mailings.ts";
import { handover, punchedFile, punchedRow } from "#db/schema/punched.ts";
import { holdsForAll } from "#src/platform/access/actor.ts";
import type { Right } from "#src/platform/access/rights.ts";
import { type FlowAction, stateAfter } from "#src/platform/flow.ts";
import { notFound, Problem } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work, WorkOptions } from "#src/platform/work.ts";
import { answer, eventsFrom } from "#workflows/flows/answer.ts";
import {
  type PunchedFileContext,
  type PunchedFileEvent,
  punchedFileV1,
} from "#workflows/vaccination/punched-files/machine.ts";

export type FileRow = typeof punchedFile.$inferSelect;

/** Under which purpose and 事務 punched files are worked on in the background. */
export const punchedWork: WorkOptions = { purpose: "feed", program: "vaccination" };

/** Number as it is shown: `P000012`. */
export const fileNumber = ({ serial }: { serial: number }): string =>
  `P${String(serial).padStart(6, "0")}`;

/** The file with this id, its order and its contractor. @throws Problem 404 */
export async function getFile(work: Work, id: string) {
  const [found] = await work.tx
    .select({ file: punchedFile, handover, contractor })
    .from(punchedFile)
    .innerJoin(handover, eq(handover.id, punchedFile.handoverId))
    .innerJoin(contractor, eq(contractor.id, handover.contractorId))
    .where(eq(punchedFile.id, id));
  if (!found) throw notFound("このファイルは見つかりません。");
  return found;
}

async function contextOf(work: Work, file: FileRow): Promise<PunchedFileContext> {
  const [faulty, correctors] = [
    await work.tx.$count(
      punchedRow,
      and(eq(punchedRow.fileId, file.id), inArray(punchedRow.state, ["faulty"])),
    ),
    await work.tx
      .selectDistinct({ by: punchedRow.correctedBy })
      .from(punchedRow)
      .where(and(eq(punchedRow.fileId, file.id), isNotNull(punchedRow.correctedBy))),
  ];
  return {
    actingStaffId: work.actor.staffId,
    receivedBy: file.receivedBy,
    correctedBy: correctors.flatMap(({ by }) => by ?? []),
    whole: file.toldRows === file.rowCount && file.sumFits !== false,
    faultyRows: faulty,
  };
}

/** What this person could do with a file now, each with what stands in the way. A file names people of every office. */
export async function fileActions(work: Work, file: FileRow): Promise<FlowAction[]> {
  const context = await contextOf(work, file);
  return eventsFrom(punchedFileV1, file.state, context).flatMap((type) => {
    const rule = punchedFileV1.events[type as PunchedFileEvent];
    if ("scheduled" in rule || !holdsForAll(work.actor, rule.right as Right, "vaccination"))
      return [];
    const got = answer(punchedFileV1, file.state, context, { type });
    return [{ type, title: rule.title, reasons: got.possible ? [] : got.reasons }];
  });
}

/**
 * Moves a file by an event, one revision on; `seen` is the one on the screen.
 *
 * @throws Problem 403, 409 where the right is missing, the state knows no such step, a condition fails or the file moved on
 */
export async function moveFile(
  work: Work,
  given: { id: string; seen?: number | undefined; type: PunchedFileEvent; why?: string },
): Promise<void> {
  const { file } = await getFile(work, given.id);
  const { right } = punchedFileV1.events[given.type];
  if (right !== "system.run" && !holdsForAll(work.actor, right, "vaccination"))
    throw new Problem({
      status: 403,
      message: "この操作を行う権限がありません。全部の区の権限が要ります。",
      lacks: right,
    });
  const context = await contextOf(work, file);
  const target = stateAfter({ definition: punchedFileV1, state: file.state, context }, given.type);
  await refuseInWords(
    work.sql`select punched.move(${file.id}, ${given.seen ?? file.revision}, ${given.type}, ${target}, ${given.why ?? null})`,
    "このファイルの状態が変わりました。内容をもう一度確かめてください。",
  );
}

/** Held to the end of the transaction; so that of two who finish a file one comes second. */
export const holdFile = (work: Work, id: string) =>
  work.sql`select pg_advisory_xact_lock(hashtextextended(${`punched ${id}`}, 0))`;
