/** Some lines of a file, as bytes, with their ends of line. */
export interface LinesOfFile {
  /** Row of the first line, as a spreadsheet counts: the first line of the file is 1. */
  firstRow: number;
  count: number;
  bytes: Buffer;
}

/** A line longer than this is no line of a feed: the file is of another format. */
const longestLine = 1 << 20;

export class NoLines extends Error {}

const lineFeed = 0x0a;

/**
 * Cuts a file into lots of lines without decoding it: in UTF-8 and CP932 a line feed is never part of
 * a character. One record is one line, so that a quote left open damages its own row and no other.
 * The end-of-file mark (0x1A) of old systems is dropped. Throws {@link NoLines}.
 */
export async function* cutIntoLines(
  source: AsyncIterable<Uint8Array>,
  linesEach: number,
): AsyncGenerator<LinesOfFile> {
  let rest = Buffer.alloc(0);
  let row = 1;
  const cut = (bytes: Buffer, count: number): LinesOfFile => {
    const lot = { firstRow: row, count, bytes };
    row += count;
    return lot;
  };
  // The first line is a lot by itself: it may hold the headings.
  let wanted = 1;
  for await (const part of source) {
    rest = rest.length > 0 ? Buffer.concat([rest, part]) : Buffer.from(part);
    let from = 0;
    let at = 0;
    let count = 0;
    for (;;) {
      const end = rest.indexOf(lineFeed, at);
      if (end < 0) break;
      at = end + 1;
      count += 1;
      if (count === wanted) {
        yield cut(rest.subarray(from, at), count);
        from = at;
        count = 0;
        wanted = linesEach;
      }
    }
    if (rest.length - at > longestLine) throw new NoLines("a line is too long");
    rest = rest.subarray(from);
  }
  if (rest.at(-1) === 0x1a) rest = rest.subarray(0, -1);
  if (rest.length === 0) return;
  const ends = countOf(rest) + (rest.at(-1) === lineFeed ? 0 : 1);
  yield cut(rest, ends);
}

function countOf(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) count += 1;
  return count;
}
