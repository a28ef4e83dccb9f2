import { enqueue, type JobHandler, type RunningTask } from "../jobs/index.ts";
import { runWork, type Work } from "../work.ts";
import { judgeFile } from "./judge-file.ts";
import { getFile, movedOn, moveFile } from "./move.ts";
import { postFile } from "./post-file.ts";

/** Judging and posting in the background; both go on where they stopped. */
export const receiptJobs: readonly JobHandler[] = [
  {
    queue: "receipts.judge",
    purpose: "feed",
    run: ({ platform, actor, subjectId, options, signal }) =>
      judgeFile(platform, actor, subjectId, { work: options, signal }),
    givenUp: noteProblem,
  },
  {
    queue: "receipts.post",
    purpose: "feed",
    run: ({ platform, actor, subjectId, options, signal }) =>
      postFile(platform, actor, subjectId, { work: options, signal }),
    givenUp: noteProblem,
  },
];

/** Shows on the file what went wrong; 再開 goes on where it stopped. */
async function noteProblem(
  { platform, actor, options, subjectId }: RunningTask,
  message: string,
): Promise<void> {
  await runWork(platform, actor, options, async (work) => {
    await work.sql`select receipts.note_problem(${subjectId}, ${message})`;
  });
}

/** Asks for what the state of the file wants next: the judging, or the posting of an approved one. */
export async function continueFile(work: Work, fileId: string): Promise<void> {
  const { state, fileName } = await getFile(work, fileId);
  if (state !== "judging" && state !== "committing") return;
  await work.sql`select receipts.note_problem(${fileId}, null)`;
  await enqueue(work, {
    queue: state === "judging" ? "receipts.judge" : "receipts.post",
    subjectId: fileId,
    reason: `レセプト ${fileName} の${state === "judging" ? "点検" : "反映"}`,
  });
}

/** A second person lets a judged file be posted. The revision is the one on the screen. */
export async function approveFile(
  work: Work,
  { fileId, revision }: { fileId: string; revision: number },
): Promise<void> {
  const file = await getFile(work, fileId);
  if (file.revision !== revision) throw movedOn();
  await moveFile(work, file, "approve");
}

/** The same, and the posting begins in the background. */
export async function approveAndPost(
  work: Work,
  decision: Parameters<typeof approveFile>[1],
): Promise<void> {
  await approveFile(work, decision);
  await continueFile(work, decision.fileId);
}
