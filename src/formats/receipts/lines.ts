import type { Fault } from "../fault.ts";
import type { ReceiptRecord } from "./records.ts";

const LINE_FEED = 0x0a;
/** Some makers close the file with this byte. */
const END_OF_FILE = 0x1a;

/** A line with what is wrong in its bytes. */
export interface ReceiptLine {
  readonly record: ReceiptRecord;
  readonly faults: readonly Fault[];
}

/** The lines of a file in CP932, as its bytes come; no more than one line is held. */
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
  }
  if (rest.length > 0 && !(rest.length === 1 && rest[0] === END_OF_FILE))
    yield lineOf(rest, line + 1);
}

function lineOf(bytes: Uint8Array, line: number): ReceiptLine {
  const faults: Fault[] = [];
  const text = new TextDecoder("shift_jis").decode(bytes);
  if (!text.endsWith("\r\n"))
    faults.push({ record: line, field: "改行", reason: "行末がCRとLFではありません。" });
  if (text.includes("\ufffd"))
    faults.push({
      record: line,
      field: "文字コード",
      reason: "シフトJISで読めない文字があります。",
    });
  return { record: { line, fields: text.replace(/\r?\n$/, "").split(",") }, faults };
}
