import { createHash } from "node:crypto";
import { once } from "node:events";
import { ReadableStream } from "node:stream/web";
import { Encrypter } from "age-encryption";
import { stringify } from "csv-stringify/sync";
import { pack } from "tar-stream";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { writeWhole } from "./sealed-file.ts";

/** A line of the index: what the contractor needs to print, fold and count, and nothing about the person. */
export interface IndexLine {
  file: string;
  /** Its first page in the file, from 1, and how many it has. */
  page: number;
  pages: number;
  pieceNumber: string;
  postalCode: string;
}

/** 目録: UTF-8 with BOM and CRLF, so that a spreadsheet opens it as it is. `number`: what the number of a piece is called. */
export function indexFile(lines: readonly IndexLine[], titles: { number: string }): Uint8Array {
  const table = stringify(
    lines.map((line, place) => [
      place + 1,
      line.file,
      line.page,
      line.pages,
      line.pieceNumber,
      line.postalCode,
    ]),
    {
      header: true,
      columns: ["通番", "ファイル名", "ページ", "ページ数", titles.number, "郵便番号"],
      bom: true,
      record_delimiter: "\r\n",
      quoted: true,
    },
  );
  return new TextEncoder().encode(table);
}

export interface ManifestFile {
  name: string;
  pieces: number;
  pages: number;
  firstNumber: string | null;
  lastNumber: string | null;
  bytes: number;
  sha256: string;
}

export interface Manifest {
  run: string;
  title: string;
  date: string;
  pieces: number;
  pages: number;
  firstNumber: string | null;
  lastNumber: string | null;
  /** 欠番: numbers that were given and are in no file, such as of a person protected since. */
  missingNumbers: readonly string[];
  files: readonly ManifestFile[];
  index: ManifestFile;
}

export const manifestFile = (manifest: Manifest): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify({ format: 2, ...manifest }, null, 2)}\n`);

/** A file on its way into the package; read only when its turn comes. */
export interface PackageEntry {
  name: string;
  read(): Promise<Uint8Array>;
}

/** The entries as a tar, one in memory at a time; equal entries make equal bytes. */
export async function* tar(
  entries: Iterable<PackageEntry>,
  date: IsoDate,
): AsyncGenerator<Uint8Array> {
  const archive = pack();
  const mtime = new Date(`${date}T00:00:00+09:00`);
  const filling = (async () => {
    for (const { name, read } of entries) {
      const bytes = await read();
      const entry = archive.entry({ name, size: bytes.length, mode: 0o600, mtime });
      entry.end(bytes);
      await once(entry, "finish");
    }
    archive.finalize();
  })().catch((error: Error) => archive.destroy(error));
  yield* archive as AsyncIterable<Uint8Array>;
  await filling;
}

/** Encrypts a stream with age for a contractor's public key into a file. */
export async function encryptFor(
  publicKey: string,
  source: AsyncGenerator<Uint8Array>,
  path: string,
): Promise<{ bytes: number; sha256: string }> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(publicKey);
  // The stream types of Node and of the browser differ in name only.
  const plain = ReadableStream.from(source) as unknown as globalThis.ReadableStream<Uint8Array>;
  const encrypted = (await encrypter.encrypt(plain)) as unknown as ReadableStream<Uint8Array>;
  const hash = createHash("sha256");
  let bytes = 0;
  async function* counted() {
    for await (const part of encrypted) {
      hash.update(part);
      bytes += part.length;
      yield part;
    }
  }
  await writeWhole(path, counted());
  return { bytes, sha256: hash.digest("hex") };
}
