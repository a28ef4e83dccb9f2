import type { Layout } from "../layout.ts";
import { isOf, withoutBlankEnd } from "./blank-end.ts";
import { cutByLength, cutIntoLines, endMark, splitLines } from "./cut.ts";
import type { RecordFields, RecordReader } from "./record.ts";

/**
 * Records of fixed length (固定長): the columns follow one another, each with its width in bytes, with
 * an end of line after each record or without any.
 */
export function fixedRecords({
  encoding,
  columns,
  lineEnds,
}: Pick<Layout, "encoding" | "columns" | "lineEnds">): RecordReader {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const widths = columns.map(({ bytes = 0 }) => bytes);
  const length = widths.reduce((sum, width) => sum + width, 0);
  const split = lineEnds ? splitLines : (bytes: Uint8Array) => splitByLength(bytes, length);
  const nothing = new Set(Buffer.from(" \r\n").values()).add(endMark);
  const blank = Buffer.from(lineEnds ? "\n" : " ".repeat(length));
  const fieldsOf = (record: Uint8Array): RecordFields => {
    const bytes = lineEnds ? withoutLineEnd(record) : record;
    if (bytes.length === 0) return "empty-row";
    if (bytes.length !== length) return "record-length";
    let from = 0;
    try {
      return widths.map((width) => {
        const field = bytes.subarray(from, from + width);
        from += width;
        return decoder.decode(field);
      });
    } catch (error) {
      if (error instanceof TypeError) return "encoding";
      throw error;
    }
  };
  return {
    cut: (source, each) =>
      withoutBlankEnd(
        lineEnds ? cutIntoLines(source, each) : cutByLength(source, length, each),
        { split, isBlank: (record) => isOf(record, nothing), blank },
        each,
      ),
    read: (bytes) => split(bytes).map(fieldsOf),
  };
}

function splitByLength(bytes: Uint8Array, length: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / length) }, (_, at) =>
    bytes.subarray(at * length, (at + 1) * length),
  );
}

function withoutLineEnd(line: Uint8Array): Uint8Array {
  const end = line.at(-1) !== 0x0a ? line.length : line.at(-2) === 0x0d ? -2 : -1;
  return line.subarray(0, end);
}
