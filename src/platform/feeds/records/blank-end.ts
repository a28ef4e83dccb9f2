import type { RecordsOfFile } from "./record.ts";

/** How the records of a layout are told apart, as bytes, and which of them hold nothing. */
interface Records {
  split(bytes: Uint8Array): Uint8Array[];
  isBlank(record: Uint8Array): boolean;
  /** A record that holds nothing. */
  blank: Uint8Array;
}

/**
 * Leaves out the records at the end of a file that hold nothing: spreadsheets and old systems fill files up with them.
 * Between other records they stay, for they are faults there. Only their number is kept meanwhile, so that memory stays flat.
 */
export async function* withoutBlankEnd(
  lots: AsyncIterable<RecordsOfFile>,
  { split, isBlank, blank }: Records,
  recordsEach: number,
): AsyncGenerator<RecordsOfFile> {
  let held = 0;
  for await (const lot of lots) {
    const records = split(lot.bytes);
    const count = records.findLastIndex((record) => !isBlank(record)) + 1;
    if (count > 0) {
      for (; held > 0; held -= Math.min(held, recordsEach)) {
        const some = Math.min(held, recordsEach);
        const bytes = Buffer.concat(Array.from({ length: some }, () => blank));
        yield { firstRow: lot.firstRow - held, count: some, bytes };
      }
      const blanks = records.slice(count).reduce((sum, { length }) => sum + length, 0);
      const bytes = lot.bytes.subarray(0, lot.bytes.length - blanks);
      yield { firstRow: lot.firstRow, count, bytes };
    }
    held += records.length - count;
  }
}

/** Whether all bytes of a record are among some. */
export const isOf = (record: Uint8Array, bytes: ReadonlySet<number>): boolean =>
  record.every((byte) => bytes.has(byte));
