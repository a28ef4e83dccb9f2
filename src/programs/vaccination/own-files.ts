import { parse } from "csv-parse/sync";
import { schedule } from "#workflows/vaccination/schedule.ts";

/** 予防接種 as our own files and papers name it, or its id: `小児用肺炎球菌`, `麻しん風しん混合(MR) 1期`, `pcv`. */
const vaccines = new Map(
  schedule.flatMap(({ id, label, period }) => [
    [id as string, id as string],
    [[label, period].filter(Boolean).join(" "), id as string],
  ]),
);

/** The vaccine of a name in a file of ours; nothing where there is none. */
export const vaccineNamed = (text: string): string | undefined => vaccines.get(text.trim());

/** Columns by their headings: the records below the first line, and where each column stands. */
export interface ReadTable<Heading extends string> {
  records: readonly string[][];
  width: number;
  /** Headings that have to be there and are not. */
  missing: readonly Heading[];
  cell(record: readonly string[], heading: Heading): string;
}

/**
 * Reads a CSV file of ours (UTF-8 with or without BOM, or Shift_JIS) whose columns are found by their headings, in any order.
 *
 * @param aliases other words for the same columns
 * @returns nothing where it is no CSV
 */
export function readTable<Heading extends string>(
  bytes: Uint8Array,
  headings: readonly Heading[],
  needed: readonly Heading[],
  aliases: Readonly<Record<string, Heading>> = {},
): ReadTable<Heading> | undefined {
  let rows: string[][];
  try {
    rows = parse(decoded(bytes), { bom: true, relax_column_count: true, trim: true });
  } catch {
    return undefined;
  }
  const [head = [], ...records] = rows;
  const places = new Map<Heading, number>();
  head.forEach((heading, at) => {
    const known = headings.find((one) => one === heading) ?? aliases[heading];
    if (known && !places.has(known)) places.set(known, at);
  });
  return {
    records,
    width: head.length,
    missing: needed.filter((heading) => !places.has(heading)),
    cell: (record, heading) => record[places.get(heading) ?? -1] ?? "",
  };
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("shift_jis").decode(bytes);
  }
}
