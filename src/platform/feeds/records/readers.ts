import type { Layout } from "../layout.ts";
import { delimitedRecords } from "./delimited.ts";
import { fixedRecords } from "./fixed.ts";
import type { RecordReader } from "./record.ts";

/** By the `records` of a layout; another form of file is another entry. */
const readers: Record<Layout["records"], (layout: Layout) => RecordReader> = {
  delimited: delimitedRecords,
  fixed: fixedRecords,
};

/** The reader for files of a layout. */
export const readerOf = (layout: Layout): RecordReader => readers[layout.records](layout);
