/** How many pieces a PDF file of a package holds at most; printers take 500 to 1,000. */
export const piecesPerFile = 1000;

/** First (1-based) and last place of a lot. */
export interface Lot {
  file: number;
  first: number;
  last: number;
}

/**
 * Cuts `count` pieces into files of almost the same size, none over the limit; from 1,001 pieces
 * on every file therefore holds at least 500.
 */
export function cutIntoLots(count: number, limit = piecesPerFile): Lot[] {
  const files = Math.ceil(count / limit);
  const end = (file: number) => Math.floor((count * file) / files);
  return Array.from({ length: files }, (_, index) => ({
    file: index + 1,
    first: end(index) + 1,
    last: end(index + 1),
  }));
}
