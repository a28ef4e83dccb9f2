import { CsvError, parse } from "csv-parse/sync";
import type { Layout } from "../layout.ts";
import { cutIntoLines, splitLines } from "./cut.ts";
import type { RecordFields, RecordReader } from "./record.ts";

/** CSV and TSV: one record a line, fields between delimiters, quotes as in RFC 4180. */
export function delimitedRecords({
  encoding,
  delimiter,
}: Pick<Layout, "encoding" | "delimiter">): RecordReader {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return {
    cut: cutIntoLines,
    // All at once where the lines are in order; where a byte or a quote is wrong, line by line.
    read(bytes) {
      try {
        const lines = linesOf(decoder.decode(bytes));
        const records = fieldsOf(lines.join("\n"), delimiter);
        if (records.length === lines.length) return records;
      } catch (error) {
        if (!(error instanceof TypeError || error instanceof CsvError)) throw error;
      }
      return splitLines(bytes).map((line) => readLine(line, decoder, delimiter));
    },
  };
}

function readLine(line: Uint8Array, decoder: TextDecoder, delimiter: string): RecordFields {
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
