import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Actor } from "../access/actor.ts";
import type { Platform } from "../platform.ts";
import type { WorkOptions } from "../work.ts";
import type { RunRow } from "./run.ts";

/** In whose name a run is made, and why. */
export interface Maker {
  platform: Platform;
  actor: Actor;
  options: WorkOptions;
  runId: string;
  signal?: AbortSignal | undefined;
}

/** Where the files of a run lie. */
export const folderOf = (platform: Platform, runId: string): string =>
  join(platform.dataFolder, "mailings", runId);

/** The key of the files that wait for the package. @throws when it was taken away */
export function workingKey(platform: Platform, run: RunRow): Buffer {
  if (!run.workingKey) throw new Error("the run is over");
  return platform.keys.unwrap(run.workingKey);
}

/** Removes what waited for the package; its key is gone already. Another process may be removing it too. */
export async function eraseWorkingFiles(platform: Platform, runId: string): Promise<void> {
  const folder = folderOf(platform, runId);
  for (const name of await readdir(folder).catch(() => []))
    if (name.endsWith(".sealed") || name.endsWith(".part"))
      await rm(join(folder, name), { force: true });
}
