import type { Actor } from "#src/platform/access/index.ts";
import {
  applyRunEvent,
  createRun,
  extractRun,
  handOverPackage,
  listContractors,
  makeRun,
  readRun,
  takeOutPackage,
} from "#src/platform/mailings/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { addDays } from "#workflows/dates/iso-date.ts";

/** What is sent: a kind of mailing of a 事務, with what its order says. */
export interface PlayedMailing {
  program: string;
  kind: string;
  title: string;
  parameters: object;
}

/** One run for the print contractor, from the extraction to the hand-over, approved by another person. @returns how many pieces were made */
export async function playMailingRun(
  platform: Platform,
  { prepares, approves }: { prepares: Actor; approves: Actor },
  { program, ...order }: PlayedMailing,
): Promise<number> {
  const options = { purpose: "mailing", program } as const;
  const as = <T>(actor: Actor, work: (work: Work) => Promise<T>): Promise<T> =>
    runWork(platform, actor, options, work);
  const today = platform.clock.today();
  const { id: runId } = await as(prepares, async (work) => {
    const [contractor] = await listContractors(work);
    if (!contractor) throw new Error("no contractor is registered");
    return createRun(work, {
      ...order,
      contractorId: contractor.id,
      printBy: addDays(today, 5),
      sendOn: addDays(today, 10),
      bundling: "household",
    });
  });
  await extractRun(platform, prepares, options, runId);
  const step = (type: "submit" | "approve") => async (work: Work) => {
    const { run } = await readRun(work, runId);
    await applyRunEvent(work, { runId, type, expectedRevision: run.revision });
  };
  await as(prepares, step("submit"));
  await as(approves, step("approve"));
  await makeRun({ platform, actor: prepares, options, runId });
  await as(prepares, (work) => takeOutPackage(work, runId));
  await as(prepares, async (work) => {
    const { run } = await readRun(work, runId);
    await handOverPackage(work, { runId, expectedRevision: run.revision, manner: "transfer" });
  });
  return as(prepares, async (work) => (await readRun(work, runId)).run.madeCount ?? 0);
}
