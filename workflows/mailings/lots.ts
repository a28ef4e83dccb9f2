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
  let count = 0;
  const ends = sizes.map((size) => {
    count += size;
    return count;
  });
  const nearest = (wanted: number) =>
    ends.reduce((best, end) => (Math.abs(end - wanted) < Math.abs(best - wanted) ? end : best), 0);
  const fits = ({ first, last }: Lot) =>
    last - first < limit || last - first + 1 === sizes[ends.indexOf(last)];
  for (let files = Math.ceil(count / limit); ; files++) {
    const cuts = new Set(
      Array.from({ length: files }, (_, index) => nearest((count * (index + 1)) / files)),
    );
    const lasts = [...cuts].filter((last) => last > 0);
    const lots = lasts.map((last, index) => ({
      file: index + 1,
      first: (lasts[index - 1] ?? 0) + 1,
      last,
    }));
    if (lots.every(fits)) return lots;
  }
}
