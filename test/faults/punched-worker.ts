import { join } from "node:path";
import { playedClock } from "#src/demonstration/played-clock.ts";
import { openDatabase } from "#src/platform/database.ts";
import { startJobs } from "#src/platform/jobs/index.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import { punchedJobs } from "#src/programs/vaccination/punched-files/lots.ts";

// The part of the program that works in the background, as a process of its own that a test may kill.
const [address = "", dataFolder = ""] = process.argv.slice(2);
const platform = {
  database: openDatabase(address, 4),
  keys: await openKeyRing(join(dataFolder, "keys")),
  clock: playedClock("2026-11-20"),
  dataFolder,
  fonts: {},
};
await startJobs(platform, address, punchedJobs);
console.log("ready");
