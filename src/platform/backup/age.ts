import { backupDays } from "#workflows/keeping/backups.ts";
import { valueOn } from "#workflows/parameters/dated.ts";
import type { Work } from "../work.ts";

/** What is too old: the last backup, or the last restoring in drill. */
export interface OldBackup {
  what: keyof typeof backupDays;
  /** When the last was, or since when there has been none at all. */
  since: Date;
  never: boolean;
}

const dayInMs = 86_400_000;

/** Backups and drills whose time is past, for who manages the installation; a new installation has the same time. */
export async function oldBackups({ sql, platform: { clock } }: Work): Promise<OldBackup[]> {
  const [age] = await sql<{ made: Date | null; drilled: Date | null; begun: Date | null }[]>`
    select made, drilled, begun from keeping.backup_age()`;
  return (["made", "drilled"] as const).flatMap((what) => {
    const last = age?.[what] ?? null;
    const since = last ?? age?.begun;
    if (!since) return [];
    const days = (clock.now().getTime() - new Date(since).getTime()) / dayInMs;
    return days > valueOn(backupDays[what], clock.today())
      ? [{ what, since: new Date(since), never: last === null }]
      : [];
  });
}
