import { createHash, type KeyObject, verify } from "node:crypto";
import { laterColumns, sealDigest } from "./covered.ts";
import { noteHolds } from "./note.ts";
import type { SealPage } from "./seal-pages.ts";

/** What is wrong with one seal by itself: its records, its hash, its signature. */
export function* faultsOfSeal(seal: SealPage, publicKey: KeyObject): Generator<string> {
  const missing = seal.recordIds.length - seal.rows.length;
  if (missing > 0) yield `記録 ${missing} 件がありません`;
  if (!computed(seal).equals(seal.digest)) yield "記録の内容が封印と一致しません";
  if (!signed(seal, publicKey)) yield "署名が正しくありません";
  if (seal.version === 1) yield* beyondFirstVersion(seal);
}

function computed({ version, previous, number, rows, textDigests }: SealPage): Buffer {
  if (version !== 1) return sealDigest(previous, number, rows);
  const place = Buffer.alloc(8);
  place.writeBigInt64BE(number);
  const hash = createHash("sha256").update(previous).update(place);
  for (const digest of textDigests) hash.update(digest);
  return hash.digest();
}

function signed(seal: SealPage, publicKey: KeyObject): boolean {
  const { version, digest, signature, number, sealedAt, recordIds } = seal;
  if (version === 1) return verify(null, digest, publicKey, signature);
  const note = { number, digest, sealedAt, records: recordIds.length };
  return noteHolds(note, signature, publicKey);
}

/** What the hash of the first version does not tell apart, and what its release never wrote. */
function* beyondFirstVersion({ rows }: SealPage): Generator<string> {
  for (const row of rows) {
    const id = row.id;
    // Items were hashed in one line, with commas between them, and addresses without their mask.
    if (splitItems(row.bytes("items"))) yield `記録 ${id}: 項目の区切りが書き換えられています`;
    const address = row.bytes("address");
    if (address && address[1] !== (address[3] ?? 0) * 8)
      yield `記録 ${id}: 端末のアドレスの範囲が書き換えられています`;
    if (laterColumns.some((column) => row.bytes(column)))
      yield `記録 ${id}: 封印のあとに書き足されています`;
  }
}

/** Whether an array as the server sends it holds an item with a comma, or a null. */
function splitItems(array: Buffer | undefined): boolean {
  if (!array || array.readInt32BE(0) === 0) return false;
  const hasNull = array.readInt32BE(4) !== 0;
  return hasNull || array.subarray(20).includes(",");
}
