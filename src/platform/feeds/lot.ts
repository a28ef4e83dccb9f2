import type { feedImport, feedLot } from "#db/schema/feeds.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { getSealedOne } from "../vault/index.ts";
import type { Work } from "../work.ts";
import type { RowError } from "./errors.ts";
import type { RowItems } from "./items.ts";
import type { Feed } from "./kind.ts";
import { itemReader } from "./layout.ts";
import { readerOf } from "./records/readers.ts";

export type ImportRow = typeof feedImport.$inferSelect;
export type LotRow = typeof feedLot.$inferSelect;

/** A record that cannot be taken, with what could be read of it. */
export interface BadRecord {
  number: number;
  errors: RowError[];
  items: RowItems;
}

/** The rows of a lot, judged one by one. */
export interface ReadLot<Row> {
  good: { number: number; row: Row; items: RowItems }[];
  bad: BadRecord[];
}

/** The items of each record of some bytes, or with what faults they cannot be read. */
export function readItems(
  { kind, layout }: Pick<Feed, "kind" | "layout">,
  columnOrder: readonly number[],
  bytes: Uint8Array,
): { items: RowItems; errors: RowError[] }[] {
  const toItems = itemReader(layout, kind, columnOrder);
  return readerOf(layout)
    .read(bytes)
    .map((record) =>
      typeof record === "string"
        ? { items: {}, errors: [{ field: "row", code: record }] }
        : toItems(record),
    );
}

/** Opens the records of a lot and judges each by itself. */
export async function readLot<Row>(
  work: Work,
  { kind, layout }: Feed<Row>,
  entry: Pick<ImportRow, "columnOrder" | "fileDate">,
  lot: LotRow,
): Promise<ReadLot<Row>> {
  const bytes = await getSealedOne<Uint8Array>(work, lot.sealedId);
  const read: ReadLot<Row> = { good: [], bad: [] };
  const records = readItems({ kind: kind as Feed["kind"], layout }, entry.columnOrder, bytes);
  for (const [at, { items, errors }] of records.entries()) {
    const number = lot.keptRows?.[at] ?? lot.firstRow + at;
    const judged = errors.length > 0 ? { errors } : kind.read(items, entry.fileDate as IsoDate);
    if ("row" in judged) read.good.push({ number, row: judged.row, items });
    else read.bad.push({ number, errors: judged.errors, items });
  }
  return read;
}
