import { createPublicKey, hash, type KeyObject, sign, verify } from "node:crypto";

/**
 * The head of a seal as it leaves the machine: a signed note (C2SP signed-note), laid out like a checkpoint of a
 * transparency log: who speaks, number of the seal, its hash, and when it was made over how many records. What other
 * programs for such notes read and verify.
 */
export interface SealNote {
  number: bigint;
  digest: Buffer;
  /** Whole milliseconds. */
  sealedAt: Date;
  records: number;
}

/** Who speaks, and the name of the key. */
const origin = "madoguchi/audit";
const ed25519 = 1;

/** What is signed. */
export const noteText = ({ number, digest, sealedAt, records }: SealNote): string =>
  `${origin}\n${number}\n${digest.toString("base64")}\nsealed ${sealedAt.toISOString()}\nrecords ${records}\n`;

export const signNote = (note: SealNote, signingKey: KeyObject): Buffer =>
  sign(null, Buffer.from(noteText(note)), signingKey);

export const noteHolds = (note: SealNote, signature: Buffer, publicKey: KeyObject): boolean =>
  verify(null, Buffer.from(noteText(note)), publicKey, signature);

/** The whole note: what is signed, an empty line, and the signature under the name of its key. */
export function wholeNote(note: SealNote, signature: Buffer, publicKey: KeyObject): string {
  const signed = Buffer.concat([keyHash(publicKey), signature]).toString("base64");
  return `${noteText(note)}\n— ${origin} ${signed}\n`;
}

const layout =
  /^madoguchi\/audit\n(\d+)\n([\w+/=]+)\nsealed (\S+)\nrecords (\d+)\n\n— madoguchi\/audit ([\w+/=]+)\n$/;

/** Reads a note; nothing where it is none, or its signature is not of this key. */
export function readNote(text: string, publicKey: KeyObject): SealNote | undefined {
  const [, number, digest, sealedAt, records, signed] = layout.exec(text) ?? [];
  if (!number || !digest || !sealedAt || !records || !signed) return undefined;
  const note = {
    number: BigInt(number),
    digest: Buffer.from(digest, "base64"),
    sealedAt: new Date(sealedAt),
    records: Number(records),
  };
  const signature = Buffer.from(signed, "base64");
  const ours =
    !Number.isNaN(note.sealedAt.getTime()) &&
    signature.subarray(0, 4).equals(keyHash(publicKey)) &&
    noteHolds(note, signature.subarray(4), publicKey);
  return ours ? note : undefined;
}

/** Public half of the key that signs seals and certificates. */
export const publicHalf = (signingKey: KeyObject): KeyObject => createPublicKey(signingKey);

/** The first bytes of the hash of name and key, by which a reader finds the key. */
function keyHash(publicKey: KeyObject): Buffer {
  const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
  const named = Buffer.concat([Buffer.from(`${origin}\n`), Buffer.from([ed25519]), raw]);
  return hash("sha256", named, "buffer").subarray(0, 4);
}
