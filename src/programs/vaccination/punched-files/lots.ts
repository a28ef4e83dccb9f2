import { and, between, eq, inArray, isNotNull } from "drizzle-orm";
import { punchedLot, punchedRow } from "#db/schema/punched.ts";
import type { Actor } from "#src/platform/access/actor.ts";
import type { JobHandler } from "#src/platform/jobs/index.ts";
import { enqueue } from "#src/platform/jobs/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { getSealed } from "#src/platform/vault/index.ts";
import { runWork, type Work, type WorkOptions } from "#src/platform/work.ts";
import { foreseeTold } from "../records/judge-told.ts";
import { matchTold } from "../records/match.ts";
import { type ToldRecord, takeRecords } from "../records/take.ts";
import type { SealedRow } from "./items.ts";
import { judgeRow } from "./judge-row.ts";
import { layoutOfFile } from "./layouts.ts";
import { fileNumber, getFile, holdFile, moveFile, punchedWork } from "./move.ts";

/** In whose name lots are worked on, and how that is stopped between two of them. */
export interface LotOptions {
  work?: WorkOptions;
  signal?: AbortSignal | undefined;
}

/** While the database keeps one lot, another is unsealed and matched. */
const sideBySide = 2;

interface Lot {
  file_id: string;
  number: number;
  first_row: number;
  row_count: number;
  sealed_id: string;
}

/** A row that can be taken up, as it is told. */
interface ReadyRow {
  row: number;
  told: ToldRecord;
}

/** Says of each row of a file what would become of it. Called again after a stop it goes on where it was. */
export const judgeFile = (
  platform: Platform,
  actor: Actor,
  fileId: string,
  options: LotOptions = {},
): Promise<void> =>
  eachLot(platform, actor, { fileId, step: "judge", event: "judged", ...options }, judgeLot);

/**
 * Takes the rows of an approved file up into the records, lot by lot: each lot stands or falls as a whole, and each row carries
 * its number as the reference of its slip, so that after a stop none is lost and none is taken twice.
 */
export const takeFile = (
  platform: Platform,
  actor: Actor,
  fileId: string,
  options: LotOptions = {},
): Promise<void> =>
  eachLot(platform, actor, { fileId, step: "take", event: "taken", ...options }, takeLot);

async function eachLot(
  platform: Platform,
  actor: Actor,
  given: LotOptions & { fileId: string; step: "judge" | "take"; event: "judged" | "taken" },
  take: (work: Work, lot: Lot, rows: readonly ReadyRow[]) => Promise<void>,
): Promise<void> {
  const { fileId, step, event, signal, work: options = punchedWork } = given;
  const from = step === "judge" ? "judging" : "taking";
  const inWork = <T>(run: (work: Work) => Promise<T>) => runWork(platform, actor, options, run);
  const vaccines = await inWork(async (work) => {
    const { file } = await getFile(work, fileId);
    return (await layoutOfFile(work, file.layoutId)).vaccines;
  });
  const one = () =>
    inWork(async (work) => {
      const [lot] = await work.sql<Lot[]>`
        select file_id, number, first_row, row_count, sealed_id from punched.next_lot(${fileId}, ${step})`;
      if (lot) await take(work, lot, await readyRows(work, lot, vaccines));
      return lot !== undefined;
    });
  const takeAll = async () => {
    do signal?.throwIfAborted();
    while (await one());
  };
  await Promise.all(Array.from({ length: sideBySide }, takeAll));
  await inWork(async (work) => {
    await holdFile(work, fileId);
    const { file } = await getFile(work, fileId);
    const left = await work.tx.$count(
      punchedLot,
      and(
        eq(punchedLot.fileId, fileId),
        isNotNull(step === "judge" ? punchedLot.judgedAt : punchedLot.takenAt),
      ),
    );
    if (file.state === from && left === file.lotCount)
      await moveFile(work, { id: fileId, type: event });
  });
}

