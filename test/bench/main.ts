import { fork } from "node:child_process";
import { readdirSync } from "node:fs";
import { type Bench, type Contender, type Measure, measure } from "./bench.ts";
import { closeCities } from "./city.ts";
import { finish } from "./rows.ts";
import { settings } from "./settings.ts";

/**
 * `npm run bench -- --only forms,feed`: runs the benches beside this file. Contenders run each in a process of its own, so
 * that its peak of memory is its own, and are printed as ratios to the first; the others add lines of ours, the peer and
 * the reach (`rows.ts`), in cities of the sizes of `--population`.
 */
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".bench.ts"))
  .map((file) => file.slice(0, -".bench.ts".length))
  .filter((name) => settings.only === undefined || settings.only.split(",").includes(name));

/** A bench measures contenders, or counts by itself and gives its exit code. */
function open(name: string): Promise<{ bench: Bench } | { run: () => number | Promise<number> }> {
  return import(`./${name}.bench.ts`);
}

/** Measures a contender in a process of its own; nothing when it fails, which it has then told. */
function measureApart(bench: string, { name }: Contender): Promise<Measure | undefined> {
  return new Promise((resolve) => {
    let result: Measure | undefined;
    fork(import.meta.filename, ["--only", bench, "--contender", name])
      .on("message", (message) => {
        result = message as Measure;
      })
      .on("exit", () => resolve(result));
  });
}

function print({ title, unit, contenders }: Bench, results: readonly (Measure | undefined)[]) {
  const perUnit = (index: number, key: "seconds" | "cpuSeconds") =>
    (results[index]?.[key] ?? Number.NaN) / (contenders[index]?.units ?? 1);
  console.log(`\n${title}`);
  console.table(
    contenders.map(({ name, units }, index) => ({
      "": name,
      [unit]: units,
      [`${unit}/s`]: Math.round(1 / perUnit(index, "seconds")),
      [`${unit}/s of CPU`]: Math.round(1 / perUnit(index, "cpuSeconds")),
      "ours is × (CPU)": (perUnit(index, "cpuSeconds") / perUnit(0, "cpuSeconds")).toFixed(1),
      "ours is × (time)": (perUnit(index, "seconds") / perUnit(0, "seconds")).toFixed(1),
      s: results[index]?.seconds.toFixed(1),
      "peak MB": Math.round(results[index]?.peakMegabytes ?? Number.NaN),
      MB: results[index]?.bytes === undefined ? "" : (results[index].bytes / 1e6).toFixed(1),
    })),
  );
}

/** What others leave behind stands before what needs it: the cities are fed first, and people are changed last. */
const order = ["feed", "start", "due", "counter", "transitions", "mailing"];
names.sort((one, other) => order.indexOf(one) - order.indexOf(other));

for (const name of names) {
  const opened = await open(name);
  if ("run" in opened) {
    process.exitCode ||= await opened.run();
    continue;
  }
  const { bench } = opened;
  const contender = bench.contenders.find((one) => one.name === settings.contender);
  if (contender) {
    process.send?.(await measure(contender), () => process.exit());
    break;
  }
  const results: (Measure | undefined)[] = [];
  for (const one of bench.contenders) results.push(await measureApart(name, one));
  print(bench, results);
  if (results.includes(undefined)) process.exitCode = 1;
}
finish(settings.json);
await closeCities();
