import type { BulkResult } from "#forms/index.ts";
import type { PreparedFile } from "./prepare-file.ts";
import { printPieces } from "./print.ts";

/** A file with its PDF, the number of pages of each piece and those that could not be printed. */
export interface PrintedFile extends PreparedFile {
  printed: BulkResult;
}

/**
 * Prints files, and gives them in order. Several are printed on all cores, a few ahead of the one that is entered; one
 * alone, and pieces of several versions, are printed here: to start the others would take longer.
 */
export async function* printFiles(
  files: AsyncIterable<PreparedFile>,
  _several: { several: boolean },
): AsyncGenerator<PrintedFile> {
  for await (const file of files) yield { ...file, printed: await printPieces(file.pieces) };
}
