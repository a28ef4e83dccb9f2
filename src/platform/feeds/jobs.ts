import { enqueue, type JobHandler, type RunningTask } from "../jobs/index.ts";
import { runWork, type Work } from "../work.ts";
import { approveImport } from "./approve.ts";
import { getImport } from "./move.ts";
import { feedOf } from "./registry.ts";
import { reviewAgain, reviewImport } from "./review.ts";
import { writeImport } from "./write.ts";

/** Review and writing in the background; both go on where they stopped. */
export const feedJobs: readonly JobHandler[] = [
  {
    queue: "feed.review",
    purpose: "feed",
    run: (task) => step(task, reviewImport),
    givenUp: noteProblem,
  },
  { queue: "feed.write", purpose: "feed", run: write, givenUp: noteProblem },
];

async function step(task: RunningTask, run: typeof reviewImport): Promise<void> {
  const { platform, actor, options, subjectId, signal } = task;
  const entry = await runWork(platform, actor, options, (work) => getImport(work, subjectId));
  await run(platform, actor, await feedOf(platform, entry), subjectId, { work: options, signal });
}

/** A file that went back because the world had moved is reviewed again at once. */
async function write(task: RunningTask): Promise<void> {
  const { platform, actor, options, subjectId } = task;
  try {
    await step(task, writeImport);
  } catch (error) {
    const again = await runWork(platform, actor, options, async (work) => {
      const { state } = await getImport(work, subjectId);
      if (state === "reviewing") await enqueueStep(work, subjectId);
      return state === "reviewing";
    });
    if (!again) throw error;
  }
}

/** Shows on the file what went wrong; 再開 goes on where it stopped. */
async function noteProblem(task: RunningTask, message: string): Promise<void> {
  const { platform, actor, options, subjectId } = task;
  await runWork(platform, actor, options, async (work) => {
    await work.sql`select feeds.note_problem(${subjectId}, ${message})`;
  });
}

/** Asks for what the state of the file wants next: the review, or the writing of an approved one. */
export async function continueImport(work: Work, importId: string): Promise<void> {
  await work.sql`select feeds.note_problem(${importId}, null)`;
  await enqueueStep(work, importId);
}

async function enqueueStep(work: Work, importId: string): Promise<void> {
  const { state, fileName } = await getImport(work, importId);
  if (state !== "reviewing" && state !== "committing") return;
  await enqueue(work, {
    queue: state === "reviewing" ? "feed.review" : "feed.write",
    subjectId: importId,
    reason: `連携ファイル ${fileName} の${state === "reviewing" ? "確認" : "反映"}`,
  });
}

/** Approves and lets the writing begin in the background; see `approveImport`. */
export async function approveAndWrite(
  work: Work,
  decision: Parameters<typeof approveImport>[1],
): Promise<void> {
  await approveImport(work, decision);
  await continueImport(work, decision.importId);
}

/** Throws the review away and begins another one in the background; see `reviewAgain`. */
export async function reviewAnew(work: Work, importId: string): Promise<void> {
  await reviewAgain(work, importId);
  await continueImport(work, importId);
}
