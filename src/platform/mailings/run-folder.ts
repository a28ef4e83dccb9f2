import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Actor } from "../access/actor.ts";
import type { Platform } from "../platform.ts";
import { type PaperVersion, paperVersion, settingInForce } from "../printing/index.ts";
import type { Work, WorkOptions } from "../work.ts";
import type { RunRow } from "./door.ts";
import { mailingKind, type RunOfKind, type RunOrder } from "./kind.ts";

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

type RunHead = Pick<
  RunRow,
  "id" | "kind" | "program" | "parameters" | "templateVersion" | "formSettingId"
>;

/** With what a run would be printed if it were approved now. */
export async function paperOfToday(
  work: Work,
  { kind, program }: Pick<RunHead, "kind" | "program">,
): Promise<PaperVersion | null> {
  const { form, asIssued } = mailingKind(kind);
  return asIssued ? null : paperVersion(form, await settingInForce(work, program));
}

/** What the 事務 is told of a run at any time. */
export async function orderOf(work: Work, run: RunHead): Promise<RunOrder> {
  const { id, parameters, templateVersion, formSettingId } = run;
  const paper =
    templateVersion === null
      ? await paperOfToday(work, run)
      : { template: templateVersion, setting: formSettingId };
  return { id, parameters, paper };
}

/** Date of the letters of an approved run. */
export function dateOf({ datedOn }: RunRow): RunOfKind["datedOn"] {
  if (!datedOn) throw new Error("a run without approval");
  return datedOn as RunOfKind["datedOn"];
}

/** What the 事務 is told of an approved run. */
export const ofKind = async (work: Work, run: RunRow): Promise<RunOfKind> => ({
  ...(await orderOf(work, run)),
  datedOn: dateOf(run),
});

/** The key of the files that wait for the package. */
export function workingKey(platform: Platform, run: RunRow): Buffer {
  if (!run.workingKey) throw new Error("the run is over");
  return platform.keys.unwrap(run.workingKey);
}

/** Removes what waited for the package; its key is gone already. */
export async function eraseWorkingFiles(platform: Platform, runId: string): Promise<void> {
  const folder = folderOf(platform, runId);
  for (const name of await readdir(folder).catch(() => []))
    if (name.endsWith(".sealed") || name.endsWith(".part")) await rm(join(folder, name));
}
