import type { RowErrorCode } from "../errors.ts";

/** The fields of a record, or why it cannot be read. */
export type RecordFields = readonly string[] | RowErrorCode;

/** Some records of a file, as bytes, with what stands between them. */
export interface RecordsOfFile {
  /** Row of the first record, as a spreadsheet counts: the first record of the file is 1. */
  firstRow: number;
  count: number;
  bytes: Buffer;
}

/** Reads the records of one layout. Nothing is decoded before `read`. */
export interface RecordReader {
  /** Cuts a file into lots of whole records, the first record by itself. Throws {@link NoRecords}. */
  cut(source: AsyncIterable<Uint8Array>, recordsEach: number): AsyncGenerator<RecordsOfFile>;
  /** The fields of each record of a lot. A fault stays with its record. */
  read(bytes: Uint8Array): RecordFields[];
}

/** The bytes are not records of the agreed form. */
export class NoRecords extends Error {}
