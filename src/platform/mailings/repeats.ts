import { and, eq, gte, inArray, isNull, ne, notInArray, or, type SQL, sql } from "drizzle-orm";
import { batchItem, batchRun } from "#db/schema/mailings.ts";
import { addMonths } from "#workflows/dates/iso-date.ts";
import { runStatesWith } from "#workflows/mailings/machine.ts";
import type { Work } from "../work.ts";
import { mailingKind } from "./kind.ts";
import { ofProgram, type RunRow } from "./run.ts";

/** For so long another run is looked at: what was asked a year ago is another year's letter. */
const months = 12;

/** A run that was ordered for the same, and how many pieces of it are for the same people or things. */
export interface RunAlike {
  run: RunRow;
  pieces: number;
}

/** Runs whose pieces count: neither cancelled nor withdrawn. */
const counts = (): SQL =>
  notInArray(
    batchRun.state,
    runStatesWith((meta) => meta.void),
  );

/** Pieces that were, are or may yet be sent. */
const sent = inArray(batchItem.state, ["ready", "held", "made"]);

/** Runs of the last twelve months that were ordered for what this order asks for too, the latest first. */
export async function runsAlike(
  work: Work,
  order: { kind: string; parameters: unknown },
): Promise<RunAlike[]> {
  const kind = mailingKind(order.kind);
  const since = addMonths(work.platform.clock.today(), -months);
  const runs = await work.tx
    .select()
    .from(batchRun)
    .where(
      and(
        ofProgram(work),
        eq(batchRun.kind, order.kind),
        counts(),
        isNull(batchRun.followsRunId),
        gte(batchRun.preparedAt, new Date(`${since}T00:00:00+09:00`)),
      ),
    )
    .orderBy(sql`${batchRun.serial} desc`);
  const alike: RunAlike[] = [];
  for (const run of runs as RunRow[]) {
    const both = kind.overlap(order.parameters, run.parameters);
    if (!both) continue;
    const { subjects = [], pieceNumbers = [] } = both;
    const pieces = await work.tx.$count(
      batchItem,
      and(
        eq(batchItem.runId, run.id),
        sent,
        or(
          inArray(batchItem.subject, [...subjects]),
          inArray(batchItem.pieceNumber, [...pieceNumbers]),
        ),
      ),
    );
    alike.push({ run, pieces });
  }
  return alike;
}

/** Other runs that have the same pieces (person and subject) as this one is about to send, and how many; the latest first. */
export async function overlapsOf(work: Work, { id, kind }: RunRow): Promise<RunAlike[]> {
  const own = sql`mailings.batch_item own`;
  const pieces = sql<number>`count(*)::integer`;
  const rows = await work.tx
    .select({ run: batchRun, pieces })
    .from(batchItem)
    .innerJoin(batchRun, eq(batchRun.id, batchItem.runId))
    .innerJoin(
      own,
      sql`own.run_id = ${id} and own.state in ('ready', 'held') and own.person_number = ${batchItem.personNumber}
        and own.subject = ${batchItem.subject}`,
    )
    .where(and(ofProgram(work), ne(batchRun.id, id), eq(batchRun.kind, kind), counts(), sent))
    .groupBy(batchRun.id)
    .orderBy(sql`${batchRun.serial} desc`);
  return rows.map((row) => ({ run: row.run as RunRow, pieces: row.pieces }));
}
