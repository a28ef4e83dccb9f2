import { type Fault, FormatError } from "../fault.ts";
import { decodeJis } from "./characters.ts";
import { endLayout } from "./layouts.ts";
import {
  decodeRecord,
  encodeRecord,
  RECORD_LENGTH,
  type RecordLayout,
  type RecordOf,
} from "./records.ts";

/** The three kinds of records that differ from one business to another. */
export interface FileLayouts {
  readonly header: RecordLayout;
  readonly data: RecordLayout;
  readonly trailer: RecordLayout;
}

/** Banks take records one behind the other, or each with CR and LF behind. */
export type LineEnd = "" | "\r\n";

/**
 * Writes header, data, trailer and end, record by record; the trailer is asked for after the data. Throws
 * {@link FormatError} before anything is written where there are no data.
 */
export function* writeFile<L extends FileLayouts>(
  layouts: L,
  header: RecordOf<L["header"]>,
  rows: Iterable<RecordOf<L["data"]>>,
  trailer: () => RecordOf<L["trailer"]>,
  lineEnd: LineEnd,
): Generator<Uint8Array> {
  let record = 0;
  const written = <R extends RecordLayout>(layout: R, values: RecordOf<R>) => {
    record += 1;
    return Buffer.concat([encodeRecord(layout, values, record), Buffer.from(lineEnd)]);
  };
  const head = written(layouts.header, header);
  let any = false;
  for (const row of rows) {
    if (!any) yield head;
    any = true;
    yield written(layouts.data, row);
  }
  if (!any)
    throw new FormatError({ record: 2, field: "データレコード", reason: "1件もありません。" });
  yield written(layouts.trailer, trailer());
  yield written(endLayout, { record: "9", filler: "" });
}

/** A record of a file, with its place. */
export interface ReadRow<D extends RecordLayout> {
  readonly record: number;
  readonly values: RecordOf<D>;
}

/** What a file holds, as far as it can be read, and all that is wrong with it. */
export interface ReadFile<L extends FileLayouts> {
  readonly header: RecordOf<L["header"]> | undefined;
  readonly rows: readonly ReadRow<L["data"]>[];
  readonly trailer: ReadRow<L["trailer"]> | undefined;
  readonly faults: readonly Fault[];
}

const EBCDIC_ONE = 0xf1;

/** Reads a file of records of 120 bytes, with or without CR and LF; never throws. */
export function readFile<L extends FileLayouts>(layouts: L, bytes: Uint8Array): ReadFile<L> {
  if (bytes[0] === EBCDIC_ONE)
    return { header: undefined, rows: [], trailer: undefined, faults: [EBCDIC] };
  const faults: Fault[] = [];
  const rows: ReadRow<L["data"]>[] = [];
  let header: RecordOf<L["header"]> | undefined;
  let trailer: ReadFile<L>["trailer"];
  let expected = "1";
  const decoded = <R extends RecordLayout>(layout: R, text: string, record: number) => {
    const { values, faults: found } = decodeRecord(layout, text, record);
    faults.push(...found);
    return values;
  };
  const records = recordsOf(bytes);
  records.forEach((text, index) => {
    const record = index + 1;
    const kind = text.charAt(0);
    if (text.length !== RECORD_LENGTH || text.includes("\ufffd"))
      faults.push({ record, field: "レコード", reason: "半角文字120桁ではありません。" });
    if (kind === "" || !expected.includes(kind)) {
      faults.push({ record, field: "データ区分", reason: "レコードの順序が正しくありません。" });
      return;
    }
    expected = FOLLOWS[kind] ?? "";
    if (kind === "1") header = decoded(layouts.header, text, record);
    else if (kind === "2") rows.push({ record, values: decoded(layouts.data, text, record) });
    else if (kind === "8") trailer = { record, values: decoded(layouts.trailer, text, record) };
  });
  if (expected !== "")
    faults.push({
      record: records.length + 1,
      field: "データ区分",
      reason: "ファイルが途中で終わっています。",
    });
  return { header, rows, trailer, faults };
}

/** Which kinds of records may follow which. */
const FOLLOWS: Readonly<Record<string, string>> = { 1: "28", 2: "28", 8: "9", 9: "" };

const EBCDIC: Fault = {
  record: 1,
  field: "コード区分",
  reason: "EBCDICのファイルです。JISのファイルを求めてください。",
};

/** What banks put behind the last record: nothing, line ends, the end mark of old systems, zeros or spaces. */
const isFilling = (record: string) =>
  record.replaceAll("\0", "").replaceAll("\x1a", "").trim() === "";

/** The records of a file, one a line or one behind the other, as banks send them: with filling behind the last one. */
function recordsOf(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const records = text
    .split(/\r\n|\n/)
    .flatMap((line) =>
      isFilling(line.slice(RECORD_LENGTH)) ? [line.slice(0, RECORD_LENGTH)] : cut(line),
    );
  while (records.length > 0 && isFilling(records.at(-1) ?? "")) records.pop();
  return records.map((record) => decodeJis(Buffer.from(record, "latin1")));
}

const cut = (line: string): string[] =>
  Array.from({ length: Math.ceil(line.length / RECORD_LENGTH) }, (_, at) =>
    line.slice(at * RECORD_LENGTH, (at + 1) * RECORD_LENGTH),
  );

/** Compares a count or sum of a trailer with what the data add up to. */
export function compared(
  record: number,
  sums: readonly (readonly [field: string, stated: string, counted: number])[],
): Fault[] {
  return sums
    .filter(([, stated, counted]) => Number(stated) !== counted)
    .map(([field]) => ({ record, field, reason: "データレコードの計と合いません。" }));
}

/** Whole yen as digits; throws {@link FormatError} for what is no amount of money to move. */
export function yen(amount: number, record: number, field: string): string {
  if (!Number.isSafeInteger(amount) || amount < 1)
    throw new FormatError({ record, field, reason: "1円以上の整数ではありません。" });
  return String(amount);
}
