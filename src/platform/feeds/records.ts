import { CsvError, parse } from "csv-parse/sync";
import type { RowErrorCode } from "./errors.ts";
import type { Layout } from "./layout.ts";

/** The fields of a line, or why it cannot be read. */
export type LineRecord = readonly string[] | RowErrorCode;

type Format = Pick<Layout, "encoding" | "delimiter">;

/**
 * Reads lines into fields. All at once where they are in order; where a byte or a quote is wrong,
 * line by line, so that the fault stays with its row. As many records as lines.
 */
export function readRecords(bytes: Uint8Array, format: Format): LineRecord[] {
  const decoder = new TextDecoder(format.encoding, { fatal: true });
  try {
    const lines = linesOf(decoder.decode(bytes));
    const records = fieldsOf(lines.join("\n"), format.delimiter);
    if (records.length === lines.length) return records;
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof CsvError)) throw error;
  }
  return rawLines(bytes).map((line) => readRecord(line, decoder, format.delimiter));
}

function readRecord(line: Uint8Array, decoder: TextDecoder, delimiter: string): LineRecord {
  try {
    const text = decoder.decode(line).replace(/\r?\n?$/, "");
    const [record, ...others] = fieldsOf(text, delimiter);
    return record && others.length === 0 ? record : "quotes";
  } catch (error) {
    if (error instanceof TypeError) return "encoding";
    if (error instanceof CsvError) return "quotes";
    throw error;
  }
}

function fieldsOf(text: string, delimiter: string): string[][] {
  if (!text.includes('"')) return text.split("\n").map((line) => line.split(delimiter));
  return parse(text, { delimiter, record_delimiter: "\n", relax_column_count: true });
}

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
}

function rawLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0x0a, from);
    const next = end < 0 ? bytes.length : end + 1;
    lines.push(bytes.subarray(from, next));
    from = next;
  }
  return lines;
}
