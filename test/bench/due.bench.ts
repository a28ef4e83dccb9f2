import { runWork } from "#src/platform/work.ts";
import { couponMailing, couponVaccines } from "#src/programs/vaccination/index.ts";
import { countTargets, findTargets } from "#src/programs/vaccination/targets/gather.ts";
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
    for (const vaccine of cohorts) {
      await extraction(city, vaccine);
      const asked = await city.measure(() => extraction(city, vaccine));
      console.log(`  extraction of ${vaccine}: ${asked.result.toLocaleString("en")} are told of`);
      const name = `extraction of ${vaccine}, of ${population.toLocaleString("en")} people`;
      for (const pick of ["seconds", "cpu"] as const)
        add({
          name: `${name}${pick === "cpu" ? ", CPU" : ""}`,
          value: asked[pick],
          unit: "s",
          reference: scanned[pick],
          peer: "one sequential scan of both tables",
          reach: 3,
        });
    }
  }
  addGrowth("due", costs);
  return 0;
}

/** Cohorts of every sort: the old by age and by fiscal year, infants with many doses, children of years, a year of birth. */
const cohorts = ["flu", "zoster", "pcv", "je1", "mr2"] as const;

/** Who is found for a vaccine today, with the reason of everybody who is not; nothing is kept. */
async function extraction({ platform, actor }: BenchCity, vaccine: string): Promise<number> {
  const on = platform.clock.today();
  const options = { purpose: "mailing", program: "vaccination" } as const;
  const criteria = { vaccines: [vaccine], ahead: 0 };
  const found = await runWork(platform, await actor("ikkatsu1"), options, (work) =>
    findTargets(work, { criteria, output: "coupon", on }),
  );
  return countTargets(found).reduce((sum, { people }) => sum + people, 0);
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
