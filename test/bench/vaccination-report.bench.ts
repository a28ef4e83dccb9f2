import { runWork } from "#src/platform/work.ts";
import { readCountsToMap } from "#src/programs/vaccination/reports/cube.ts";
import { fiscalYear, fiscalYearEnd, fiscalYearStart } from "#workflows/dates/ages.ts";
import { type BenchCity, cityOf } from "./city.ts";
import { add } from "./rows.ts";
import { settings } from "./settings.ts";

/** What the yearly report of 予防接種 is made of, counted from the records themselves; beside one scan of the tables that it reads. */
export async function run(): Promise<number> {
  for (const population of settings.populations) {
    const city = await cityOf(population);
    await report(city);
    const found = await city.measure(() => report(city));
    await scan(city);
    const scanned = await city.measure(() => scan(city));
    const title = `yearly report of vaccinations: ${population.toLocaleString("en")} people`;
    console.log(`  ${title}: ${found.result.toLocaleString("en")} given`);
    for (const pick of ["seconds", "cpu"] as const)
      add({
        name: `${title}${pick === "cpu" ? ", CPU" : ""}`,
        value: found[pick],
        unit: "s",
        reference: scanned[pick],
        peer: "one sequential scan of the tables",
        reach: 3,
      });
  }
  return 0;
}

async function report({ platform, actor }: BenchCity): Promise<number> {
  const year = fiscalYear(platform.clock.today());
  const period = {
    basis: "now",
    from: fiscalYearStart(year),
    to: fiscalYearEnd(year),
    byEntry: false,
  } as const;
  const options = { purpose: "inquiry", program: "vaccination" } as const;
  return runWork(platform, await actor("mado1"), options, async (work) => {
    const counts = await readCountsToMap(work, period);
    return counts.reduce((sum, { n }) => sum + n, 0);
  });
}

/** Every row of the tables read once, by one process. */
const scan = ({ admin }: BenchCity) =>
  admin.begin(async (sql) => {
    await sql`set local max_parallel_workers_per_gather = 0`;
    await sql`set local enable_indexscan = off`;
    await sql`set local enable_indexonlyscan = off`;
    await sql`set local enable_bitmapscan = off`;
    await sql`select count(birth_date) from vault.person`;
    await sql`select count(given_on) from vaccination.shot`;
    await sql`select count(given_on) from vaccination.slip`;
  });
