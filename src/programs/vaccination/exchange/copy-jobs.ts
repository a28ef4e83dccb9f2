import type { JobHandler, RunningTask } from "#src/platform/jobs/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { findRun } from "./copies.ts";
import { type CopyPart, type CopyRow, copyPart, writeCopyFile } from "./copy-file.ts";
import { copySettingOf } from "./copy-setting.ts";

/** How many people are gathered in one transaction. */
const peopleAtATime = 5_000;

const unitOf =
  ({ platform, actor, options }: Pick<RunningTask, "platform" | "actor" | "options">) =>
  <T>(run: (work: Work) => Promise<T>) =>
    runWork(platform, actor, options, run);

type Task = Pick<RunningTask, "platform" | "actor" | "options" | "subjectId" | "signal">;

/** Gathers a run, portion by portion: one that was killed is taken up after the last portion that was kept. */
export async function gatherCopies(task: Task, people = peopleAtATime): Promise<void> {
  const unit = unitOf(task);
  while (!task.signal.aborted) {
    const [row] = await unit(
      (work) =>
        work.sql<{ people: number }[]>`
          select exchange.gather_copies(${task.subjectId}, ${people}) as people`,
    );
    if (!row?.people) return;
  }
}

/** Makes the sealed file of an approved run; begun anew where it was killed, for nothing was handed over yet. */
export async function makeCopies(task: Task): Promise<void> {
  const { platform, subjectId, signal } = task;
  const unit = unitOf(task);
  const { run, setting } = await unit(async (work) => {
    const run = await findRun(work, subjectId);
    return { run, setting: await copySettingOf(work, run.settingId) };
  });
  if (run.state !== "making") return;
  async function* parts(): AsyncGenerator<CopyPart> {
    let after = 0;
    for (let part = 1; ; part += 1) {
      if (signal.aborted) throw signal.reason ?? new Error("aborted");
      const read = await unit((work) => readPart(work, subjectId, after, setting.rowsPerPart));
      if (read.end === null) return;
      after = read.end;
      if (read.rows.length > 0)
        yield {
          name: `copies-${String(part).padStart(4, "0")}.csv`,
          rows: read.rows.length,
          bytes: copyPart(read.rows),
        };
    }
  }
  const made = await writeCopyFile(platform, run, setting.publicKey, parts());
  await unit(
    (work) =>
      work.sql`select exchange.copies_made(${subjectId}, ${made.parts}, ${made.rows}, ${made.bytes}, ${made.sha256})`,
  );
}

async function readPart(work: Work, id: string, after: number, most: number) {
  const [reach] = await work.sql<{ end: number | null }[]>`
    select exchange.part_ends_at(${id}, ${after}, ${most}) as end`;
  const rows = await work.sql<CopyRow[]>`
    select number, operation, shot_id as "shotId", person_number as "personNumber", vaccine, dose, given_on::text as "givenOn", product, lot, volume,
           clinic_code as "clinicCode", no_auto_answer as "noAutoAnswer" from exchange.take_copies(${id}, ${after}, ${most})`;
  return { end: reach?.end ?? null, rows: [...rows] };
}

const handler = (queue: string, run: (task: Task) => Promise<void>): JobHandler => ({
  queue,
  purpose: "feed",
  run,
  async givenUp(task) {
    await unitOf(task)(
      (work) => work.sql`select exchange.interrupt_copies(${task.subjectId}, 'program')`,
    );
  },
});

/** What is done of 副本 in the background. */
export const copyJobs: readonly JobHandler[] = [
  handler("copies.gather", (task) => gatherCopies(task)),
  handler("copies.make", makeCopies),
];
