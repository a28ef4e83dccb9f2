import { PDFDocument } from "pdf-lib";
import { asJpeg, type Picture } from "./picture.ts";

/** Longer side of A4 in points: every page is as large as a sheet. */
const a4 = 841.89;

/**
 * Pictures as a PDF that holds nothing but them: no text, no layer, no note, no date. What was black in a picture is black, and
 * nothing is left below it.
 */
export async function picturesAsPdf(
  pages: AsyncIterable<Picture>,
): Promise<{ pdf: Uint8Array; pages: number }> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  for await (const page of pages) {
    const image = await pdf.embedJpg(await asJpeg(page));
    const scale = a4 / Math.max(page.width, page.height);
    const size = { width: page.width * scale, height: page.height * scale };
    pdf.addPage([size.width, size.height]).drawImage(image, { x: 0, y: 0, ...size });
  }
  return { pdf: await pdf.save(), pages: pdf.getPageCount() };
}
