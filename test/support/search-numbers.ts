import { inflateSync } from "node:zlib";
import { textOfPages } from "#test/documents/render.ts";

/** Where a number was found: the file and the way of looking. */
export interface Find {
  file: string;
  where: "bytes" | "stream" | "text";
}

/**
 * Looks for numbers in every file of a package: in the bytes as they are, in the unpacked streams of
 * PDF files, and in the text that a reader of the PDF sees, however it is spaced or widened.
 */
export async function searchNumbers(
  files: ReadonlyMap<string, Buffer>,
  numbers: readonly string[],
): Promise<Find[]> {
  const sought = new Set(numbers);
  const finds: Find[] = [];
  for (const [file, bytes] of files) {
    const look = (where: Find["where"], text: string) => {
      if (holdsOne(text, sought)) finds.push({ file, where });
    };
    look("bytes", bytes.toString("latin1"));
    look("bytes", bytes.toString("utf8"));
    if (!file.endsWith(".pdf")) continue;
    for (const stream of streamsOf(bytes)) {
      look("stream", stream.toString("latin1"));
      look("stream", stream.toString("utf16le"));
    }
    for (const page of await textOfPages(bytes)) look("text", page);
  }
  return finds;
}

/** Whether twelve figures in a row, apart from what stands between figures in print, are one of the numbers. */
function holdsOne(text: string, sought: ReadonlySet<string>): boolean {
  const folded = text.normalize("NFKC");
  for (const [run] of folded.matchAll(/\d(?:[\s\-‐.,()[\]<>]{0,3}\d){11,}/g)) {
    const figures = run.replace(/\D/g, "");
    for (let at = 0; at + 12 <= figures.length; at++)
      if (sought.has(figures.slice(at, at + 12))) return true;
  }
  return false;
}

/** The streams of a PDF, unpacked where they are packed. */
export function streamsOf(pdf: Buffer): Buffer[] {
  const streams: Buffer[] = [];
  for (let at = pdf.indexOf("stream"); at >= 0; at = pdf.indexOf("stream", at + 6)) {
    if (pdf.subarray(at - 3, at).toString("latin1") === "end") continue;
    const start = at + 6 + (pdf[at + 6] === 13 ? 2 : 1);
    const end = pdf.indexOf("endstream", start);
    const packed = pdf.subarray(start, end);
    try {
      streams.push(inflateSync(packed));
    } catch {
      streams.push(packed);
    }
  }
  return streams;
}
