import { holds } from "#src/platform/access/actor.ts";
import { isToPrint, runNumber, waitingRuns } from "#src/platform/mailings/index.ts";
import type { WorkItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { runStateMeta } from "#workflows/mailings/machine.ts";
import type { Mailings } from "./set.ts";

/** Runs that wait for the person, that they sent on, or that came back to them. */
export async function workItems(work: Work, { program, paths }: Mailings): Promise<WorkItem[]> {
  if (!holds(work.actor, "mailing.read", { program })) return [];
  return (await waitingRuns(work)).map(({ run, list, since, comment }): WorkItem => {
    const { title, waits } = runStateMeta(run.state);
    return {
      list,
      kind: waits?.title ?? title,
      title: `${run.title} ${runNumber(run)}`,
      path: paths.run(run.id),
      since,
      ...(run.printBy && isToPrint(run) ? { deadline: run.printBy as IsoDate } : {}),
      state: title,
      ...(comment === undefined ? {} : { comment }),
    };
  });
}
