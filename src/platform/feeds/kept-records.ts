import type { RowErrorCode } from "./errors.ts";
import type { Feed } from "./kind.ts";
import { isEmptyRecord, itemReader } from "./layout.ts";
import type { RecordFields } from "./records/record.ts";

/** A record as it is kept until the file is closed: its fields, or why it cannot be taken. */
export type KeptRecord = RowErrorCode | readonly string[] | WithSurplus;

/** A record that told what is not received in it: the values are gone, the items are named. */
interface WithSurplus {
  fields: readonly string[];
  surplus: readonly string[];
}

/** Records and, apart from them, the 個人番号 of each, which take a key and a right of their own. */
interface CutRecords {
  records: KeptRecord[];
  /** One text a record, in the same order; null where the layout has no such column. */
  numbers: string[] | null;
}

/**
 * Takes out of records what is not kept with them (ACQ-3): everything of a record that has too many or too few
 * fields, the values that are not received in it, and the 個人番号.
 *
 * @param columnOrder which column of the layout stands where in the file
 */
export function cutRecords(
  { kind, layout }: Feed,
  columnOrder: readonly number[],
  records: readonly RecordFields[],
): CutRecords {
  const toItems = itemReader(layout, kind, columnOrder);
  const columnsOf = (item: string) =>
    columnOrder.flatMap((place, at) => (layout.columns[place]?.item === item ? [at] : []));
  const without = (fields: readonly string[], columns: readonly number[]) =>
    columns.length > 0 ? fields.map((field, at) => (columns.includes(at) ? "" : field)) : fields;
  const ofNumbers = Object.entries(kind.items)
    .filter(([, { isIndividualNumber }]) => isIndividualNumber)
    .flatMap(([item]) => columnsOf(item));
  const numbers: string[] = [];
  const kept = records.map((record): KeptRecord => {
    numbers.push("");
    if (typeof record === "string") return record;
    if (isEmptyRecord(record)) return "empty-row";
    if (record.length !== columnOrder.length)
      return record.length < columnOrder.length ? "column-count" : "surplus-column";
    numbers[numbers.length - 1] = ofNumbers.map((at) => (record[at] ?? "").trim()).join("");
    const surplus = kind.surplusIn?.(toItems(record).items) ?? [];
    const fields = without(record, [...ofNumbers, ...surplus.flatMap(columnsOf)]);
    return surplus.length > 0 ? { fields, surplus } : fields;
  });
  return { records: kept, numbers: ofNumbers.length > 0 ? numbers : null };
}
