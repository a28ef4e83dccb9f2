import { promisify } from "node:util";
import { deflate } from "node:zlib";
import {
  concatTransformationMatrix,
  drawObject,
  PDFDocument,
  type PDFRef,
  popGraphicsState,
  pushGraphicsState,
} from "pdf-lib";
import { type Page, pagesOf, pixelsOf, TiffRefusal } from "./pages.ts";

const compress = promisify(deflate);

/** Longer side of A4 in points: the size of a page that does not say how fine it was scanned. */
const a4 = 841.89;

/**
 * The pages of a TIFF as a PDF, each in the size of its paper. Black-and-white and grey pages keep every pixel; colour
 * becomes JPEG.
 *
 * @throws TiffRefusal for a file that is broken, of a kind that cannot be shown, or too large when unpacked
 */
export async function tiffAsPdf(bytes: Uint8Array): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  // One after the other: of a large file one page is unpacked at a time.
  for (const page of await pagesOf(bytes)) await addPage(pdf, bytes, page);
  return pdf.save();
}

async function addPage(pdf: PDFDocument, bytes: Uint8Array, page: Page): Promise<void> {
  const { data, width, height, grey } = await pixelsOf(bytes, page).catch(() => {
    throw new TiffRefusal("unreadable");
  });
  const scale = page.density ? 72 / page.density : a4 / Math.max(width, height);
  const [wide, high] = [width * scale, height * scale];
  const image: PDFRef = grey
    ? pdf.context.register(
        pdf.context.stream(await compress(data), {
          Type: "XObject",
          Subtype: "Image",
          Width: width,
          Height: height,
          ColorSpace: "DeviceGray",
          BitsPerComponent: 8,
          Filter: "FlateDecode",
        }),
      )
    : (await pdf.embedJpg(data)).ref;
  const added = pdf.addPage([wide, high]);
  added.pushOperators(
    pushGraphicsState(),
    concatTransformationMatrix(wide, 0, 0, high, 0, 0),
    drawObject(added.node.newXObject("Scan", image)),
    popGraphicsState(),
  );
}
