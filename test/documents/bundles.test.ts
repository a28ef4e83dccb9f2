import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import {
  type BundleMarkName,
  builtInFonts,
  bundleCover,
  bundleMarks,
  writeMixed,
} from "#forms/index.ts";
import { vaccinationCoupon } from "#forms/vaccination/coupon.ts";
import { readCodes, renderPages, textOfPages } from "./render.ts";

const images = new URL("./bundles/", import.meta.url);
const DPI = 75;
const as = { form: vaccinationCoupon, fonts: builtInFonts };
const coupons = Object.values(vaccinationCoupon.samples);
const [cover] = Object.values(bundleCover.samples);
if (!cover) throw new Error("no sample");
const envelope = (place: number, pieces: number, mark: BundleMarkName = "words") => ({
  name: `M000012-0003-${String(place).padStart(4, "0")}`,
  pieces,
  mark,
  cover,
});
const write = (pieces: typeof coupons, envelopes: ReturnType<typeof envelope>[]) =>
  writeMixed(
    pieces.map((data) => ({ as, data })),
    { envelopes },
  );

/** Dots that differ from the kept picture; `UPDATE_IMAGES=1` keeps it anew, to be looked at. */
function differingDots(name: string, page: PNG): number {
  const file = new URL(`${name}.png`, images);
  const bytes = PNG.sync.write(page, { colorType: 0 });
  if (process.env.UPDATE_IMAGES) {
    mkdirSync(images, { recursive: true });
    writeFileSync(file, bytes);
  }
  if (!existsSync(file)) throw new Error(`${name} has no kept picture`);
  const [grey, kept] = [PNG.sync.read(bytes), PNG.sync.read(readFileSync(file))];
  return pixelmatch(grey.data, kept.data, undefined, page.width, page.height, { threshold: 0.15 });
}

describe("一つの封筒に入る用紙", () => {
  test.each(Object.keys(bundleMarks) as BundleMarkName[])(
    "「%s」の印が付いた用紙は、保存した画像と同じである",
    async (mark) => {
      const { pdf, before, pages } = await write(coupons.slice(0, 2), [envelope(45, 2, mark)]);
      expect([before, pages]).toEqual([
        [1, 0],
        [1, 1],
      ]);
      for (const [index, page] of (await renderPages(pdf, DPI)).entries())
        expect(differingDots(`${mark}-${index + 1}`, page), `${mark} ${index + 1}`).toBe(0);
    },
  );

  test("QR の印は、券のコードと並んで読める", async () => {
    const { pdf } = await write(coupons.slice(0, 2), [envelope(45, 2, "qr")]);
    const [, page] = await renderPages(pdf, 300);
    if (!page) throw new Error("no page");
    const codes = (await readCodes(page, "QRCode")).map((code) => code.toString("latin1"));
    expect(codes).toContain("M000012-0003-0045 2 3");
    expect(codes).toHaveLength(2);
  });

  test("印字できない一通は抜け、残りの枚数に合わせて印字される。一通だけになれば宛名用紙は付かない", async () => {
    const [one, two, three] = coupons;
    if (!one || !two || !three) throw new Error("no samples");
    const stopped = { ...two, person: { ...two.person, name: "見本　葛\u{e0102}子" } };
    const { pdf, pages, before, held } = await write(
      [one, stopped, three, stopped, one],
      [envelope(1, 3), envelope(2, 2)],
    );
    expect(pages).toEqual([1, 0, 1, 0, 1]);
    expect(before).toEqual([1, 0, 0, 0, 0]);
    expect(held.map(({ index }) => index)).toEqual([1, 3]);
    const texts = await textOfPages(pdf);
    expect(texts).toHaveLength(4);
    expect(texts[0]).toContain("予防接種券　2通");
    expect(texts[2]).toContain("封筒 M000012-0003-0001　3／3");
    expect(texts[3]).toContain("封筒 M000012-0003-0002　1／1");
  });

  test("宛名用紙に宛名が印字できなければ、その封筒は一枚も印刷されない", async () => {
    const to = { ...cover.to, name: "見本　葛\u{e0102}子" };
    const { held, pages } = await write(coupons.slice(0, 2), [
      { ...envelope(1, 2), cover: { ...cover, to } },
    ]);
    expect(pages).toEqual([0, 0]);
    expect(held.map(({ index }) => index)).toEqual([0, 1]);
  });

  test("封筒の数え方が合わなければ、書き出されない", async () => {
    await expect(write(coupons.slice(0, 2), [envelope(1, 3)])).rejects.toThrow(RangeError);
    await expect(write(coupons.slice(0, 2), [envelope(1, 2), envelope(2, 1)])).rejects.toThrow(
      RangeError,
    );
  });
});
