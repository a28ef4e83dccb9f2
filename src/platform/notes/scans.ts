import type { attachment } from "#db/schema/intake.ts";
import { tiffAsPdf } from "#src/formats/tiff/as-pdf.ts";
import { mostPages, TiffRefusal } from "#src/formats/tiff/pages.ts";
import { EntryProblem } from "../problem.ts";

export type AttachmentType = (typeof attachment.$inferSelect)["mediaType"];

/** What a scan may be, by its first bytes: what a browser says of a file is not believed. */
const signatures: Readonly<Record<AttachmentType, readonly (readonly number[])[]>> = {
  "application/pdf": [[0x25, 0x50, 0x44, 0x46, 0x2d]],
  "image/png": [[0x89, 0x50, 0x4e, 0x47]],
  "image/jpeg": [[0xff, 0xd8, 0xff]],
  // In either order of bytes.
  "image/tiff": [
    [0x49, 0x49, 0x2a, 0x00],
    [0x4d, 0x4d, 0x00, 0x2a],
  ],
};

/** Bytes of a scan at most. */
export const largestAttachment = 10 * 1024 * 1024;

const tiffRefusals: Readonly<Record<TiffRefusal["because"], string>> = {
  unreadable:
    "TIFFを読み取れません。ファイルが壊れているか、表示できない形式です。PDFで保存し直してください。",
  "too-many-pages": `TIFFは${mostPages}ページまでです。分けて添付してください。`,
  "too-large": "TIFFの画像が大きすぎます。解像度を下げるか、ページを分けて添付してください。",
};

/**
 * The sort of a scan. A TIFF is unpacked as it will be shown, so that none is kept that nobody can look at.
 *
 * @throws EntryProblem for a file that is too large, of another sort, or a TIFF that cannot be shown
 */
export async function checkScan(bytes: Uint8Array): Promise<AttachmentType> {
  if (bytes.length > largestAttachment) throw new EntryProblem("scan", "ファイルは10MBまでです。");
  const type = (Object.keys(signatures) as AttachmentType[]).find((one) =>
    signatures[one].some((signature) => signature.every((byte, at) => bytes[at] === byte)),
  );
  if (!type) throw new EntryProblem("scan", "PDF、JPEG、PNG、TIFFのファイルを選んでください。");
  if (type === "image/tiff") {
    await tiffAsPdf(bytes).catch((error: unknown) => {
      if (error instanceof TiffRefusal) throw new EntryProblem("scan", tiffRefusals[error.because]);
      throw error;
    });
  }
  return type;
}

/** A scan as a browser shows it: a TIFF as a PDF of its pages, anything else as it was received. */
export async function scanToShow(scan: {
  mediaType: AttachmentType;
  bytes: Uint8Array;
}): Promise<{ mediaType: AttachmentType; bytes: Uint8Array }> {
  if (scan.mediaType !== "image/tiff") return scan;
  return { mediaType: "application/pdf", bytes: await tiffAsPdf(scan.bytes) };
}
