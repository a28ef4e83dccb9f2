import { fork } from "node:child_process";
import { once } from "node:events";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { backupsKept } from "#workflows/keeping/backups.ts";
import { valueOn } from "#workflows/parameters/dated.ts";
import type { ScheduledJob } from "../jobs/index.ts";
import type { Platform } from "../platform.ts";

/** Every night, where the administrator has named a folder (`MADOGUCHI_BACKUP_FOLDER`). */
export const backupJob: ScheduledJob = {
  name: "backup.make",
  title: "バックアップ",
  cron: "10 1 * * *",
  run: (platform) => takeNightly(platform),
};

/**
 * Takes a backup into the folder named for it, then removes those whose days are past.
 *
 * @throws where no backup came about; the ones before stay
 */
export async function takeNightly(
  platform: Platform,
  make: (to: string) => Promise<unknown> = makeApart,
): Promise<void> {
  const folder = platform.backup?.folder;
  if (!folder) return;
  await make(folder);
  await removeOld(folder, platform.clock.now(), valueOn(backupsKept, platform.clock.today()));
}

/** The command, in a process of its own: this one does not hold the connection of the administrator. */
async function makeApart(to: string): Promise<void> {
  const command = new URL("../../cli/main.ts", import.meta.url).pathname;
  const child = fork(command, ["backup", "make", "--to", to], { stdio: "ignore" });
  const [status] = (await once(child, "exit")) as [number | null];
  if (status !== 0) throw new Error(`the backup ended with status ${status}`);
}

const dayInMs = 86_400_000;

/** Backups older than some days, and what was left of ones that were not finished; never the newest whole one. */
async function removeOld(folder: string, now: Date, days: number): Promise<void> {
  const backups = (await readdir(folder)).filter((name) => nameOf.test(name)).sort();
  const whole: string[] = [];
  for (const name of backups)
    if (await stat(join(folder, name, "manifest.json")).catch(() => null)) whole.push(name);
  const newest = whole.at(-1);
  if (!newest) return;
  for (const name of backups) {
    const [, year, month, day] = nameOf.exec(name) ?? [];
    const taken = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
    const unfinished = name < newest && !whole.includes(name);
    const old = now.getTime() - taken > days * dayInMs;
    if (name !== newest && (old || unfinished))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** As `makeBackup` names them, by the time in UTC. */
const nameOf = /^backup-(\d{4})(\d{2})(\d{2})\d{9}$/;
