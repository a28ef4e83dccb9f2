import { createHash } from "node:crypto";

/**
 * Columns of `audit.record` in the order of the table, all of which a seal covers; a test holds them against the
 * schema. A column that is added is written at the end and gets a version of the seal of its own.
 */
export const coveredColumns = [
  "id",
  "at",
  "business_date",
  "kind",
  "action",
  "staff_id",
  "office_code",
  "address",
  "session_id",
  "purpose",
  "reason",
  "program",
  "case_id",
  "person_number",
  "items",
  "detail",
  "staff_name",
] as const;

type Column = (typeof coveredColumns)[number];

/** What the seals of the first version do not cover. */
export const laterColumns = ["staff_name"] as const satisfies readonly Column[];

/** Hash of a record as the server sends it (`record_send`), as it is kept until the seal is written. */
export const rowDigest = (row: Buffer): Buffer => createHash("sha256").update(row).digest();

/** A record as the server sends it: the number of its columns, and of each its type, its length (-1 for null), its bytes. */
export class SentRow {
  readonly #row: Buffer;
  readonly id: number;
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;

  constructor(row: Buffer) {
    this.#row = row;
    this.id = Number(row.readBigInt64BE(firstField));
    this.at = Number(row.readBigInt64BE(secondField) / 1000n) + startOfServerTime;
  }

  /** Bytes of a column; nothing for null. */
  bytes(column: Column): Buffer | undefined {
    const start = this.#startOf(coveredColumns.indexOf(column));
    const length = start < this.#row.length ? this.#row.readInt32BE(start + 4) : -1;
    return length < 0 ? undefined : this.#row.subarray(start + 8, start + 8 + length);
  }

  /** All that a seal covers: without columns that came later. */
  get covered(): Buffer {
    if (this.#row.readInt32BE(0) === coveredColumns.length) return this.#row;
    const cut = Buffer.from(this.#row.subarray(0, this.#startOf(coveredColumns.length)));
    cut.writeInt32BE(coveredColumns.length);
    return cut;
  }

  #startOf(place: number): number {
    let at = 4;
    for (let n = 0; n < place && at < this.#row.length; n++)
      at += 8 + Math.max(0, this.#row.readInt32BE(at + 4));
    return at;
  }
}

/** `id` and `at`, which are never null, lie at fixed places. */
const firstField = 4 + 8;
const secondField = firstField + 8 + 8;

/** 2000-01-01, from which the server counts. */
const startOfServerTime = Date.UTC(2000, 0, 1);

/**
 * Hash of a seal: of the seal before, of its own number, and of every record in the order of their numbers, each with the
 * length of its fields before them, so that no two sets of records read alike.
 */
export function sealDigest(previous: Buffer, number: bigint, rows: Iterable<SentRow>): Buffer {
  const place = Buffer.alloc(8);
  place.writeBigInt64BE(number);
  const hash = createHash("sha256").update(previous).update(place);
  for (const { covered } of rows) hash.update(covered);
  return hash.digest();
}
