import { holds } from "#src/platform/access/index.ts";
import { backupWithoutKeysCopy, oldBackups } from "#src/platform/backup/index.ts";
import type { WorkItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";

const titles = {
  made: { old: "バックアップが古くなっています", never: "バックアップがまだありません" },
  drilled: {
    old: "バックアップを戻す訓練の時期を過ぎています",
    never: "バックアップを戻す訓練をまだ行っていません",
  },
} as const;

const noKeysCopy =
  "鍵の控えを置くフォルダー（MADOGUCHI_KEYS_COPY）の指定がないため、鍵を更新できません";

/** Backups and drills that are too old, and backups that soon nobody can restore, for administrators (KEP-3). */
export async function backupItems(work: Work): Promise<WorkItem[]> {
  if (!holds(work.actor, "staff.manage")) return [];
  const uncopied = await backupWithoutKeysCopy(work);
  const told = [
    ...(uncopied ? [{ title: noKeysCopy, since: uncopied }] : []),
    ...(await oldBackups(work)).map(({ what, since, never }) => ({
      title: titles[what][never ? "never" : "old"],
      since,
    })),
  ];
  return told.map((item) => ({
    ...item,
    list: "waiting",
    kind: "バックアップ",
    path: "/help/07-administration",
  }));
}
