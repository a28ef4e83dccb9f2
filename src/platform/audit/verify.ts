import { createHash, type KeyObject } from "node:crypto";
import { findGaps, type Gaps } from "./gaps.ts";
import { faultsOfTables } from "./guards.ts";
import { type HeadPlaces, HeadReader, headsFiles } from "./heads.ts";
import { IdSet } from "./id-set.ts";
import { findStrays } from "./loose.ts";
import { Faults, type Reader, type Reading } from "./reading.ts";
import { type SealPage, sealPages } from "./seal-pages.ts";
import { TimeOrder } from "./time-order.ts";
import { faultsOfSeal } from "./verify-seal.ts";

/** What a verification found; `faults` empty means every record is as it was written. */
export interface AuditVerification {
  records: number;
  seals: number;
  /** Records written since the last seal. */
  unsealed: number;
  /** The first of them; how many there are says `faultCount`. */
  faults: string[];
  faultCount: number;
  /** Record numbers that are missing. */
  gaps: Gaps;
}

/** How far a verification is. */
export interface VerificationProgress {
  records: number;
  seals: number;
}

/**
 * Re-reads every record and every seal page by page and computes all hashes from the raw columns, apart from the functions
 * of the database. Finds changed, removed, added, back-dated and re-ordered records, cut ends (against the heads kept
 * outside, in every place), foreign signatures, and numbers that are missing. Takes as much memory for ten million
 * records as for ten thousand, and a bit for each.
 *
 * @param reading runs reads on a connection that may read all of `audit`
 */
export async function verifyAudit(
  reading: Reading,
  options: HeadPlaces & {
    publicKey: KeyObject;
    progress?: (so: VerificationProgress) => Promise<void>;
  },
): Promise<AuditVerification> {
  const faults = new Faults();
  for (const fault of await reading((sql) => Array.fromAsync(faultsOfTables(sql))))
    faults.add(fault);
  const chain = new Chain(options, faults);
  for await (const seals of sealPages(reading)) {
    for (const seal of seals) await chain.add(seal);
    await options.progress?.(chain);
  }
  await chain.end();
  const { known, lastSeal, records, seals } = chain;
  const unsealed = await findStrays(reading, { known, lastSeal, faults });
  for (const id of await reading(changedBeforeSeal))
    faults.add(`記録 ${id}: 封印の前に書き換えられたか、消されています`);
  const gaps = await findGaps(reading, known, chain.firstCounted ?? Number.POSITIVE_INFINITY);
  const { sentences, count } = faults;
  return { records, seals, unsealed, faults: sentences, faultCount: count, gaps };
}

/** The seals one after the other, beside the heads that were kept of them. */
class Chain {
  readonly known = new IdSet();
  readonly #faults: Faults;
  readonly #heads: { place: string; reader: HeadReader }[];
  readonly #publicKey: KeyObject;
  readonly #times = new TimeOrder();
  #previous: Buffer = createHash("sha256").update("madoguchi").digest();
  records = 0;
  seals = 0;
  lastSeal = 0n;
  /** The first record since numbers are accounted for. */
  firstCounted: number | undefined;

  constructor(options: HeadPlaces & { publicKey: KeyObject }, faults: Faults) {
    this.#faults = faults;
    this.#publicKey = options.publicKey;
    this.#heads = headsFiles(options).map((file, n) => ({
      place: n === 0 ? "外部の控え" : "別の場所の控え",
      reader: new HeadReader(file, options.publicKey),
    }));
  }

  async add(seal: SealPage): Promise<void> {
    const add = (fault: string) => this.#faults.add(`封印 ${seal.number}: ${fault}`);
    if (seal.number !== this.lastSeal + 1n) add("番号が続いていません");
    if (!seal.previous.equals(this.#previous)) add("前の封印とつながりません");
    for (const fault of faultsOfSeal(seal, this.#publicKey)) add(fault);
    for (const fault of this.#times.faultsOf(seal)) add(fault);
    for (const id of seal.recordIds)
      if (!this.#add(id)) add(`記録 ${id} が二重に封印されているか、番号がありえません`);
    for (const { place, reader } of this.#heads) {
      const head = await reader.take(seal.number);
      if (!head) add(`${place}にありません`);
      else if (!head.digest.equals(seal.digest)) add(`${place}と一致しません`);
    }
    if (seal.version !== 1) this.firstCounted ??= Math.min(...seal.recordIds);
    this.seals += 1;
    this.records += seal.rows.length;
    this.#previous = seal.digest;
    this.lastSeal = seal.number;
  }

  #add = (id: number) => id > 0 && id < highestNumber && this.known.add(id);

  async end(): Promise<void> {
    for (const { place, reader } of this.#heads) {
      for (const number of await reader.left())
        this.#faults.add(`封印 ${number}: ${place}にありますが、データベースにありません`);
      if (reader.unreadable > 0)
        this.#faults.add(
          `${place}に、読めないか署名の合わない行が ${reader.unreadable} 行あります`,
        );
    }
  }
}

/** No log gets so far; a number made up must not fill the memory. */
const highestNumber = 4_000_000_000;

/** Records that the sealer found changed or gone. */
async function changedBeforeSeal(sql: Reader): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select jsonb_array_elements_text(r.detail -> 'records') as id from only audit.record r
     where r.kind = 'log' and r.action = 'audit.changed-before-seal' limit 200`;
  return rows.map(({ id }) => id);
}
