import { setTimeout as delay } from "node:timers/promises";
import { cityOf } from "./city.ts";
import { memoryOfTree } from "./meter.ts";
import { add } from "./rows.ts";
import { serve } from "./served.ts";
import { settings } from "./settings.ts";

/** Seconds until the program serves on data that are there, and megabytes that it holds when nobody asks for anything. */
const [limit, atRest] = [3, 150];

export async function run(): Promise<number> {
  for (const population of settings.populations) {
    const program = await serve(await cityOf(population));
    try {
      const title = `start: on the data of ${population.toLocaleString("en")} people`;
      const limited = { peer: "limit", reach: 1 };
      add({
        ...limited,
        name: title,
        value: program.seconds,
        unit: "s",
        reference: limit,
      });
      await delay(20_000);
      add({
        ...limited,
        name: `${title}, memory at rest`,
        value: memoryOfTree(program.process.pid ?? 0),
        unit: "MB",
        reference: atRest,
      });
    } finally {
      await program.stop();
    }
  }
  return 0;
}
