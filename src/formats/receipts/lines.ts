import { isAscii, isUtf8 } from "node:buffer";
import { type Fault, FormatError } from "../fault.ts";
import type { ReceiptRecord } from "./records.ts";

const LINE_FEED = 0x0a;
/** Some makers close the file with this byte. */
const END_OF_FILE = 0x1a;
/** A longer line is none of receipts: the file is of another format. */
const LONGEST_LINE = 1 << 18;
const decoder = new TextDecoder("shift_jis");

/** A line with what is wrong in its bytes. */
export interface ReceiptLine {
  readonly record: ReceiptRecord;
  readonly faults: readonly Fault[];
}

/**
 * The lines of a file in CP932, as its bytes come; no more than one line is held.
 * @throws FormatError where the bytes do not fall into lines
 */
export async function* readLines(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<ReceiptLine> {
  let rest: Uint8Array = new Uint8Array();
  let line = 0;
  for await (const chunk of source) {
    const bytes = Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
      line += 1;
      yield lineOf(bytes.subarray(from, end + 1), line);
      from = end + 1;
    }
    rest = bytes.subarray(from);
    if (rest.length > LONGEST_LINE)
      throw new FormatError({
        record: line + 1,
        field: "改行",
        reason: "行に分かれていないため読めません。",
      });
  }
  if (rest.length > 0 && !(rest.length === 1 && rest[0] === END_OF_FILE))
    yield lineOf(rest, line + 1);
}

function lineOf(bytes: Uint8Array, line: number): ReceiptLine {
  const faults: Fault[] = [];
  const plain = isAscii(bytes);
  const text = plain
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1")
    : decoder.decode(bytes);
  if (!text.endsWith("\r\n"))
    faults.push({ record: line, field: "改行", reason: "行末がCRとLFではありません。" });
  if (!plain && isWrittenInUtf8(bytes))
    faults.push({
      record: line,
      field: "文字コード",
      reason: "UTF-8で書かれているため、シフトJISとして読めません。",
    });
  else if (text.includes("\ufffd"))
    faults.push({
      record: line,
      field: "文字コード",
      reason: "シフトJISで読めない文字があります。",
    });
  return { record: { line, fields: withoutLineEnd(text).split(",") }, faults };
}

const withoutLineEnd = (text: string) =>
  text.endsWith("\r\n") ? text.slice(0, -2) : text.endsWith("\n") ? text.slice(0, -1) : text;

/** Japanese of three bytes each: what is read of it as CP932 is other characters, mostly without a fault. */
const isWrittenInUtf8 = (bytes: Uint8Array) =>
  bytes.some((byte) => byte >= 0xe3 && byte <= 0xef) && isUtf8(bytes);
