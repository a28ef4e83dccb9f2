import { holds } from "#src/platform/access/index.ts";
import { oldBackups } from "#src/platform/backup/index.ts";
import type { WorkItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";

const titles = {
  made: { old: "バックアップが古くなっています", never: "バックアップがまだありません" },
  drilled: {
    old: "バックアップを戻す訓練の時期を過ぎています",
    never: "バックアップを戻す訓練をまだ行っていません",
  },
} as const;

/** Backups and drills that are too old, for administrators (KEP-3). */
export async function backupItems(work: Work): Promise<WorkItem[]> {
  if (!holds(work.actor, "staff.manage")) return [];
  return (await oldBackups(work)).map(({ what, since, never }) => ({
    list: "waiting",
    kind: "バックアップ",
    title: titles[what][never ? "never" : "old"],
    path: "/help/07-administration",
    since,
  }));
}
