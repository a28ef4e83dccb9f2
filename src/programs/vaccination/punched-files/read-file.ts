import { createHash } from "node:crypto";
import { ReadableStream } from "node:stream/web";
import { Decrypter } from "age-encryption";
import { itemReader, missingColumns, orderOf } from "#src/platform/feeds/layout.ts";
import { readerOf } from "#src/platform/feeds/records/readers.ts";
import { NoRecords } from "#src/platform/feeds/records/record.ts";
import { Problem } from "#src/platform/problem.ts";
import { figures } from "#workflows/text/widths.ts";
import { type PunchedItem, punchedItems, type SealedRow } from "./items.ts";
import type { PunchedLayout } from "./layouts.ts";

const refusal = (message: string) => new Problem({ status: 422, message });

/** What the first line of a file says of it: `HD,1,委託先,注文番号,件数,SHA-256`. */
export interface PunchedHeader {
  contractor: string;
  orderNumber: string;
  rows: number;
  checksum: string;
}

type Bytes = AsyncIterable<Uint8Array>;

/**
 * What a contractor sent, decrypted as it comes; memory stays flat.
 *
 * @param identities secret keys of the city, `AGE-SECRET-KEY-1…`
 * @throws Problem 422 where it is not encrypted, or to none of these keys
 */
export async function decrypted(source: Bytes, identities: readonly string[]): Promise<Bytes> {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  try {
    const stream = ReadableStream.from(source) as unknown as globalThis.ReadableStream<Uint8Array>;
    return (await decrypter.decrypt(stream)) as unknown as Bytes;
  } catch {
    throw refusal(
      "暗号を解けません。市の公開鍵で暗号化したファイル（age）かどうか、委託先に確かめてください。",
    );
  }
}

/** The lines before the rows: our header and the headings, as far as the layout has them; with what follows. */
async function splitHead(source: Bytes, lines: number): Promise<{ head: Buffer[]; rest: Bytes }> {
  const parts = source[Symbol.asyncIterator]();
  let held = Buffer.alloc(0);
  const head: Buffer[] = [];
  while (head.length < lines) {
    const end = held.indexOf(0x0a);
    if (end >= 0) {
      head.push(held.subarray(0, end));
      held = held.subarray(end + 1);
      continue;
    }
    const { value, done } = await parts.next();
    if (done || held.length > 1 << 20)
      throw refusal(
        held.length === 0 && head.length === 0 ? "ファイルが空です。" : "見出しの行がありません。",
      );
    held = Buffer.concat([held, value]);
  }
  async function* rest() {
    if (held.length > 0) yield held;
    for (let next = await parts.next(); !next.done; next = await parts.next()) yield next.value;
  }
  return { head, rest: rest() };
}

/** The header line of a file. @throws Problem 422 */
export function readHeader(line: Uint8Array): PunchedHeader {
  const text = new TextDecoder()
    .decode(line)
    .replace(/^\ufeff/, "")
    .trim();
  const [mark, version, contractor = "", orderNumber = "", rows = "", checksum = "", ...more] =
    text.split(",");
  if (mark !== "HD" || version !== "1" || more.length > 0 || !/^\d{1,7}$/.test(rows))
    throw refusal("先頭の行（HD）が取り決めと違います。");
  return { contractor, orderNumber, rows: Number(rows), checksum: checksum.toLowerCase() };
}

/** A file on its way in: what its header says, and its rows; `sum` once all rows were read. */
export interface ReadFile {
  header: PunchedHeader | undefined;
  encoding: "utf-8" | "shift_jis";
  rows: AsyncIterable<SealedRow[]>;
  /** Of everything behind the header, and how many bytes that is. */
  sum(): { digest: string; bytes: number };
}

/**
 * Reads a file by its layout, lot by lot. UTF-8 and Shift_JIS are told apart by the headings, whichever the layout names. Rows that
 * cannot be cut into their items stay rows.
 *
 * @throws Problem 422 where header or headings are not the agreed ones
 */
