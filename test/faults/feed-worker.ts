import { join } from "node:path";
import { openDatabase } from "#src/platform/database.ts";
import { feedJobs } from "#src/platform/feeds/index.ts";
import { startJobs } from "#src/platform/jobs/index.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import { standingClock } from "#test/support/clock.ts";

// The part of the program that works in the background, as a process of its own that a test may kill.
const [address = "", dataFolder = ""] = process.argv.slice(2);
const platform = {
  database: openDatabase(address, 4),
  keys: await openKeyRing(join(dataFolder, "keys")),
  clock: standingClock("2026-11-20"),
  dataFolder,
  fonts: {},
};
await startJobs(platform, address, feedJobs);
console.log("ready");
