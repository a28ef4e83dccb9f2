import { z } from "zod";
import { type BirthDate, birthOfParts } from "#workflows/dates/birth-date.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { parseJapaneseDate, parsePackedBirth } from "#workflows/dates/wareki.ts";
import { unwritableIn } from "#workflows/text/signs.ts";
import type { RowError } from "./errors.ts";
import type { FeedItems, RowItems } from "./items.ts";

const column = z.strictObject({
  /** Heading in the file; in a file without headings for the reader of the map alone. */
  heading: z.string().min(1),
  /** Item of the kind. Several columns of one item are joined. */
  item: z.string().min(1),
  /** Values of the vendor and what they mean: the kind's own values. */
  codes: z.record(z.string(), z.string()).optional(),
  /** Values that mean nothing is there, such as `00000000`. */
  empty: z.array(z.string()).optional(),
  /** Whether a file with headings may come without the column: then nothing is told of its item. */
  optional: z.boolean().optional(),
  /** Width of the column in bytes, in records of fixed length. */
  bytes: z.number().int().positive().optional(),
});

const layoutShape = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  kind: z.string().min(1),
  /** Form of the records: fields between delimiters, or columns of fixed width. */
  records: z.enum(["delimited", "fixed"]).default("delimited"),
  encoding: z.enum(["utf-8", "shift_jis"]),
  delimiter: z.string().length(1).default(","),
  /** Whether the first line holds the headings; usual in delimited files, impossible in those of fixed width. */
  headings: z.boolean().optional(),
  /** Whether records of fixed length have an end of line each. */
  lineEnds: z.boolean().default(true),
  dates: z.enum(["YYYYMMDD", "YYYY-MM-DD", "YYYY/MM/DD", "GYYMMDD"]),
  /** Stands between the parts of an item that comes in several columns. */
  join: z.string().default("　"),
  /** Regular expression with the groups `date` (YYYYMMDD), `extent` (`full` or `diff`) and `sequence`. */
  fileName: z.string().min(1),
  columns: z.array(column).min(1),
});

/** How a vendor's file is laid out: the column map of `docs/feeds.md`. */
export interface Layout extends z.infer<typeof layoutShape> {
  headings: boolean;
}

/** The whole kind or the part that a file tells of. */
export type Extent = "full" | "diff";

/**
 * Reads a column map; throws an error that says what is wrong with it. Every item named must be one
 * of the kind, every required item must be there.
 */
export function parseLayout(json: unknown, kind: { id: string; items: FeedItems }): Layout {
  const read = layoutShape.parse(json);
  const layout = { ...read, headings: read.headings ?? read.records === "delimited" };
  const fixed = layout.records === "fixed";
  const faults = [
    ...(layout.kind === kind.id ? [] : [`kind is ${layout.kind}, not ${kind.id}`]),
    ...(fixed && layout.headings ? ["records of fixed length have no headings"] : []),
    ...layout.columns.flatMap(({ heading, bytes }) =>
      fixed === (bytes !== undefined)
        ? []
        : [`${heading}: ${fixed ? "its width in bytes is missing" : "a width has no meaning"}`],
    ),
    ...layout.columns.flatMap(({ heading, item, codes }) => {
      const known = kind.items[item];
      if (!known) return [`${heading}: no item ${item}`];
      if (typeof known.type === "string") return codes ? [`${heading}: ${item} has no codes`] : [];
      const values = known.type;
      return Object.values(codes ?? {}).flatMap((value) =>
        values.includes(value) ? [] : [`${heading}: ${item} has no value ${value}`],
      );
    }),
    ...Object.entries(kind.items).flatMap(([id, { required }]) =>
      required && !layout.columns.some(({ item, optional }) => item === id && !optional)
        ? [`${id} is missing`]
        : [],
    ),
  ];
  if (faults.length > 0) throw new Error(`layout ${layout.id}: ${faults.join("; ")}`);
  return layout;
}

/** What the name of a file says of it; nothing when the name does not fit the layout. */
export function readFileName(
  layout: Layout,
  name: string,
): { fileDate: IsoDate; extent: Extent; sequence: number } | undefined {
  const { date = "", extent, sequence = "" } = new RegExp(layout.fileName).exec(name)?.groups ?? {};
  const fileDate = readDate("YYYYMMDD", date);
  if (!fileDate || (extent !== "full" && extent !== "diff") || !/^\d{1,9}$/.test(sequence)) return;
  return { fileDate, extent, sequence: Number(sequence) };
}

/**
 * Which column of the layout stands where in the file, from its headings in any order, optional ones perhaps nowhere; the
 * position of the first heading that does not belong, or the columns that are missing, when they are not the agreed ones.
 */
