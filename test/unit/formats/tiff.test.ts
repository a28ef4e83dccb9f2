import { expect, test } from "vitest";
import { tiffAsPdf } from "#src/formats/tiff/as-pdf.ts";
import { mostPages } from "#src/formats/tiff/pages.ts";
import { isDark, renderPages } from "#test/documents/render.ts";
import { scannedTiff } from "#test/support/tiff.ts";

/** Rows of the pages, drawn at the dots of the scan, that are dark in the middle. */
async function darkRows(pdf: Uint8Array): Promise<[number, number][]> {
  const pages = await renderPages(pdf, 200);
  return pages.map((page) => {
    const rows = Array.from({ length: page.height }, (_, y) => y).filter((y) =>
      isDark(page, 100, y),
    );
    return [rows[0] ?? 0, (rows.at(-1) ?? -1) + 1];
  });
}

test.for(["ccittfax4", "lzw", "jpeg", "deflate", "packbits", "none"] as const)(
  "%sのTIFFは、すべてのページが、紙の大きさのまま表示できる",
  async (compression) => {
    const pdf = await tiffAsPdf(await scannedTiff(compression, { pages: 2 }));
    expect(await darkRows(pdf)).toEqual([
      [10, 20],
      [10, 30],
    ]);
    const [page] = await renderPages(pdf, 72);
    expect([page?.width, page?.height]).toEqual([72, 108]);
  },
);

test("カラーのTIFFも表示できる", async () => {
  const pdf = await tiffAsPdf(await scannedTiff("lzw", { colour: true }));
  expect(await darkRows(pdf)).toEqual([[10, 20]]);
});

test("途中で切れたファイル、中身のないファイルは読めないと言う", async () => {
  for (const compression of ["ccittfax4", "lzw", "jpeg", "none"] as const) {
    const whole = await scannedTiff(compression, { pages: 2 });
    for (const part of [8, whole.length >> 2, whole.length >> 1])
      await expect(
        tiffAsPdf(whole.subarray(0, part)),
        `${compression} ${part}`,
      ).rejects.toMatchObject({
        because: "unreadable",
      });
  }
  await expect(tiffAsPdf(Buffer.from("II*\0"))).rejects.toMatchObject({ because: "unreadable" });
});

test("ページの輪になったファイルは終わる", async () => {
  const file = Buffer.from(await scannedTiff("none"));
  const head = file.readUInt32LE(4);
  file.writeUInt32LE(head, head + 2 + file.readUInt16LE(head) * 12);
  await expect(
    tiffAsPdf(file).then(
      () => "shown",
      ({ because }) => because,
    ),
  ).resolves.toMatch(/shown|unreadable|too-many-pages/);
});

test("ページが多すぎるもの、開くと大きすぎるものは、開く前に断る", async () => {
  const many = await scannedTiff("ccittfax4", { pages: mostPages + 1, width: 20, height: 700 });
  await expect(tiffAsPdf(many)).rejects.toMatchObject({ because: "too-many-pages" });
  const large = await scannedTiff("ccittfax4", { width: 10_000, height: 8_001 });
  expect(large.length).toBeLessThan(100_000);
  await expect(tiffAsPdf(large)).rejects.toMatchObject({ because: "too-large" });
});
