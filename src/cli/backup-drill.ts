import { drillBackup } from "#src/platform/backup/index.ts";
import { install, openPlatform } from "#src/platform/open.ts";
import { background } from "#src/programs/jobs.ts";
import { backupSource, sourceOptions } from "./backup-source.ts";
import type { Command } from "./command.ts";

/** Restores a backup beside and compares. Exit status 1 where anything is lost. */
export const backupDrill: Command = {
  summary: "Restores a backup into a database beside, compares everything and removes it again.",
  options: sourceOptions,
  async run(input) {
    const from = await backupSource(input);
    const opened = await openPlatform({ background });
    try {
      const drill = await drillBackup(opened.platform, from, {
        administratorUrl: opened.administratorUrl,
        install: (url) => install(url, background),
      });
      console.log(
        `${drill.rows.toLocaleString("ja-JP")}行を ${drill.seconds} 秒で戻しました（後で消去された ${drill.erased} 行を除く）。`,
      );
      for (const table of drill.lost) console.log(`バックアップと違う表: ${table}`);
      for (const fault of drill.faults) console.log(`アクセス記録の異常: ${fault}`);
      const sound = drill.lost.length === 0 && drill.faults.length === 0;
      if (sound) console.log("失われたものはありません。アクセス記録も書かれたとおりです。");
      return sound ? 0 : 1;
    } finally {
      await opened.close();
    }
  },
};