export function orderOf(
  layout: Layout,
  headings: readonly string[],
): { order: number[] } | { surplus: number } | { missing: readonly [string, ...string[]] } {
  const order = headings.map((heading) =>
    layout.columns.findIndex((each) => each.heading === heading.trim()),
  );
  const surplus = order.findIndex((place, at) => place < 0 || order.indexOf(place) !== at);
  if (surplus >= 0) return { surplus: surplus + 1 };
  const [first, ...others] = layout.columns.flatMap(({ heading, optional }, place) =>
    optional || order.includes(place) ? [] : [heading],
  );
  return first === undefined ? { order } : { missing: [first, ...others] };
}

/** Columns that are missing, in words. */
export const missingColumns = (headings: readonly string[]): string =>
  headings.map((heading) => `「${heading}」`).join("");

/** Turns the fields of a row into items, dates and codes into those of the kind; with faults, into those that could be read. */
export function itemReader(
  layout: Layout,
  kind: { items: FeedItems },
  order: readonly number[],
): (fields: readonly string[]) => { items: RowItems; errors: RowError[] } {
  const columns = layout.columns.map(({ item, codes, empty = [] }, place) => {
    const type = kind.items[item]?.type ?? "text";
    return { at: order.indexOf(place), item, codes, empty, type };
  });
  const nothing = Object.fromEntries(Object.keys(kind.items).map((id) => [id, ""]));
  return (fields) => {
    if (isEmptyRecord(fields))
      return { items: nothing, errors: [{ field: "row", code: "empty-row" }] };
    if (fields.length !== order.length) {
      const code = fields.length < order.length ? "column-count" : "surplus-column";
      return { items: nothing, errors: [{ field: "row", code }] };
    }
    const items: Record<string, string> = { ...nothing };
    const errors: RowError[] = [];
    // Hardly any record holds one: looked for in all of it at once.
    const looked = unwritableIn(fields.join(" ")) !== undefined;
    for (const { at, item, codes, empty, type } of columns) {
      const field = fields[at] ?? "";
      const text = field.trim();
      if (empty.includes(text)) continue;
      const unwritable = looked ? unwritableIn(field) : undefined;
      if (unwritable) errors.push({ field: item, code: unwritable });
      else if (text === "") continue;
      else if (type === "date") {
        const date = readDate(layout.dates, text);
        if (date) items[item] = date;
        else errors.push({ field: item, code: "not-a-date" });
      } else if (type === "birth") {
        const birth = readBirth(layout.dates, text);
        if (birth) items[item] = birth;
        else
          errors.push({
            field: item,
            code: /^0[0/-]+$/.test(text) ? "birth-unknown" : "not-a-date",
          });
      } else if (type === "amount") {
        if (/^[+-]?\d{1,15}$/.test(text)) items[item] = String(Number(text));
        else errors.push({ field: item, code: "not-an-amount" });
      } else if (type === "text") {
        items[item] = items[item] ? items[item] + layout.join + text : text;
      } else {
        const value = codes ? codes[text] : text;
        if (value !== undefined && type.includes(value)) items[item] = value;
        else errors.push({ field: item, code: "unknown-code" });
      }
    }
    return { items, errors };
  };
}

/** Whether nothing stands in a record: what spreadsheets leave below the last row, or a row by mistake. */
export const isEmptyRecord = (fields: readonly string[]): boolean =>
  fields.every((field) => field.trim() === "" && unwritableIn(field) === undefined);

function readDate(format: Layout["dates"], text: string): IsoDate | undefined {
  if (format === "GYYMMDD")
    return /^[1-5MTSHR]\d{6}$/.test(text) ? parseJapaneseDate(text) : undefined;
  const iso = dashed(format, text);
  return isIsoDate(iso) ? iso : undefined;
}

/** The parts of a date of our count as `YYYY-MM-DD`, be it one or not. */
function dashed(format: Exclude<Layout["dates"], "GYYMMDD">, text: string): string {
  if (format === "YYYYMMDD") return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  return format === "YYYY/MM/DD" ? text.replaceAll("/", "-") : text;
}

/** A date of birth, in full or with zeros for what is unknown of it: `19280000`, `3030000`. */
function readBirth(format: Layout["dates"], text: string): BirthDate | undefined {
  if (format === "GYYMMDD")
    return /^[1-5MTSHR]\d{6}$/.test(text) ? parsePackedBirth(text) : undefined;
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(dashed(format, text)) ?? [];
  return year && month && day ? birthOfParts(year, month, day) : undefined;
}