export async function readPunched(
  { layout, header: wanted }: PunchedLayout,
  source: Bytes,
  rowsEach: number,
): Promise<ReadFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  const { head, rest } = await splitHead(source, wanted ? 1 : 0);
  const header = head[0] && readHeader(head[0]);
  async function* counted() {
    for await (const part of rest) {
      hash.update(part);
      bytes += part.length;
      yield part;
    }
  }
  const below = await splitHead(counted(), layout.headings ? 1 : 0);
  const asAgreed = { ...layout, headings: false };
  let order: readonly number[] = layout.columns.map((_, place) => place);
  let encoding = layout.encoding;
  if (below.head[0]) {
    const found = headingsOf(layout, below.head[0]);
    order = found.order;
    encoding = found.encoding;
  }
  const used = { ...asAgreed, encoding };
  return {
    header,
    encoding,
    rows: rowsOf(used, order, below.rest, rowsEach),
    sum: () => ({ digest: hash.copy().digest("hex"), bytes }),
  };
}

type Layout = PunchedLayout["layout"];

/** In which order the columns stand, and in which encoding the headings can be read. */
function headingsOf(
  layout: Layout,
  line: Uint8Array,
): { order: number[]; encoding: Layout["encoding"] } {
  const other = layout.encoding === "utf-8" ? "shift_jis" : "utf-8";
  let told = "見出しの行が読めません。";
  for (const encoding of [layout.encoding, other] as const) {
    const [headings] = readerOf({ ...layout, encoding }).read(withoutMark(line));
    if (!headings || typeof headings === "string") continue;
    const found = orderOf(layout, headings);
    if ("order" in found) return { order: found.order, encoding };
    if (encoding === layout.encoding)
      told =
        "surplus" in found
          ? `${found.surplus}列目の見出しが取り決めにありません。`
          : `${missingColumns(found.missing)}の列がありません。`;
  }
  throw refusal(told);
}

const withoutMark = (line: Uint8Array): Uint8Array =>
  line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? line.subarray(3) : line;

async function* rowsOf(
  layout: Layout,
  order: readonly number[],
  source: Bytes,
  rowsEach: number,
): AsyncGenerator<SealedRow[]> {
  const reader = readerOf(layout);
  const toItems = itemReader(layout, { items: punchedItems }, order);
  let lot: SealedRow[] = [];
  try {
    for await (const cut of reader.cut(source, rowsEach)) {
      for (const record of reader.read(cut.bytes)) {
        lot.push(rowOf(layout, order, record, toItems));
        if (lot.length < rowsEach) continue;
        yield lot;
        lot = [];
      }
    }
  } catch (error) {
    if (error instanceof NoRecords) throw refusal("行に分かれていないため読めません。");
    throw error;
  }
  if (lot.length > 0) yield lot;
}

function rowOf(
  layout: Layout,
  order: readonly number[],
  record: readonly string[] | string,
  toItems: ReturnType<typeof itemReader>,
): SealedRow {
  if (typeof record === "string") return { raw: {}, unreadable: { code: record, fields: [] } };
  const { items, errors } = toItems(record);
  const whole = errors.find(({ field, code }) => field === "row" || signs.has(code));
  if (whole) return { raw: {}, unreadable: { code: whole.code, fields: record } };
  const raw: Partial<Record<PunchedItem, string>> = {};
  for (const [item, text] of Object.entries(items))
    if (text !== "") raw[item as PunchedItem] = text;
  // What cannot be read as a date or a code stays as it came, to be seen and corrected.
  for (const { field } of errors) {
    const place = order.findIndex((column) => layout.columns[column]?.item === field);
    raw[field as PunchedItem] = (record[place] ?? "").trim().slice(0, 200);
  }
  return { raw: { ...raw, ...(raw.coupon && { coupon: figures(raw.coupon) }) } };
}

/** Signs that no text may hold: the row is not taken apart. */
const signs = new Set<string>(["control", "replacement", "invisible", "noncharacter"]);
