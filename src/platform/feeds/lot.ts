import type { feedImport, feedLot } from "#db/schema/feeds.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { getSealedOne } from "../vault/index.ts";
import type { Work } from "../work.ts";
import type { RowError } from "./errors.ts";
import type { RowItems } from "./items.ts";
import type { KeptRecord } from "./kept-records.ts";
import type { Feed } from "./kind.ts";
import { itemReader } from "./layout.ts";

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

/** The items of each record, or with what faults they cannot be read. */
export function readItems(
  { kind, layout }: Pick<Feed, "kind" | "layout">,
  columnOrder: readonly number[],
  records: readonly KeptRecord[],
): { items: RowItems; errors: RowError[] }[] {
  const toItems = itemReader(layout, kind, columnOrder);
  return records.map((record) => {
    if (typeof record === "string") return { items: {}, errors: [{ field: "row", code: record }] };
    if (!("surplus" in record)) return toItems(record);
    const { items, errors } = toItems(record.fields);
    const refused = record.surplus.map((field) => ({ field, code: "surplus-value" as const }));
    return { items, errors: [...errors, ...refused] };
  });
}

/**
 * Opens the records of a lot and judges each by itself. With their 個人番号 (`numbers`) only where they are
 * judged or written: the database opens those to the program's own account and to whoever holds their right.
 */
export async function readLot<Row>(
  work: Work,
  { kind, layout }: Feed<Row>,
  entry: Pick<ImportRow, "columnOrder" | "fileDate">,
  lot: LotRow,
  { numbers: withNumbers }: { numbers: boolean },
): Promise<ReadLot<Row>> {
  const kept = await getSealedOne<KeptRecord[]>(work, lot.sealedId);
  const numbers =
    withNumbers && lot.numbersId ? await getSealedOne<string[]>(work, lot.numbersId) : [];
  const numberItem = Object.keys(kind.items).find((id) => kind.items[id]?.isIndividualNumber);
  const read: ReadLot<Row> = { good: [], bad: [] };
  const records = readItems({ kind: kind as Feed["kind"], layout }, entry.columnOrder, kept);
  for (const [at, { items: cut, errors }] of records.entries()) {
    const items = numberItem ? { ...cut, [numberItem]: numbers[at] ?? "" } : cut;
    const number = lot.keptRows?.[at] ?? lot.firstRow + at;
    const judged = errors.length > 0 ? { errors } : kind.read(items, entry.fileDate as IsoDate);
    if ("row" in judged) read.good.push({ number, row: judged.row, items });
    else read.bad.push({ number, errors: judged.errors, items });
  }
  return read;
}
