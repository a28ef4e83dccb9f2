import type { KeyObject } from "node:crypto";
import { verify } from "node:crypto";
import { createReadStream } from "node:fs";
import { appendFile, mkdir, open, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { readNote } from "./note.ts";

/** A seal as it is kept outside the database. */
export interface SealHead {
  number: bigint;
  digest: Buffer;
}

/** Where the heads are kept: in the data folder, and where the administrator told so, in a folder elsewhere. */
export interface HeadPlaces {
  dataFolder: string;
  /** A folder on another machine, mounted here. */
  headsCopy?: string | undefined;
}

const fileIn = (folder: string) => join(folder, "heads.jsonl");

/** The file of heads in the data folder, and its copy where there is one. */
export const headsFiles = ({ dataFolder, headsCopy }: HeadPlaces): string[] => [
  fileIn(join(dataFolder, "seals")),
  ...(headsCopy ? [fileIn(headsCopy)] : []),
];

/** Adds a head to the file in the data folder. */
export async function keepHead(places: HeadPlaces, number: bigint, note: string): Promise<void> {
  const [file = ""] = headsFiles(places);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await appendFile(file, `${JSON.stringify({ number: number.toString(), note })}\n`, {
    mode: 0o600,
  });
}

/** Number of the head kept last in the data folder; none where there is no file. */
export async function lastKept(places: HeadPlaces): Promise<bigint | undefined> {
  const [file = ""] = headsFiles(places);
  const end = await bytesOf(file, -longestLine);
  const line = end.toString().trimEnd().split("\n").at(-1);
  if (!line) return undefined;
  try {
    return BigInt((JSON.parse(line) as { number: string }).number);
  } catch {
    return undefined;
  }
}

/**
 * Brings the copy to where the data folder is. Only adds: a copy that is longer, or goes another way, is evidence and
 * stays as it is.
 *
 * @throws Error when the folder cannot be written
 */
export async function copyHeads(places: HeadPlaces): Promise<void> {
  const [file = "", copy] = headsFiles(places);
  if (!copy) return;
  const [there, here] = [await sizeOf(copy), await sizeOf(file)];
  if (there >= here) return;
  const before = Math.min(there, longestLine);
  const added = await bytesOf(file, there - before);
  if (!added.subarray(0, before).equals(await bytesOf(copy, -before))) return;
  await mkdir(dirname(copy), { recursive: true });
  await appendFile(copy, added.subarray(before), { mode: 0o600 });
}

/** Longer than any line. */
const longestLine = 2048;

const sizeOf = async (file: string): Promise<number> =>
  (await stat(file).catch(() => undefined))?.size ?? 0;

/** The file from `start` on; counted from its end where negative. Empty where there is none. */
async function bytesOf(file: string, start: number): Promise<Buffer> {
  const size = await sizeOf(file);
  const from = start < 0 ? Math.max(0, size + start) : start;
  if (size <= from || (start === 0 && size === 0)) return Buffer.alloc(0);
  const handle = await open(file);
  try {
    const bytes = Buffer.alloc(size - from);
    await handle.read(bytes, 0, bytes.length, from);
    return bytes;
  } finally {
    await handle.close();
  }
}

/** Lines by which the heads of two processes may stand out of order. */
const mostOutOfOrder = 64;

/**
 * Reads the heads of a file beside the seals, whose numbers rise: never all of them at once. Heads of two processes may
 * stand a few lines out of order.
 */
export class HeadReader {
  readonly #lines: AsyncIterator<string>;
  readonly #waiting = new Map<bigint, SealHead>();
  /** The last heads that seals took, by number: one may be written twice by two processes that both saw it missing. */
  readonly #taken = new Map<bigint, SealHead>();
  readonly #publicKey: KeyObject;
  #ended = false;
  /** Lines that are no head, or not signed with the key. */
  unreadable = 0;

  constructor(file: string, publicKey: KeyObject) {
    this.#publicKey = publicKey;
    this.#lines = linesOf(file)[Symbol.asyncIterator]();
  }

  /** The head of a seal. */
  async take(number: bigint): Promise<SealHead | undefined> {
    while (!this.#ended && !this.#waiting.has(number) && this.#waiting.size < mostOutOfOrder)
      await this.#read();
    const found = this.#waiting.get(number);
    this.#waiting.delete(number);
    if (found) {
      this.#taken.set(number, found);
      if (this.#taken.size > mostOutOfOrder)
        this.#taken.delete(this.#taken.keys().next().value ?? 0n);
    }
    return found;
  }

  /** Numbers of heads that no seal took; the first of them, where there are many. */
  async left(): Promise<bigint[]> {
    while (!this.#ended && this.#waiting.size < mostOutOfOrder) await this.#read();
    return [...this.#waiting.keys()];
  }

  async #read(): Promise<void> {
    const { value, done } = await this.#lines.next();
    if (done) {
      this.#ended = true;
      return;
    }
    const head = readHead(value, this.#publicKey);
    const same = head && (this.#waiting.get(head.number) ?? this.#taken.get(head.number));
    if (!head || (same && !same.digest.equals(head.digest))) this.unreadable += 1;
    else if (!same) this.#waiting.set(head.number, head);
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  if ((await sizeOf(file)) === 0) return;
  for await (const line of createInterface({ input: createReadStream(file) })) if (line) yield line;
}

function readHead(line: string, publicKey: KeyObject): SealHead | undefined {
  try {
    const { note, number, digest, signature } = JSON.parse(line) as Record<string, string>;
    if (note) return readNote(note, publicKey);
    if (!number || !digest || !signature) return undefined;
    const bytes = Buffer.from(digest, "hex");
    const signed = verify(null, bytes, publicKey, Buffer.from(signature, "hex"));
    return signed ? { number: BigInt(number), digest: bytes } : undefined;
  } catch {
    return undefined;
  }
}
