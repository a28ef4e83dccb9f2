import { runStateMeta } from "#workflows/mailings/machine.ts";
import type { JobHandler, RunningTask } from "../jobs/index.ts";
import { runWork } from "../work.ts";
import { eraseWithdrawn } from "./erase.ts";
import { extractRun } from "./extract.ts";
import { makeRun } from "./make.ts";
import { applyRunEvent } from "./move-run.ts";
import { lockRun } from "./run.ts";

/** Extraction, making and the erasure of what was withdrawn, in the background. */
export const mailingJobs: readonly JobHandler[] = [
  {
    queue: "mailing.extract",
    purpose: "mailing",
    run: ({ platform, actor, options, subjectId }) =>
      extractRun(platform, actor, options, subjectId),
    givenUp: markFailed,
  },
  {
    queue: "mailing.make",
    purpose: "mailing",
    run: ({ platform, actor, options, subjectId, signal }) =>
      makeRun({ platform, actor, options, runId: subjectId, signal }),
    givenUp: markFailed,
  },
  {
    queue: "mailing.erase",
    purpose: "mailing",
    run: ({ platform, actor, options, subjectId }) =>
      runWork(platform, actor, options, async (work) => {
        await eraseWithdrawn(work, subjectId);
      }),
    // The nightly erasure tries it again.
    givenUp: async () => {},
  },
];

/** Shows on the run what went wrong; 再開 then goes on where it stopped. */
async function markFailed(task: RunningTask, message: string): Promise<void> {
  const { platform, actor, options, subjectId: runId } = task;
  await runWork(platform, actor, options, async (work) => {
    const { state } = await lockRun(work, runId);
    if (!runStateMeta(state).busy) return;
    await applyRunEvent(work, { runId, type: "fail", problem: message });
  });
}
