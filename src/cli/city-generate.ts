import { generateCity } from "#db/city/city.ts";
import { systemClock } from "#src/platform/clock.ts";
import { parseIsoDate } from "#workflows/dates/iso-date.ts";
import { type Command, text } from "./command.ts";

/** Makes a city of invented people as feed files. */
export const cityGenerate: Command = {
  summary: "Makes a city of invented people as feed files (docs/feeds.md).",
  options: {
    population: { type: "string", help: "people, 15000 unless told otherwise, 1500000 at most" },
    out: { type: "string", help: "folder for the files (out/city)" },
    "as-of": { type: "string", help: "date of the full file, YYYY-MM-DD (today)" },
    seed: { type: "string", help: "another number makes another city (1)" },
  },
  async run(input) {
    const asOf = text(input, "as-of");
    const files = await generateCity({
      population: Number(text(input, "population") ?? 15_000),
      folder: text(input, "out") ?? "out/city",
      asOf: asOf ? parseIsoDate(asOf) : systemClock.today(),
      seed: Number(text(input, "seed") ?? 1),
    });
    for (const { path, rows } of Object.values(files)) console.log(`${path}  ${rows} 行`);
    return 0;
  },
};
