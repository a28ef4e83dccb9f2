import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import { PNG } from "pngjs";
import { prepareZXingModule, type ReadInputBarcodeFormat, readBarcodes } from "zxing-wasm/reader";

let library: Promise<PDFiumLibrary> | undefined;

async function open(pdf: Uint8Array) {
  library ??= PDFiumLibrary.init();
  return (await library).loadDocument(pdf);
}

/**
 * Pages of a PDF as pictures, made by another reader than the program that wrote them.
 *
 * @param count how many, from the first one on; all if not given
 */
export async function renderPages(
  pdf: Uint8Array,
  dpi = 100,
  count = Number.POSITIVE_INFINITY,
): Promise<PNG[]> {
  const document = await open(pdf);
  try {
    const pages: PNG[] = [];
    for (const page of document.pages()) {
      if (pages.length === count) break;
      const { data, width, height } = await page.render({ scale: dpi / 72, render: "bitmap" });
      const png = new PNG({ width, height });
      png.data = Buffer.from(data);
      pages.push(png);
    }
    return pages;
  } finally {
    document.destroy();
  }
}

/** The text of each page as a reader searches and copies it. */
export async function textOfPages(pdf: Uint8Array): Promise<string[]> {
  const document = await open(pdf);
  try {
    return Array.from(document.pages(), (page) => page.getText());
  } finally {
    document.destroy();
  }
}

/** Whether the dot at x, y of a picture is dark. */
export function isDark({ data, width }: PNG, x: number, y: number): boolean {
  return (data[(y * width + x) * 4 + 1] ?? 255) < 128;
}

/** A place on a page in millimetres. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Number of dark dots in a place of a page rendered at `dpi`. */
export function inkIn(page: PNG, { x, y, width, height }: Place, dpi: number): number {
  const dot = (millimetres: number) => Math.round((millimetres * dpi) / 25.4);
  let ink = 0;
  for (let row = dot(y); row < Math.min(dot(y + height), page.height); row++)
    for (let column = dot(x); column < Math.min(dot(x + width), page.width); column++)
      if (isDark(page, column, row)) ink++;
  return ink;
}

/** The part of a page in that place. */
export function crop(page: PNG, { x, y, width, height }: Place, dpi: number): PNG {
  const dot = (millimetres: number) => Math.round((millimetres * dpi) / 25.4);
  const part = new PNG({ width: dot(width), height: dot(height) });
  PNG.bitblt(page, part, dot(x), dot(y), part.width, part.height, 0, 0);
  return part;
}

let reader: Promise<unknown> | undefined;

/** Contents of the QR, NW-7 and GS1-128 codes on a picture, byte for byte. */
export async function readCodes(
  page: PNG,
  format: "QRCode" | "Codabar" | "Code128",
): Promise<Buffer[]> {
  reader ??= prepareZXingModule({
    overrides: {
      wasmBinary: new Uint8Array(
        readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm")),
      ).buffer,
    },
    fireImmediately: true,
  });
  await reader;
  const formats: ReadInputBarcodeFormat[] = [format];
  const { data, width, height } = page;
  const picture = { data: new Uint8ClampedArray(data), width, height, colorSpace: "srgb" as const };
  const found = await readBarcodes(picture, { formats });
  return found.filter(({ isValid }) => isValid).map(({ bytes }) => Buffer.from(bytes));
}

/**
 * The bars of a customer barcode read from the picture of a page: 1 long, 2 upper half, 3 lower half, 4 timing, told
 * apart by where each dark column begins and ends.
 */
export function readCustomerBars(page: PNG, { x, y, width, height }: Place, dpi: number): string {
  const dot = (millimetres: number) => Math.round((millimetres * dpi) / 25.4);
  const [top, bottom] = [dot(y), dot(y + height)];
  const middle = Math.round((top + bottom) / 2);
  let bars = "";
  for (let column = dot(x); column < dot(x + width); column++) {
    if (!isDark(page, column, middle) || isDark(page, column - 1, middle)) continue;
    let next = column;
    while (isDark(page, next + 1, middle)) next++;
    const centre = Math.round((column + next) / 2);
    let up = middle;
    while (isDark(page, centre, up - 1)) up--;
    let down = middle;
    while (isDark(page, centre, down + 1)) down++;
    const [high, low] = [up - top < (middle - top) / 3, bottom - down < (bottom - middle) / 3];
    bars += high ? (low ? "1" : "2") : low ? "3" : "4";
    column = next;
  }
  return bars;
}
