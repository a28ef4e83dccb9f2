import { PDFiumLibrary } from "@hyzyla/pdfium";
import { PDFDocument } from "pdf-lib";
import type { Picture } from "./picture.ts";

/** A scan as a browser shows it: a PDF, or one picture. */
export interface ShownScan {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What cannot be drawn as pictures. */
export class UnreadableScan extends Error {}

/** Dots an inch of pages of a PDF: small print stays legible. */
const fine = 200;
/** Dots on a page at most, so that no drawn sheet fills the memory. */
const mostDots = 40_000_000;

let library: Promise<PDFiumLibrary> | undefined;

async function opened(bytes: Uint8Array) {
  library ??= PDFiumLibrary.init();
  try {
    return await (await library).loadDocument(bytes);
  } catch {
    throw new UnreadableScan();
  }
}

/** How many pages a scan has. @throws UnreadableScan */
export async function countPages({ mediaType, bytes }: ShownScan): Promise<number> {
  if (mediaType !== "application/pdf") return 1;
  const document = await opened(bytes);
  try {
    return document.getPageCount();
  } finally {
    document.destroy();
  }
}

/** The pages of a scan as pictures, one after the other; only one of them when `only` (from 1) is given. @throws UnreadableScan */
export async function* drawPages(scan: ShownScan, only?: number): AsyncGenerator<Picture> {
  const isPdf = scan.mediaType === "application/pdf";
  const document = await opened(isPdf ? scan.bytes : await pictureAsPdf(scan));
  try {
    for (let at = 0; at < document.getPageCount(); at++) {
      if (only !== undefined && at !== only - 1) continue;
      const page = document.getPage(at);
      const { originalWidth, originalHeight } = page.getOriginalSize();
      const wanted = fine / 72;
      const scale = Math.min(wanted, Math.sqrt(mostDots / (originalWidth * originalHeight)));
      const { data, width, height } = await page.render({ scale, render: "bitmap" });
      yield { data: Uint8Array.from(data), width, height };
    }
  } finally {
    document.destroy();
  }
}

/** One picture as a page of a PDF, a dot a dot: what is handed in is unpacked nowhere but in the reader of PDFs. */
async function pictureAsPdf({ mediaType, bytes }: ShownScan): Promise<Uint8Array> {
  try {
    const pdf = await PDFDocument.create({ updateMetadata: false });
    const image = await (mediaType === "image/png" ? pdf.embedPng(bytes) : pdf.embedJpg(bytes));
    const size = { width: (image.width * 72) / fine, height: (image.height * 72) / fine };
    pdf.addPage([size.width, size.height]).drawImage(image, { x: 0, y: 0, ...size });
    return await pdf.save();
  } catch {
    throw new UnreadableScan();
  }
}
