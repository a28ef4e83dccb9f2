import { makeBackup } from "#src/platform/backup/index.ts";
import { openPlatform } from "#src/platform/open.ts";
import { background } from "#src/programs/jobs.ts";
import { type Command, text } from "./command.ts";

/** Takes a backup while people work. */
export const backupMake: Command = {
  summary:
    "Takes an encrypted backup into a folder of its own, and replaces the copy of the keys (MADOGUCHI_BACKUP_RECIPIENT, MADOGUCHI_KEYS_COPY).",
  options: { to: { type: "string", help: "folder in which backups lie" } },
  async run(input) {
    const to = text(input, "to");
    if (!to) throw new Error("--to でバックアップを置くフォルダーを指定してください。");
    const opened = await openPlatform({ background });
    try {
      const { folder, manifest } = await makeBackup(opened.platform, opened.administratorUrl, to);
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      console.log(
        `バックアップを取りました: ${folder}（${rows.toLocaleString("ja-JP")}行、ファイル ${manifest.files.length}）`,
      );
      return 0;
    } finally {
      await opened.close();
    }
  },
};
