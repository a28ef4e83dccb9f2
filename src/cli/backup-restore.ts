import { openFolder } from "#db/server/data-folder.ts";
import { openEmbeddedServer } from "#db/server/embedded.ts";
import { compareRestored, restoreBackup } from "#src/platform/backup/index.ts";
import { requireServer } from "#src/platform/connection-problems.ts";
import { defaultDataFolder } from "#src/platform/data-folder.ts";
import { install } from "#src/platform/open.ts";
import { asAdministrator, ensureOwnDatabase } from "#src/platform/own-database.ts";
import { background } from "#src/programs/jobs.ts";
import { backupSource, sourceOptions } from "./backup-source.ts";
import type { Command } from "./command.ts";

/** Puts a backup into an empty data folder and an empty database. Exit status 1 where anything is not as it was. */
export const backupRestore: Command = {
  summary:
    "Restores a backup into an empty data folder (MADOGUCHI_DATA) and an empty database (DATABASE_URL, or the embedded one).",
  options: sourceOptions,
  async run(input) {
    const from = await backupSource(input);
    const dataFolder = defaultDataFolder();
    const { administratorUrl, stop } = await emptyDatabase(dataFolder);
    try {
      const restored = await restoreBackup(from, {
        administratorUrl,
        dataFolder,
        install: (url) => install(url, background),
      });
      const found = await asAdministrator(administratorUrl, (admin) =>
        compareRestored(admin, restored, dataFolder),
      );
      console.log(
        `${found.at} のバックアップを戻しました（${found.rows.toLocaleString("ja-JP")}行、後で消去された ${found.erased} 行を除く）。`,
      );
      for (const table of found.lost) console.log(`バックアップと違う表: ${table}`);
      for (const fault of found.faults) console.log(`アクセス記録の異常: ${fault}`);
      return found.lost.length === 0 && found.faults.length === 0 ? 0 : 1;
    } finally {
      await stop();
    }
  },
};

async function emptyDatabase(
  dataFolder: string,
): Promise<{ administratorUrl: string; stop: () => Promise<void> }> {
  const databaseUrl = process.env.DATABASE_URL;
  if (databaseUrl) {
    await requireServer(databaseUrl);
    await openFolder(dataFolder, 0o700);
    return { administratorUrl: databaseUrl, stop: async () => {} };
  }
  const server = await openEmbeddedServer(dataFolder, { alone: true });
  await ensureOwnDatabase({ ...server, dataFolder }, { setAsideHalfMade: false });
  return { administratorUrl: server.addressOf("madoguchi"), stop: server.stop };
}
