import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { readFile } from "node:fs/promises";
import type postgres from "postgres";
import { headsFile, type SealHead } from "./sealing.ts";

/** A connection or a transaction that may read all of `audit`. */
type Reader = postgres.ISql<Record<never, never>>;

/** What a verification found; `faults` empty means every record is as it was written. */
export interface AuditVerification {
  records: number;
  seals: number;
  /** Records written since the last seal. */
  unsealed: number;
  faults: string[];
}

/**
 * Re-reads every record and every seal and computes all hashes anew, apart from the database that
 * wrote them. Finds changed, removed, added and re-ordered records, cut ends (against the heads kept
 * outside) and foreign signatures.
 *
 * @param admin a connection that may read all of `audit`
 */
export async function verifyAudit(
  admin: Reader,
  { dataFolder, publicKey }: { dataFolder: string; publicKey: KeyObject },
): Promise<AuditVerification> {
  const result: AuditVerification = { records: 0, seals: 0, unsealed: 0, faults: [] };
  const heads = await readHeads(dataFolder);
  let previous: Buffer = createHash("sha256").update("madoguchi").digest();
  let number = 0n;
  const query = admin<SealRow[]>`
    select number::text, previous, record_ids::text[] as record_ids, digest, signature
      from audit.seal order by audit.seal.number`;
  for await (const seals of query.cursor(50)) {
    for (const seal of seals) {
      number += 1n;
      result.seals += 1;
      result.records += seal.record_ids.length;
      const name = `封印 ${seal.number}`;
      if (BigInt(seal.number) !== number) result.faults.push(`${name}: 番号が続いていません`);
      if (!seal.previous.equals(previous)) result.faults.push(`${name}: 前の封印とつながりません`);
      const digest = await digestOf(admin, seal, result.faults);
      if (!digest.equals(seal.digest))
        result.faults.push(`${name}: 記録の内容が封印と一致しません`);
      if (!verify(null, seal.digest, publicKey, seal.signature)) {
        result.faults.push(`${name}: 署名が正しくありません`);
      }
      const head = heads.get(seal.number);
      if (head && head.digest !== seal.digest.toString("hex")) {
        result.faults.push(`${name}: 外部に控えた値と一致しません`);
      }
      heads.delete(seal.number);
      previous = seal.digest;
      number = BigInt(seal.number);
    }
  }
  for (const missing of heads.keys()) {
    result.faults.push(`封印 ${missing}: 外部の控えにありますがデータベースにありません`);
  }
  const [loose] = await admin<{ stray: string; waiting: string }[]>`
    select count(*) filter (where u.record_id is null) as stray, count(u.record_id) as waiting
      from audit.record r left join audit.unsealed u on u.record_id = r.id
     where not exists (select from audit.seal s where s.record_ids @> array[r.id])`;
  result.unsealed = Number(loose?.waiting ?? 0);
  if (Number(loose?.stray ?? 0) > 0) {
    result.faults.push(`封印の外にある記録が ${loose?.stray} 件あります`);
  }
  return result;
}

/** Public half of the key that signs seals and certificates. */
export const publicHalf = (signingKey: KeyObject): KeyObject => createPublicKey(signingKey);

interface SealRow {
  number: string;
  previous: Buffer;
  record_ids: string[];
  digest: Buffer;
  signature: Buffer;
}

async function digestOf(admin: Reader, seal: SealRow, faults: string[]): Promise<Buffer> {
  // As JSON, because the driver reads a NULL within an array as the word NULL.
  const rows = await admin<{ fields: (string | null)[] }[]>`
    select to_jsonb(audit.fields_of(r)) as fields from audit.record r
     where r.id = any(${seal.record_ids}::bigint[]) order by r.id`;
  if (rows.length !== seal.record_ids.length) {
    faults.push(`封印 ${seal.number}: 記録 ${seal.record_ids.length - rows.length} 件がありません`);
  }
  const hash = createHash("sha256")
    .update(seal.previous)
    .update(eightBytes(BigInt(seal.number)));
  for (const { fields } of rows) {
    hash.update(
      createHash("sha256")
        .update(Buffer.concat(fields.flatMap(framed)))
        .digest(),
    );
  }
  return hash.digest();
}

/** Each field with its length before it, so that no two records read alike. */
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

function eightBytes(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

async function readHeads(dataFolder: string): Promise<Map<string, SealHead>> {
  const text = await readFile(headsFile(dataFolder), "utf8").catch(() => "");
  const heads = text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as SealHead);
  return new Map(heads.map((head) => [head.number, head]));
}
