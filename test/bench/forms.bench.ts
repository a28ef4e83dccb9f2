import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CouponData, vaccinationCoupon, writeBulk, writeFiles } from "#forms/index.ts";
import { record } from "./forms-recording.ts";
import { withPdfKit, withPdfLib, withTypst } from "./forms-rivals.ts";

const samples = Object.values(vaccinationCoupon.samples);

/** Coupons with numbers of their own, so that no barcode repeats. */
function coupons(from: number, count: number): CouponData[] {
  return Array.from({ length: count }, (_, index) => {
    const sample = samples[index % samples.length] as CouponData;
    return {
      ...sample,
      number: { ...sample.number, serial: String(from + index).padStart(10, "0") },
    };
  });
}

interface Measure {
  readonly writer: string;
  readonly pages: number;
  readonly pagesPerSecond: number;
  readonly cpuPagesPerSecond: number;
  readonly megabytes: number;
  readonly residentMegabytes: number;
}

async function measure(
  writer: string,
  pages: number,
  work: () => Promise<number>,
): Promise<Measure> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const bytes = await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    writer,
    pages,
    pagesPerSecond: pages / seconds,
    cpuPagesPerSecond: (pages * 1e6) / (user + system),
    megabytes: bytes / 1e6,
    residentMegabytes: process.memoryUsage().rss / 1e6,
  };
}

/**
 * The same coupon by our writer and by others, in one run. The others are given finished steps (every text placed, broken
 * and measured, every code encoded): they only draw. Ours does all of it within the time.
 */
export async function benchForms({ pages = 300, mass = 100_000 } = {}): Promise<void> {
  await writeBulk(vaccinationCoupon, coupons(0, 100));
  const results: Measure[] = [
    await measure("madoguchi, one core", 3000, async () => {
      let bytes = 0;
      for (let file = 0; file < 3; file++)
        bytes += (await writeBulk(vaccinationCoupon, coupons(file * 1000, 1000))).pdf.length;
      return bytes;
    }),
  ];
  results.push(await toFiles(mass));
  const steps = coupons(0, pages).map((piece) => record(vaccinationCoupon, piece));
  for (const [name, rival] of [
    ["pdf-lib", withPdfLib],
    ["PDFKit", withPdfKit],
    ["Typst", withTypst],
  ] as const) {
    try {
      await rival(steps.slice(0, 3));
      results.push(await measure(name, pages, async () => (await rival(steps)).length));
    } catch (error) {
      console.log(`${name}: not measured (${String(error).split("\n")[0]})`);
    }
  }
  print(results);
}

/** From prepared data to files on disk, on all cores. */
async function toFiles(mass: number): Promise<Measure> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-forms-"));
  function* batches() {
    for (let from = 0; from < mass; from += 1000) yield coupons(from, 1000);
  }
  try {
    return await measure("madoguchi, all cores, to disk", mass, async () => {
      let [bytes, file] = [0, 0];
      for await (const { pdf } of writeFiles(vaccinationCoupon, batches())) {
        writeFileSync(join(folder, `${++file}.pdf`), pdf);
        bytes += pdf.length;
      }
      return bytes;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function print(results: readonly Measure[]): void {
  const ours = results[0]?.cpuPagesPerSecond ?? 0;
  console.table(
    results.map(({ writer, pages, ...rest }) => ({
      writer,
      pages,
      "pages/s": Math.round(rest.pagesPerSecond),
      "pages per s of CPU": Math.round(rest.cpuPagesPerSecond),
      "ours is × (CPU)": (ours / rest.cpuPagesPerSecond).toFixed(1),
      MB: rest.megabytes.toFixed(1),
      "resident MB": Math.round(rest.residentMegabytes),
    })),
  );
}

if (import.meta.main) await benchForms();
