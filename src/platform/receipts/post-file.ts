import type { Actor } from "../access/actor.ts";
import type { Platform } from "../platform.ts";
import { runWork, type Work } from "../work.ts";
import { eachLot, type StepOptions } from "./each-lot.ts";
import { holdFile, moveFile, receiptWork } from "./move.ts";

/**
 * Posts an approved file into the ledger, lot by lot. Called again after a stop it goes on where it was, and posts nothing
 * twice. What is not clear stays open and is posted when it has been accepted.
 */
export async function postFile(
  platform: Platform,
  actor: Actor,
  fileId: string,
  { work: options = receiptWork, signal }: StepOptions = {},
): Promise<void> {
  const inWork = <T>(run: (work: Work) => Promise<T>) => runWork(platform, actor, options, run);
  await eachLot({ inWork, fileId, signal }, "post", async (work, { number }) => {
    await work.sql`select receipts.post_lot(${fileId}, ${number})`;
  });
  await inWork(async (work) => {
    const file = await holdFile(work, fileId);
    const [open] = await work.sql`
      select from receipts.lot where file_id = ${fileId} and posted_at is null limit 1`;
    if (file.state === "committing" && !open) await moveFile(work, file, "committed");
  });
}
