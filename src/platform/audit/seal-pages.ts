import { createHash } from "node:crypto";
import { SentRow } from "./covered.ts";
import type { Reader, Reading } from "./reading.ts";

/** A seal as its columns stand, with the records it names. */
export interface SealPage {
  number: bigint;
  version: number;
  previous: Buffer;
  recordIds: number[];
  digest: Buffer;
  signature: Buffer;
  sealedAt: Date;
  /** Those that are there, in the order of their numbers. */
  rows: SentRow[];
  /** Of a seal of the first version: the hash of each record's fields as text. */
  textDigests: Buffer[];
}

const sealsPerPage = 16;

/** All seals with their records, read page by page; the next page is read while one is looked through. */
export async function* sealPages(reading: Reading): AsyncGenerator<SealPage[]> {
  const page = (after: bigint) => {
    const read = reading((sql) => readPage(sql, after));
    // It is awaited below; what goes wrong meanwhile must not stand alone.
    read.catch(() => {});
    return read;
  };
  let next = page(-1n << 62n);
  for (;;) {
    const seals = await next;
    const last = seals.at(-1);
    if (!last) return;
    next = page(last.number);
    yield seals;
  }
}

interface SealColumns {
  number: string;
  version: number;
  previous: Buffer;
  ids: string;
  digest: Buffer;
  signature: Buffer;
  sealed_at: Date;
}

async function readPage(sql: Reader, after: bigint): Promise<SealPage[]> {
  const seals = await sql<SealColumns[]>`
    select number::text, version, previous, record_ids::text as ids, digest, signature, sealed_at
      from only audit.seal where number > ${after.toString()} order by audit.seal.number limit ${sealsPerPage}`;
  const pages = seals.map((seal) => ({
    number: BigInt(seal.number),
    version: seal.version,
    previous: seal.previous,
    recordIds: seal.ids.slice(1, -1).split(",").filter(Boolean).map(Number),
    digest: seal.digest,
    signature: seal.signature,
    sealedAt: new Date(seal.sealed_at),
  }));
  const rows = await rowsOf(
    sql,
    pages.flatMap(({ recordIds }) => recordIds),
  );
  const first = pages.filter(({ version }) => version === 1);
  const texts = await textsOf(
    sql,
    first.flatMap(({ recordIds }) => recordIds),
  );
  return pages.map((seal) => {
    const ids = [...seal.recordIds].sort((a, b) => a - b);
    const found = <T>(from: Map<number, T>) =>
      ids.flatMap((id) => (from.has(id) ? [from.get(id) as T] : []));
    return { ...seal, rows: found(rows), textDigests: seal.version === 1 ? found(texts) : [] };
  });
}

/** The records as the server sends them: raw columns, no function of this database. */
async function rowsOf(sql: Reader, ids: readonly number[]): Promise<Map<number, SentRow>> {
  const rows = await sql<{ row: Buffer }[]>`
    select pg_catalog.record_send(r) as row from only audit.record r where r.id = any(${listOf(ids)}::bigint[])`;
  return new Map(
    rows.map(({ row }) => {
      const sent = new SentRow(row);
      return [sent.id, sent];
    }),
  );
}

/** Hashes of records as the first release made them: every field as text, each with its length before it. */
async function textsOf(sql: Reader, ids: readonly number[]): Promise<Map<number, Buffer>> {
  if (ids.length === 0) return new Map();
  // As JSON, because the driver reads a NULL within an array as the word NULL.
  const rows = await sql<{ id: string; fields: (string | null)[] }[]>`
    select r.id::text, pg_catalog.to_jsonb(array[r.id::text,
             (extract(epoch from r.at) * 1000000)::bigint::text, pg_catalog.to_char(r.business_date, 'YYYY-MM-DD'),
             r.kind, r.action, r.staff_id::text, r.office_code, pg_catalog.host(r.address), r.session_id::text, r.purpose,
             r.reason, r.program, r.case_id::text, r.person_number, pg_catalog.array_to_string(r.items, ','),
             r.detail::text]) as fields
      from only audit.record r where r.id = any(${listOf(ids)}::bigint[])`;
  return new Map(
    rows.map(({ id, fields }) => [
      Number(id),
      createHash("sha256")
        .update(Buffer.concat(fields.flatMap(framed)))
        .digest(),
    ]),
  );
}

const listOf = (ids: readonly number[]) => `{${ids.join(",")}}`;

function framed(field: string | null): Buffer[] {
  const length = Buffer.alloc(4);
  if (field === null) {
    length.writeInt32BE(-1);
    return [length];
  }
  const bytes = Buffer.from(field);
  length.writeInt32BE(bytes.length);
  return [length, bytes];
}
