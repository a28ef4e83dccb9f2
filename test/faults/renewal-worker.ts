import { join } from "node:path";
import { playedClock } from "#src/demonstration/played-clock.ts";
import { openSystemSession } from "#src/platform/access/index.ts";
import { openDatabase } from "#src/platform/database.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import { renewKeys } from "#src/platform/vault/renew-keys.ts";

// A process that renews the keys: a test kills it.
const [address = "", dataFolder = ""] = process.argv.slice(2);
const platform = {
  database: openDatabase(address, 4),
  keys: await openKeyRing(join(dataFolder, "keys")),
  clock: playedClock("2026-11-20"),
  dataFolder,
  fonts: {},
};
console.log("begins");
await renewKeys(platform, await openSystemSession(platform));
await platform.database.close();
