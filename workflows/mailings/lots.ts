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

/**
 * Cuts bundles of pieces (their sizes, in order) into files of almost the same size, never within a bundle and none over
 * the limit, unless one bundle alone is larger.
 */
export function cutBundlesIntoLots(sizes: readonly number[], limit = piecesPerFile): Lot[] {
  const count = sizes.reduce((sum, size) => sum + size, 0);
  const wanted = Math.ceil(count / Math.ceil(count / limit));
  const lots: Lot[] = [];
  for (const size of sizes) {
    const lot = lots.at(-1);
    if (lot && lot.last - lot.first + 1 + size <= wanted) lot.last += size;
    else {
      const first = (lot?.last ?? 0) + 1;
      lots.push({ file: lots.length + 1, first, last: first + size - 1 });
    }
  }
  return lots;
}
