import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { type BenchCity, cityOf } from "./city.ts";
import { add, addGrowth } from "./rows.ts";
import { settings } from "./settings.ts";
import { feedShortest } from "./shortest-feed.ts";

/**
 * The files of a city: received, reviewed and committed, beside a bare COPY of the same file into a table of texts and the
 * shortest program that seals, hashes and inserts the same rows under the same indexes.
 */
export async function run(): Promise<number> {
  const costs = { residents: new Map<number, number>(), vaccinations: new Map<number, number>() };
  const memory: number[] = [];
  for (const population of settings.populations) {
    const city = await cityOf(population);
    for (const { kind, path, rows, ...steps } of city.fed) {
      const sum = (pick: "seconds" | "cpu") =>
        steps.received[pick] + steps.reviewed[pick] + steps.committed[pick];
      const copied = await city.measure(() => copy(city, path));
      const title = `${kind}, ${rows.toLocaleString("en")} rows`;
      const parts = Object.entries(steps).map(
        ([step, { seconds, cpu }]) => `${step} ${seconds.toFixed(1)} s (CPU ${cpu.toFixed(1)} s)`,
      );
      console.log(`  ${title}: ${parts.join(", ")}`);
      const reach = kind === "residents" ? 12 : 8;
      for (const pick of ["seconds", "cpu"] as const)
        add({
          name: `feed: ${title}${pick === "cpu" ? ", CPU" : ""}`,
          value: sum(pick),
          unit: "s",
          reference: copied[pick],
          peer: "bare COPY",
          reach,
        });
      costs[kind].set(rows, sum("cpu"));
      if (kind !== "residents") continue;
      memory.push(Math.max(...Object.values(steps).map(({ megabytes }) => megabytes)));
      const shortest = await city.measure(() => feedShortest(city, path));
      for (const pick of ["seconds", "cpu"] as const)
        add({
          name: `feed: ${title}${pick === "cpu" ? ", CPU" : ""}`,
          value: sum(pick),
          unit: "s",
          reference: shortest[pick],
          peer: "shortest program",
          reach: 1.5,
        });
    }
  }
  for (const kind of ["residents", "vaccinations"] as const)
    addGrowth(`feed: ${kind}`, costs[kind]);
  const [smallest, largest] = [memory.at(0), memory.at(-1)];
  if (smallest && largest && memory.length > 1)
    add({
      name: "feed: memory of the largest file",
      value: largest,
      unit: "MB",
      reference: smallest,
      peer: "of the smallest",
      reach: 1.5,
    });
  return 0;
}

/** The same bytes into a table of texts, nothing asked. */
async function copy({ admin }: BenchCity, path: string): Promise<void> {
  const headings = await firstLine(path);
  const columns = headings.split(",").map((_, at) => `c${at} text`);
  await admin.unsafe(`create table copied (${columns.join(", ")})`);
  await pipeline(
    createReadStream(path),
    await admin`copy copied from stdin (format csv, header)`.writable(),
  );
  await admin`drop table copied`;
}

async function firstLine(path: string): Promise<string> {
  for await (const part of createReadStream(path, { encoding: "utf8" }))
    return String(part).split("\n")[0] ?? "";
  return "";
}
