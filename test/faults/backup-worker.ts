import { join } from "node:path";
import { playedClock } from "#src/demonstration/played-clock.ts";
import { makeBackup } from "#src/platform/backup/index.ts";
import { openDatabase } from "#src/platform/database.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";

// A process that takes a backup: a test kills it.
const [applicationUrl = "", administratorUrl = "", dataFolder = "", recipient = "", to = ""] =
  process.argv.slice(2);
const platform = {
  database: openDatabase(applicationUrl, 4),
  keys: await openKeyRing(join(dataFolder, "keys")),
  clock: playedClock("2026-11-20"),
  dataFolder,
  fonts: {},
  backup: { recipient, keysFolder: join(to, "keys-of-worker") },
};
console.log("begins");
await makeBackup(platform, administratorUrl, to);
await platform.database.close();
