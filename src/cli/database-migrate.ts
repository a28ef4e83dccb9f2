import { openPlatform } from "#src/platform/open.ts";
import { background } from "#src/programs/jobs.ts";
import type { Command } from "./command.ts";

/** Opening the platform migrates; this does nothing else, for an upgrade before the program is started. */
export const databaseMigrate: Command = {
  summary: "Brings the database to this version and checks that the program is fit to serve.",
  async run() {
    const opened = await openPlatform({ background });
    await opened.close();
    console.log("データベースはこの版になっています。");
    return 0;
  },
};
