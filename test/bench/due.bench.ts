import { runWork } from "#src/platform/work.ts";
import { couponMailing, couponVaccines } from "#src/programs/vaccination/index.ts";
import { addMonths } from "#workflows/dates/iso-date.ts";
import { type BenchCity, cityOf } from "./city.ts";
import { add, addGrowth } from "./rows.ts";
import { settings } from "./settings.ts";

/** Who is due for a coupon next month, by birth date, residence, history and what was sent; beside one scan of the tables. */
export async function run(): Promise<number> {
  const costs = new Map<number, number>();
  for (const population of settings.populations) {
    const city = await cityOf(population);
    await due(city);
    const found = await city.measure(() => due(city));
    await scan(city);
    const scanned = await city.measure(() => scan(city));
    const title = `due: of ${population.toLocaleString("en")} people`;
    console.log(`  ${title}: ${found.result.toLocaleString("en")} are`);
    for (const pick of ["seconds", "cpu"] as const)
      add({
        name: `${title}${pick === "cpu" ? ", CPU" : ""}`,
        value: found[pick],
        unit: "s",
        reference: scanned[pick],
        peer: "one sequential scan of both tables",
        reach: 3,
      });
    add({
      name: `${title}, per 1,500,000`,
      value: (found.seconds / population) * 1_500_000,
      unit: "s",
      reference: 3,
      peer: "limit",
      reach: 1,
    });
    costs.set(population, found.cpu);
  }
  addGrowth("due", costs);
  return 0;
}

async function due({ platform, actor }: BenchCity): Promise<number> {
  const today = platform.clock.today();
  const month = addMonths(today, 1).slice(0, 7);
  const options = { purpose: "mailing", program: "vaccination" } as const;
  const people = await runWork(platform, await actor("ikkatsu1"), options, (work) =>
    couponMailing.select(work, {
      id: "",
      parameters: { month, vaccines: couponVaccines, scope: "new" },
      paper: null,
      sample: false,
      datedOn: today,
    }),
  );
  return people.length;
}

/** Every row of both tables read once, by one process. */
const scan = ({ admin }: BenchCity) =>
  admin.begin(async (sql) => {
    await sql`set local max_parallel_workers_per_gather = 0`;
    await sql`set local enable_indexscan = off`;
    await sql`set local enable_indexonlyscan = off`;
    await sql`set local enable_bitmapscan = off`;
    await sql`select count(birth_date) from vault.person`;
    await sql`select count(given_on) from vaccination.shot`;
  });
