import { and, gte, ne } from "drizzle-orm";
import { erasureRun } from "#db/schema/keeping.ts";
import { fiscalYear, fiscalYearStart } from "#workflows/dates/ages.ts";
import type { Actor } from "../access/actor.ts";
import type { JobHandler, RunningTask, ScheduledJob } from "../jobs/index.ts";
import type { Platform } from "../platform.ts";
import { renewalState, renewKeys } from "../vault/renew-keys.ts";
import { runWork } from "../work.ts";
import { erasureWork, getErasure, searchErasable } from "./erasure.ts";

/** People erased in one transaction. */
const peoplePerLot = 100;

/** Erases the people of an approved run, renews the keys, and closes the record; goes on where it stopped. */
export async function eraseRun({
  platform,
  actor,
  options,
  subjectId,
  signal,
}: Pick<RunningTask, "platform" | "actor" | "options" | "subjectId" | "signal">): Promise<void> {
  const { state } = await runWork(platform, actor, options, (work) => getErasure(work, subjectId));
  if (state !== "erasing") return;
  for (let left = Number.POSITIVE_INFINITY; left > 0; ) {
    signal.throwIfAborted();
    left = await runWork(platform, actor, options, async (work) => {
      const [row] = await work.sql<{ left: number }[]>`
        select keeping.erase_next(${subjectId}, ${peoplePerLot}) as left`;
      return row?.left ?? 0;
    });
  }
  // One that was under way has an epoch from before the erasure.
  const before = await runWork(platform, actor, options, renewalState);
  if (before && !before.done) await renewKeys(platform, actor, { signal });
  await renewKeys(platform, actor, { signal });
  await runWork(
    platform,
    actor,
    options,
    (work) => work.sql`select keeping.finish_erasure(${subjectId})`,
  );
}

export const keepingJobs: readonly JobHandler[] = [
  {
    queue: "keeping.erase",
    purpose: "scheduled",
    run: eraseRun,
    givenUp: ({ platform, actor, options, subjectId }, message) =>
      runWork(platform, actor, options, async (work) => {
        await work.sql`select keeping.note_problem(${subjectId}, ${message})`;
      }),
  },
];

/** Once in a fiscal year: unless somebody has searched already. */
async function searchOnceAYear(platform: Platform, system: Actor): Promise<void> {
  const since = fiscalYearStart(fiscalYear(platform.clock.today()));
  await runWork(platform, system, { ...erasureWork, purpose: "scheduled" }, async (work) => {
    const [searched] = await work.tx
      .select({ id: erasureRun.id })
      .from(erasureRun)
      .where(and(gte(erasureRun.asOf, since), ne(erasureRun.state, "cancelled")));
    if (!searched) await searchErasable(work);
  });
}

export const keepingSchedule: ScheduledJob = {
  name: "keeping.search",
  title: "保存期間を過ぎた記録の抽出",
  cron: "20 3 1 * *",
  run: searchOnceAYear,
};
