import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { unwritableIn } from "#workflows/text/signs.ts";
import { isEmptyRecord, type Layout, orderOf, parseLayout } from "../../feeds/layout.ts";
import { readerOf } from "../../feeds/records/readers.ts";
import { NoRecords } from "../../feeds/records/record.ts";
import type { Platform } from "../../platform.ts";
import { Problem } from "../../problem.ts";
import { type ClaimRowItem, claimRowItems, type RawRow, type SealedRow } from "./items.ts";
import standard from "./layout.json" with { type: "json" };

const kind = { id: "claims", items: claimRowItems };
/** Rows of a file at most: more is no file of claims of a city. */
export const mostRows = 20_000;

/** The column maps in which a file of claims may come: ours, and those of the data folder (`claim-layouts/*.json`). */
export async function claimLayouts({ dataFolder }: Platform): Promise<Layout[]> {
  const folder = join(dataFolder, "claim-layouts");
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json"));
  const texts = names.toSorted().map((name) => readFile(join(folder, name), "utf8"));
  const maps = (await Promise.all(texts)).map((text) => parseLayout(JSON.parse(text), kind));
  return [parseLayout(standard, kind), ...maps];
}

/** A row with its line, as a spreadsheet counts. */
export interface ReadRow extends SealedRow {
  line: number;
}

/**
 * All rows of a file, each as it came. UTF-8 and Shift_JIS are told apart by the headings, whichever the map names; rows that
 * cannot be cut into their items stay rows.
 *
 * @throws Problem 422 where the headings are not those of the map, or there is no row
 */
export async function readClaimFile(layout: Layout, bytes: Uint8Array): Promise<ReadRow[]> {
  if (bytes.length === 0) throw refusal("ファイルが空です。");
  const other = layout.encoding === "utf-8" ? "shift_jis" : "utf-8";
  const asAgreed = await attempt(layout, bytes);
  if (Array.isArray(asAgreed)) return asAgreed;
  const otherwise = await attempt({ ...layout, encoding: other }, bytes);
  if (Array.isArray(otherwise)) return otherwise;
  throw refusal(asAgreed);
}

const refusal = (message: string) => new Problem({ status: 422, message });

/** The rows in the encoding of the map, or why the file as a whole cannot be read. */
async function attempt(layout: Layout, bytes: Uint8Array): Promise<ReadRow[] | string> {
  const reader = readerOf(layout);
  const rows: ReadRow[] = [];
  let order: number[] | undefined = layout.headings
    ? undefined
    : layout.columns.map((_, place) => place);
  try {
    for await (const lot of reader.cut(whole(bytes), 1_000)) {
      const records = reader.read(lot.bytes);
      let line = lot.firstRow;
      if (!order) {
        const headings = records.shift();
        line += 1;
        if (!headings || typeof headings === "string") return "見出しの行が読めません。";
        const found = orderOf(layout, headings);
        if ("surplus" in found) return `${found.surplus}列目の見出しが取り決めにありません。`;
        if ("missing" in found) return `「${found.missing}」の列がありません。`;
        order = found.order;
      }
      for (const record of records) {
        if (rows.length >= mostRows)
          return `1つのファイルは${mostRows.toLocaleString("ja-JP")}行までです。`;
        if (typeof record === "string" || !isEmptyRecord(record))
          rows.push({ line, ...rowOf(layout, order, record) });
        line += 1;
      }
    }
  } catch (error) {
    if (error instanceof NoRecords) return "行に分かれていないため読めません。";
    throw error;
  }
  return rows.length === 0 ? "申請の行がありません。" : rows;
}

async function* whole(bytes: Uint8Array) {
  yield bytes;
}

function rowOf(
  layout: Layout,
  order: readonly number[],
  record: readonly string[] | string,
): SealedRow {
  if (typeof record === "string" || record.length !== layout.columns.length)
    return { raw: {}, unreadable: true };
  const raw: Partial<Record<ClaimRowItem, string>> = {};
  for (const [at, field] of record.entries()) {
    const column = layout.columns[order[at] ?? -1];
    if (!column) continue;
    if (unwritableIn(field)) return { raw: {}, unreadable: true };
    const text = field.trim();
    if (text === "" || column.empty?.includes(text)) continue;
    raw[column.item as ClaimRowItem] = (column.codes?.[text] ?? text).slice(0, 200);
  }
  return { raw: raw as RawRow };
}
