import { holds } from "#src/platform/access/actor.ts";
import {
  countRunsByState,
  isToPrint,
  runNumber,
  type WaitingRun,
  waitingRuns,
} from "#src/platform/mailings/index.ts";
import type { WorkItem, WorkSource } from "#src/platform/program.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type RunState, runStateMeta, runStatesWith } from "#workflows/mailings/machine.ts";
import type { Mailings } from "./set.ts";

/** What is to be done with a run that stands there. */
const kindOf = (state: RunState): string => {
  const { title, waits } = runStateMeta(state);
  return waits?.title ?? title;
};

/** Runs that wait for the person, that they sent on, or that came back to them. */
export function waitingItems(of: Mailings): WorkSource {
  const { program } = of;
  return {
    async count(work) {
      if (!holds(work.actor, "mailing.read", { program })) return [];
      const counted = await countRunsByState(work);
      return counted.map(({ state, ...figures }) => ({ ...figures, kind: kindOf(state) }));
    },
    async read(work, { list, kind, from, size }) {
      if (list === "support" || !holds(work.actor, "mailing.read", { program })) return [];
      const states = kind === undefined ? undefined : runStatesWith(isOf(kind));
      return (await waitingRuns(work, { list, states, from, size })).map((one) => itemOf(one, of));
    },
  };
}

const isOf = (kind: string) => (meta: ReturnType<typeof runStateMeta>) =>
  (meta.waits?.title ?? meta.title) === kind;

const itemOf = ({ run, list, since, comment }: WaitingRun, { paths }: Mailings): WorkItem => ({
  list,
  kind: kindOf(run.state),
  title: `${run.title} ${runNumber(run)}`,
  path: paths.run(run.id),
  since,
  ...(run.printBy && isToPrint(run) ? { deadline: run.printBy as IsoDate } : {}),
  state: runStateMeta(run.state).title,
  ...(comment === undefined ? {} : { comment }),
});
