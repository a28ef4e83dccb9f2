import { join } from "node:path";
import { playedClock } from "#src/demonstration/played-clock.ts";
import { openSystemSession } from "#src/platform/access/index.ts";
import { keepSealing, recordAudit, sealRecords } from "#src/platform/audit/index.ts";
import { openDatabase } from "#src/platform/database.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import { runWork } from "#src/platform/work.ts";

// A process that writes records and seals them as fast as it can: a test kills it at any point.
const [address = "", dataFolder = ""] = process.argv.slice(2);
const platform = {
  database: openDatabase(address, 4),
  keys: await openKeyRing(join(dataFolder, "keys")),
  clock: playedClock("2026-11-20"),
  dataFolder,
  fonts: {},
};
const system = await openSystemSession(platform);
keepSealing(platform);
for (;;) {
  await Promise.all(
    Array.from({ length: 3 }, () =>
      runWork(platform, system, { purpose: "scheduled" }, (work) =>
        recordAudit(work, { kind: "event", action: "work.tried" }),
      ),
    ),
  );
  await sealRecords(platform);
}
