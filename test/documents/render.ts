import { type PDFiumLibrary, PDFiumLibrary as Pdfium } from "@hyzyla/pdfium";
import { PNG } from "pngjs";

let library: Promise<PDFiumLibrary> | undefined;

/** Pages of a PDF as pictures, read by another reader than the one that wrote them. */
export async function renderPages(
  pdf: Uint8Array,
  dpi = 100,
  only?: readonly number[],
): Promise<PNG[]> {
  library ??= Pdfium.init();
  const document = await (await library).loadDocument(pdf);
  try {
    const pages: PNG[] = [];
    for (let index = 0; index < document.getPageCount(); index++) {
      if (only && !only.includes(index)) continue;
      const { data, width, height } = await document.getPage(index).render({
        scale: dpi / 72,
        render: "bitmap",
      });
      const png = new PNG({ width, height });
      png.data = Buffer.from(data);
      pages.push(png);
    }
    return pages;
  } finally {
    document.destroy();
  }
}
