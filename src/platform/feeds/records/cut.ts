import { NoRecords, type RecordsOfFile } from "./record.ts";

/** A line longer than this is no line of a feed: the file is of another format. */
const longestLine = 1 << 20;
const lineFeed = 0x0a;
/** End-of-file mark of old systems, which fill a block up with it. */
export const endMark = 0x1a;

/**
 * Cuts a file into lots of lines without decoding it: in UTF-8 and CP932 a line feed is never part of
 * a character. One record is one line, so that a quote left open damages its own row and no other.
 * End-of-file marks (0x1A) are dropped. The first line is a lot by itself: it may hold the headings.
 * Throws {@link NoRecords}.
 */
export async function* cutIntoLines(
  source: AsyncIterable<Uint8Array>,
  linesEach: number,
): AsyncGenerator<RecordsOfFile> {
  const { cut } = numbering();
  let rest = Buffer.alloc(0);
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
    if (rest.length - at > longestLine) throw new NoRecords("a line is too long");
    rest = rest.subarray(from);
  }
  rest = withoutEndMark(rest);
  if (rest.length > 0) yield cut(rest, splitLines(rest).length);
}

/** Cuts a file whose records all have `length` bytes and no ends of line; what is left over at the end is a record too. */
export async function* cutByLength(
  source: AsyncIterable<Uint8Array>,
  length: number,
  recordsEach: number,
): AsyncGenerator<RecordsOfFile> {
  const { cut } = numbering();
  let rest = Buffer.alloc(0);
  let wanted = 1;
  for await (const part of source) {
    rest = Buffer.concat([rest, part]);
    for (; rest.length >= wanted * length; wanted = recordsEach) {
      const bytes = wanted * length;
      yield cut(rest.subarray(0, bytes), wanted);
      rest = rest.subarray(bytes);
    }
  }
  rest = withoutEndMark(rest);
  if (rest.length > 0) yield cut(rest, Math.ceil(rest.length / length));
}

function numbering() {
  let row = 1;
  const cut = (bytes: Buffer, count: number): RecordsOfFile => {
    const lot = { firstRow: row, count, bytes };
    row += count;
    return lot;
  };
  return { cut };
}

const withoutEndMark = (bytes: Buffer<ArrayBuffer>) =>
  bytes.subarray(0, bytes.findLastIndex((byte) => byte !== endMark) + 1);

/** Lines as bytes, each with its end of line. */
export function splitLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(lineFeed, from);
    const next = end < 0 ? bytes.length : end + 1;
    lines.push(bytes.subarray(from, next));
    from = next;
  }
  return lines;
}
