import { CsvError, parse } from "csv-parse/sync";
import type { Layout } from "../layout.ts";
import { isOf, withoutBlankEnd } from "./blank-end.ts";
import { cutIntoLines, endMark, splitLines } from "./cut.ts";
import type { RecordFields, RecordReader, RecordsOfFile } from "./record.ts";

const byteOrderMark = Buffer.from("\ufeff");

/**
 * CSV and TSV: one record a line, fields between delimiters, quotes as in RFC 4180. Lines end with LF or CRLF, also
 * mixed, the last with or without; a byte order mark is one at the beginning of the file and nowhere else.
 */
export function delimitedRecords({
  encoding,
  delimiter,
}: Pick<Layout, "encoding" | "delimiter">): RecordReader {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const nothing = new Set(Buffer.from(` \r\n${delimiter}`).values()).add(endMark);
  const isBlank = (line: Uint8Array) => isOf(withoutEmptyQuotes(line), nothing);
  return {
    cut: (source, each) =>
      withoutMark(
        withoutBlankEnd(
          cutIntoLines(source, each),
          { split: splitLines, isBlank, blank: Buffer.from("\n") },
          each,
        ),
      ),
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

function withoutEmptyQuotes(line: Uint8Array): Uint8Array {
  if (!line.includes(0x22)) return line;
  return Buffer.from(Buffer.from(line).toString("latin1").replaceAll('""', ""), "latin1");
}

async function* withoutMark(lots: AsyncIterable<RecordsOfFile>) {
  for await (const lot of lots) {
    const marked = lot.firstRow === 1 && byteOrderMark.equals(lot.bytes.subarray(0, 3));
    yield marked ? { ...lot, bytes: lot.bytes.subarray(3) } : lot;
  }
}

function readLine(line: Uint8Array, decoder: TextDecoder, delimiter: string): RecordFields {
  try {
    const text = decoder.decode(line).replace(/\r*\n?$/, "");
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
  return lines.map((line) => (line.endsWith("\r") ? line.replace(/\r+$/, "") : line));
}
