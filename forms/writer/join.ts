import { PDFDocument } from "pdf-lib";

/** Several papers as one file, to be printed in one go; a single one stays as it is, byte for byte. */
export async function joinPdfs(pdfs: readonly Uint8Array[]): Promise<Uint8Array> {
  const [only] = pdfs;
  if (only && pdfs.length === 1) return only;
  const joined = await PDFDocument.create({ updateMetadata: false });
  for (const pdf of pdfs) {
    const from = await PDFDocument.load(pdf, { updateMetadata: false });
    for (const page of await joined.copyPages(from, from.getPageIndices())) joined.addPage(page);
  }
  return joined.save();
}