/** Rows of a lot that can be taken up, with what was corrected by hand. */
async function readyRows(
  work: Work,
  lot: Lot,
  vaccines: Readonly<Record<string, string>>,
): Promise<ReadyRow[]> {
  const rows = await work.tx
    .select({ row: punchedRow.row, correctedId: punchedRow.correctedId })
    .from(punchedRow)
    .where(
      and(
        eq(punchedRow.fileId, lot.file_id),
        eq(punchedRow.lot, lot.number),
        // By its key: of a file that has just come the planner knows nothing, and would read all of it for each lot.
        between(punchedRow.row, lot.first_row, lot.first_row + lot.row_count - 1),
        inArray(punchedRow.state, ["ready"]),
      ),
    )
    .orderBy(punchedRow.row);
  const corrected = rows.flatMap(({ correctedId }) => correctedId ?? []);
  const opened = await getSealed(work, [lot.sealed_id, ...corrected]);
  const byId = new Map(opened.map(({ id, data }) => [id, data as SealedRow[]]));
  const all = byId.get(lot.sealed_id) ?? [];
  const today = work.platform.clock.today();
  return rows.map(({ row, correctedId }) => {
    const said = correctedId ? byId.get(correctedId)?.[0] : all[row - lot.first_row];
    const judged = said && judgeRow(said, { today, vaccines });
    if (!judged || "faults" in judged) throw new Error("a row that was ready cannot be read");
    return { row, told: { ...judged.told, reference: `${lot.file_id}:${row}` } };
  });
}

/** What would become of told rows, with the codes of the doubts; nothing is kept. */
export async function foresee(work: Work, told: readonly ToldRecord[]) {
  const matched = await matchTold(work, told);
  const judged = await foreseeTold(
    work,
    told.map((one, at) => ({ told: one, matched: matched[at] ?? { doubts: [] } })),
  );
  return judged.map(({ state, doubts }) => ({ state, doubts: doubts.map(({ code }) => code) }));
}

async function judgeLot(work: Work, lot: Lot, rows: readonly ReadyRow[]): Promise<void> {
  const found = await foresee(
    work,
    rows.map(({ told }) => told),
  );
  await work.sql`select punched.lot_judged(${lot.file_id}, ${lot.number}, ${rows.map(({ row }) => row)}::integer[],
    ${found.map(({ state }) => state)}::text[], ${found.map(({ doubts }) => doubts.join(" "))}::text[])`;
}

async function takeLot(work: Work, lot: Lot, rows: readonly ReadyRow[]): Promise<void> {
  const taken = await takeRecords(
    work,
    rows.map(({ told }) => told),
  );
  await work.sql`select punched.lot_taken(${lot.file_id}, ${lot.number}, ${rows.map(({ row }) => row)}::integer[],
    ${taken.map(({ slipId }) => slipId)}::uuid[])`;
}

/** Asks for what the state of a file wants next. */
export async function continueFile(work: Work, fileId: string): Promise<void> {
  const { file } = await getFile(work, fileId);
  if (file.state !== "judging" && file.state !== "taking") return;
  await work.sql`select punched.note_problem(${fileId}, null)`;
  await enqueue(work, {
    queue: file.state === "judging" ? "punched.judge" : "punched.take",
    subjectId: fileId,
    reason: `パンチデータ ${fileNumber(file)} の${file.state === "judging" ? "点検" : "取込"}`,
  });
}

const handler = (queue: string, run: typeof judgeFile): JobHandler => ({
  queue,
  purpose: "feed",
  run: ({ platform, actor, subjectId, options, signal }) =>
    run(platform, actor, subjectId, { work: options, signal }),
  givenUp: async ({ platform, actor, options, subjectId }, message) => {
    await runWork(platform, actor, options, async (work) => {
      await work.sql`select punched.note_problem(${subjectId}, ${message})`;
    });
  },
});

/** Looking through and taking up in the background; both go on where they stopped. */
export const punchedJobs: readonly JobHandler[] = [
  handler("punched.judge", judgeFile),
  handler("punched.take", takeFile),
];
