import { join } from "node:path";
import { playedClock } from "#src/demonstration/played-clock.ts";
import { openDatabase } from "#src/platform/database.ts";
import { startJobs } from "#src/platform/jobs/index.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import { background } from "#src/programs/jobs.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

// A process that takes up a scheduled job, on a day of its own: a test kills it between two cases.
const [address = "", dataFolder = "", today = "", name = ""] = process.argv.slice(2);
const platform = {
  database: openDatabase(address, 4),
  keys: await openKeyRing(join(dataFolder, "keys")),
  clock: playedClock(today as IsoDate),
  dataFolder,
  fonts: {},
};
const scheduled = background.scheduled.filter((job) => job.name === name);
await startJobs(platform, address, [], scheduled);
