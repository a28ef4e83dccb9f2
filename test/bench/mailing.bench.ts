import {
  applyRunEvent,
  createRun,
  extractRun,
  listContractors,
  makeRun,
  readRun,
} from "#src/platform/mailings/index.ts";
import { runWork, type Work } from "#src/platform/work.ts";
import { couponMailing, couponVaccines } from "#src/programs/vaccination/index.ts";
import { addDays, addMonths } from "#workflows/dates/iso-date.ts";
import { type BenchCity, cityOf } from "./city.ts";
import { add } from "./rows.ts";
import { settings } from "./settings.ts";

/** Seconds and bytes that a hundred thousand pieces may take, from the selection to the encrypted package. */
const [pieces, limit, memory] = [100_000, 90, 1074];

/** All coupons that nobody has sent yet: as many as the children of the city may get. */
export async function run(): Promise<number> {
  for (const population of settings.populations) {
    const city = await cityOf(population);
    const begun = performance.now();
    const { id } = await order(city);
    const extracted = await city.measure(async () =>
      extractRun(city.platform, await city.actor("ikkatsu1"), options, id),
    );
    await move(city, "ikkatsu1", id, "submit");
    await move(city, "kessai1", id, "approve");
    const made = await city.measure(async () =>
      makeRun({ ...city, actor: await city.actor("ikkatsu1"), options, runId: id }),
    );
    const seconds = (performance.now() - begun) / 1000;
    const { run } = await as(city, "ikkatsu1", (work) => readRun(work, id));
    const count = run.madeCount;
    const title = `mailing: ${count.toLocaleString("en")} coupons to the package`;
    console.log(
      `  ${title}: extracted ${extracted.seconds.toFixed(1)} s (CPU ${extracted.cpu.toFixed(1)}), made ${made.seconds.toFixed(1)} s (CPU ${made.cpu.toFixed(1)})`,
    );
    add({
      name: `${title}, per 100,000`,
      value: (seconds / count) * pieces,
      unit: "s",
      reference: limit,
      peer: "limit",
      reach: 1,
    });
    add({
      name: `${title}, memory`,
      value: Math.max(extracted.megabytes, made.megabytes),
      unit: "MB",
      reference: memory,
      peer: "limit",
      reach: 1,
    });
  }
  return 0;
}

const options = { purpose: "mailing", program: "vaccination" } as const;

const as = async <T>(
  { platform, actor }: BenchCity,
  loginName: string,
  work: (work: Work) => Promise<T>,
): Promise<T> => runWork(platform, await actor(loginName), options, work);

function order(city: BenchCity): Promise<{ id: string }> {
  const today = city.platform.clock.today();
  return as(city, "ikkatsu1", async (work) => {
    const [contractor] = await listContractors(work);
    return createRun(work, {
      kind: couponMailing.id,
      title: "予防接種券",
      parameters: {
        month: addMonths(today, 1).slice(0, 7),
        vaccines: couponVaccines,
        scope: "all",
      },
      contractorId: contractor?.id ?? 0,
      printBy: addDays(today, 5),
      sendOn: addDays(today, 10),
      repeatReason: "比較のため",
    });
  });
}

const move = (city: BenchCity, loginName: string, runId: string, type: "submit" | "approve") =>
  as(city, loginName, async (work) => {
    const { run } = await readRun(work, runId);
    await applyRunEvent(work, { runId, type, expectedRevision: run.revision });
  });
