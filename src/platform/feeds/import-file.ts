import { createReadStream } from "node:fs";
import { basename } from "node:path";
import type { Actor } from "../access/actor.ts";
import { openSystemSession } from "../access/sessions.ts";
import type { Platform } from "../platform.ts";
import { runWork } from "../work.ts";
import { approveImport } from "./approve.ts";
import type { Feed } from "./kind.ts";
import { getImport } from "./move.ts";
import { feedWork, receiveFile } from "./receive.ts";
import { reviewImport } from "./review.ts";
import { type ImportSummary, summarize } from "./summary.ts";
import { writeImport } from "./write.ts";

/**
 * Takes in, reviews and commits a file in one go, for the demonstration city. Two people are needed; what opens the
 * 個人番号 is done by the account of the program.
 */
export async function importFile(
  platform: Platform,
  people: { preparer: Actor; committer: Actor },
  feed: Feed,
  path: string,
): Promise<ImportSummary> {
  const { preparer, committer } = people;
  const file = { name: basename(path), source: createReadStream(path) };
  const importId = await receiveFile(platform, preparer, feed, file);
  const system = await openSystemSession(platform);
  await reviewImport(platform, system, feed, importId);
  await runWork(platform, committer, feedWork, async (work) => {
    const { revision } = await getImport(work, importId);
    await approveImport(work, { importId, revision });
  });
  await writeImport(platform, system, feed, importId);
  return runWork(platform, committer, feedWork, async (work) =>
    summarize(work, await getImport(work, importId)),
  );
}
