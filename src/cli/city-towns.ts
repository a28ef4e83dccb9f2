import postgres from "postgres";
import { loadTowns, readTownsFile } from "#src/platform/city/index.ts";
import { openPlatform } from "#src/platform/open.ts";
import { background } from "#src/programs/jobs.ts";
import { readGiven } from "./city-register.ts";
import type { Command } from "./command.ts";

/** The towns of the city with their postal codes, for addresses and the search by town. */
export const cityTowns: Command = {
  summary: "Loads the towns of the city in the place of those before (docs/city.md).",
  options: { file: { type: "string", help: "tab-separated file with the towns" } },
  async run(input) {
    const towns = await readGiven(input, readTownsFile);
    if (!towns) return 1;
    const { administratorUrl, close } = await openPlatform({ background });
    const admin = postgres(administratorUrl, { max: 1, onnotice: () => {} });
    try {
      await loadTowns(admin, towns);
      console.log(`町を${towns.length.toLocaleString()}件登録しました。`);
      return 0;
    } finally {
      await admin.end();
      await close();
    }
  },
};
