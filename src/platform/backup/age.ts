import { backupDays, backupsKept } from "#workflows/keeping/backups.ts";
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
export async function oldBackups(work: Work): Promise<OldBackup[]> {
  const { clock } = work.platform;
  const age = await ageOf(work);
  return (["made", "drilled"] as const).flatMap((what) => {
    const last = age?.[what] ?? null;
    const since = last ?? age?.begun;
    if (!since) return [];
    return daysSince(work, since) > valueOn(backupDays[what], clock.today())
      ? [{ what, since: new Date(since), never: last === null }]
      : [];
  });
}

/**
 * When the last backup was made that is still kept, where nobody says any more in which folder the copy of the keys lies:
 * without a copy in step with them the keys can't be renewed.
 */
export async function backupWithoutKeysCopy(work: Work): Promise<Date | undefined> {
  if (work.platform.backup) return undefined;
  const made = (await ageOf(work))?.made;
  const kept = valueOn(backupsKept, work.platform.clock.today());
  return made && daysSince(work, made) <= kept ? new Date(made) : undefined;
}

const daysSince = ({ platform: { clock } }: Work, moment: Date): number =>
  (clock.now().getTime() - new Date(moment).getTime()) / dayInMs;

async function ageOf({ sql }: Work) {
  const [age] = await sql<{ made: Date | null; drilled: Date | null; begun: Date | null }[]>`
    select made, drilled, begun from keeping.backup_age()`;
  return age;
}
