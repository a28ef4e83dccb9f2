import { encodeCp932 } from "../cp932/encode.ts";
import { FormatError } from "../fault.ts";
import { addReceipt } from "./read.ts";
import { type ReceiptRecord, receiptOf, typeOf } from "./records.ts";

const COMMA = Buffer.from(",");
const LINE_END = Buffer.from("\r\n");

type Fields = Pick<ReceiptRecord, "fields">;

/**
 * Writes a file of receipts line by line: the institution's record, the records of each receipt as
 * they are, and the closing record with the totals counted. Throws {@link FormatError} for a column
 * that cannot stand in such a file.
 */
export function* writeReceipts(
  institution: Fields,
  receipts: Iterable<{ readonly records: readonly Fields[] }>,
): Generator<Uint8Array> {
  let line = 0;
  let counted = { count: 0, points: 0 };
  const written = ({ fields }: Fields) => {
    line += 1;
    return lineBytes(fields, line);
  };
  yield written(institution);
  for (const { records } of receipts) {
    const [head, ...others] = records.map(({ fields }) => ({ line, fields }));
    if (!head || typeOf(head) !== "RE")
      throw new FormatError({
        record: line + 1,
        field: "レコードの順序",
        reason: "レセプト共通(RE)のレコードから始まっていません。",
      });
    counted = addReceipt(counted, receiptOf([head, ...others]));
    for (const record of records) yield written(record);
  }
  yield written({ fields: ["GO", String(counted.count), String(counted.points), "99"] });
}

function lineBytes(fields: readonly string[], line: number): Uint8Array {
  const columns = fields.map((value, index) => {
    const refused = (reason: string) =>
      new FormatError({
        record: line,
        field: `${fields[0]}レコードの${index + 1}番目の項目`,
        reason,
      });
    if (/[,\r\n]/.test(value)) throw refused("コンマや改行は書けません。");
    const bytes = encodeCp932(value);
    if (!bytes) throw refused("シフトJISにない文字があります。");
    return index === 0 ? [bytes] : [COMMA, bytes];
  });
  return Buffer.concat([...columns.flat(), LINE_END]);
}
