import { randomFillSync } from "node:crypto";

const pool = Buffer.alloc(16_384);
let taken = pool.length;

/**
 * Bytes of the system's generator for keys and nonces. It is asked for many at a time, since each question costs more than
 * the bytes; no byte is given twice, and none stays in the pool.
 *
 * @param length at most a few hundred
 */
export function randomPiece(length: number): Buffer {
  if (taken + length > pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  const piece = Buffer.from(pool.subarray(taken, taken + length));
  pool.fill(0, taken, taken + length);
  taken += length;
  return piece;
}
