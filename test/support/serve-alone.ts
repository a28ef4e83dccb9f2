import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { playedClock } from "#src/demonstration/played-clock.ts";
import { openDatabase } from "#src/platform/database.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import { createApp } from "#src/web/app.ts";

// A process of its own that serves the application of a test on a free port, and tells it to whoever started it.

const [applicationUrl = "", dataFolder = "", today = ""] = process.argv.slice(2);
const platform = {
  database: openDatabase(applicationUrl, 4),
  keys: await openKeyRing(join(dataFolder, "keys")),
  clock: playedClock(today as never),
  dataFolder,
  fonts: {},
};
const server = createApp(platform, []).listen(0, "127.0.0.1", () => {
  process.send?.((server.address() as AddressInfo).port);
});
