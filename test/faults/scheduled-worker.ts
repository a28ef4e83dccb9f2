import { join } from "node:path";
import { playedClock } from "#src/demonstration/played-clock.ts";
import { openDatabase } from "#src/platform/database.ts";
import { startJobs } from "#src/platform/jobs/index.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import { endless } from "./scheduled-job.ts";

// A process that takes up what is scheduled and never comes to its end: a test kills it.
const [address = "", dataFolder = ""] = process.argv.slice(2);
const platform = {
  database: openDatabase(address, 4),
  keys: await openKeyRing(join(dataFolder, "keys")),
  clock: playedClock("2026-11-20"),
  dataFolder,
  fonts: {},
};
const run = async () => {
  console.log("running");
  await new Promise(() => {});
};
await startJobs(platform, address, [], [{ ...endless, run }]);
