import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { openSystemSession, signOut } from "#src/platform/access/index.ts";
import {
  allFeeds,
  feedsForFile,
  feedWork,
  getImport,
  receiveFile,
  reviewImport,
  summarize,
  verdictTitlesOf,
} from "#src/platform/feeds/index.ts";
import { openPlatform } from "#src/platform/open.ts";
import { runWork } from "#src/platform/work.ts";
import { background } from "#src/programs/jobs.ts";
import { type Command, text } from "./command.ts";

/** Takes in and reviews files too large for a browser; somebody commits them on the screen. */
export const feedReceive: Command = {
  summary:
    "Takes in files of other systems and reviews them (docs/feeds.md); committed on the screen.",
  positionals: "FILE...",
  options: { layout: { type: "string", help: "id of the column map, where several fit the name" } },
  async run(input) {
    const opened = await openPlatform({ background });
    const { platform } = opened;
    const system = await openSystemSession(platform);
    try {
      for (const path of input.words) {
        const name = basename(path);
        const chosen = text(input, "layout");
        const fitting = feedsForFile(await allFeeds(platform), name);
        const [feed, another] = fitting.filter(({ layout }) => !chosen || layout.id === chosen);
        if (!feed || another)
          throw new Error(`${name}: ファイル名に合う対応表が1つに決まりません。`);
        const importId = await receiveFile(platform, system, feed, {
          name,
          source: createReadStream(path),
        });
        await reviewImport(platform, system, feed, importId);
        const { rows, byVerdict, bad, notNeeded, gone } = await runWork(
          platform,
          system,
          feedWork,
          async (work) => summarize(work, await getImport(work, importId)),
        );
        const titles = verdictTitlesOf(feed.kind);
        const counts = Object.entries(byVerdict).map(
          ([verdict, count]) => `${titles[verdict]} ${count}`,
        );
        console.log(
          `${name}  ${rows} 行: ${counts.join("、")}、対象外 ${notNeeded}、取り込めない行 ${bad}、ファイルにない人 ${gone}`,
        );
      }
      return 0;
    } finally {
      await signOut(platform, system.sessionToken, "command finished");
      await opened.close();
    }
  },
};
