import type { feedImport, feedLot } from "#db/schema/feeds.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { getSealedOne } from "../vault/index.ts";
import type { Work } from "../work.ts";
import type { RowError } from "./errors.ts";
import type { Feed } from "./kind.ts";
import { itemReader } from "./layout.ts";
import { readRecords } from "./records.ts";

export type ImportRow = typeof feedImport.$inferSelect;
export type LotRow = typeof feedLot.$inferSelect;

/** The rows of a lot, judged one by one. */
export interface ReadLot<Row> {
  good: { number: number; row: Row; sourceId: string }[];
  bad: { number: number; errors: RowError[]; sourceId: string | undefined }[];
}

/** Opens the lines of a lot and judges each by itself. */
export async function readLot<Row>(
  work: Work,
  { kind, layout }: Feed<Row>,
  entry: Pick<ImportRow, "columnOrder" | "fileDate">,
  lot: LotRow,
): Promise<ReadLot<Row>> {
  const bytes = await getSealedOne<Uint8Array>(work, lot.sealedId);
  const toItems = itemReader(layout, kind, entry.columnOrder);
  const read: ReadLot<Row> = { good: [], bad: [] };
  for (const [at, record] of readRecords(bytes, layout).entries()) {
    const number = lot.firstRow + at;
    const refuse = (errors: RowError[], sourceId?: string) =>
      read.bad.push({ number, errors, sourceId: sourceId || undefined });
    if (typeof record === "string") {
      refuse([{ field: "row", code: record }]);
      continue;
    }
    const { items, errors } = toItems(record);
    const judged = errors.length > 0 ? { errors } : kind.read(items, entry.fileDate as IsoDate);
    const sourceId = items[kind.sourceItem] ?? "";
    if ("row" in judged) read.good.push({ number, row: judged.row, sourceId });
    else refuse(judged.errors, sourceId);
  }
  return read;
}
