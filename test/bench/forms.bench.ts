import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CouponData, writeBulk, writeFiles } from "#forms/index.ts";
import { vaccinationCoupon } from "#forms/vaccination/coupon.ts";
import type { Bench, Contender } from "./bench.ts";
import { type DrawStep, record } from "./forms-recording.ts";
import { withPdfKit, withPdfLib, withTypst } from "./forms-rivals.ts";

const samples = Object.values(vaccinationCoupon.samples);
/** Pages of one file; the others get slower with longer files, ours does not. */
const PAGES = 500;
const MASS = 100_000;

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

/**
 * Another library drawing the same coupons. It is given finished steps (every text placed, broken and measured, every code
 * encoded) and only draws; ours does all of it within the time.
 */
function rival(
  name: string,
  draw: (pages: readonly (readonly DrawStep[])[]) => Promise<Uint8Array>,
): Contender {
  return {
    name,
    units: PAGES,
    async prepare() {
      const steps = coupons(0, PAGES).map((piece) => record(vaccinationCoupon, piece));
      await draw(steps.slice(0, 20));
      return async () => (await draw(steps)).length;
    },
  };
}

/** From prepared data to files on disk, on all cores. */
async function toFiles(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-forms-"));
  function* batches() {
    for (let from = 0; from < MASS; from += 1000) yield coupons(from, 1000);
  }
  try {
    let [bytes, file] = [0, 0];
    for await (const { pdf } of writeFiles(vaccinationCoupon, batches())) {
      writeFileSync(join(folder, `${++file}.pdf`), pdf);
      bytes += pdf.length;
    }
    return bytes;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const bench: Bench = {
  title: "The same coupon by our writer and by others",
  unit: "pages",
  contenders: [
    {
      name: "madoguchi, one core",
      units: PAGES,
      async prepare() {
        await writeBulk(vaccinationCoupon, coupons(0, 20));
        const pieces = coupons(0, PAGES);
        return async () => (await writeBulk(vaccinationCoupon, pieces)).pdf.length;
      },
    },
    rival("pdf-lib", withPdfLib),
    rival("PDFKit", withPdfKit),
    rival("Typst", withTypst),
    { name: "madoguchi, all cores, to disk", units: MASS, prepare: async () => toFiles },
  ],
};
