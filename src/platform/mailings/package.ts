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
  /** Where pieces go together. */
  envelope?: IndexEnvelope;
}

/** The envelope of a piece as its sheets are marked. */
export interface IndexEnvelope {
  /** `M000012-0003-0045` */
  name: string;
  /** The how manyth piece of how many. */
  place: number;
  pieces: number;
  /** Sheets of the envelope with its 宛名用紙, and the page of the file on which they begin. */
  sheets: number;
  page: number;
}

/** 目録: UTF-8 with BOM and CRLF, so that a spreadsheet opens it as it is. `number`: what the number of a piece is called. */
export function indexFile(lines: readonly IndexLine[], titles: { number: string }): Uint8Array {
  const bundled = lines.some(({ envelope }) => envelope);
  const envelopeColumns = [
    "封筒番号",
    "封筒内の順",
    "封筒の通数",
    "封筒の枚数",
    "封筒の先頭ページ",
  ];
  const table = stringify(
    lines.map((line, place) => [
      place + 1,
      line.file,
      line.page,
      line.pages,
      line.pieceNumber,
      line.postalCode,
      ...envelopeOf(line),
    ]),
    {
      header: true,
      columns: ["通番", "ファイル名", "ページ", "ページ数", titles.number, "郵便番号"].concat(
        bundled ? envelopeColumns : [],
      ),
      bom: true,
      record_delimiter: "\r\n",
      quoted: true,
    },
  );
  return new TextEncoder().encode(table);
}

const envelopeOf = ({ envelope }: IndexLine) =>
  envelope ? [envelope.name, envelope.place, envelope.pieces, envelope.sheets, envelope.page] : [];

/** How many pages lines fill, with those on top of the envelopes. */
export function pagesOf(lines: readonly IndexLine[]): number {
  const sheets = new Map<string, number>();
  let alone = 0;
  for (const { envelope, pages } of lines)
    if (envelope) sheets.set(envelope.name, envelope.sheets);
    else alone += pages;
  return sheets.values().reduce((sum, own) => sum + own, alone);
}

/** How many envelopes lines fill: one each, where pieces do not go together. */
export const envelopesAmong = (lines: readonly IndexLine[]): number =>
  new Set(lines.map(({ envelope }, place) => envelope?.name ?? place)).size;

export interface ManifestFile {
  name: string;
  pieces: number;
  pages: number;
  /** Told where pieces go together. */
  envelopes?: number | undefined;
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
  envelopes?: number | undefined;
  firstNumber: string | null;
  lastNumber: string | null;
  /** 欠番: numbers that were given and are in no file, such as of a person protected since. */
  missingNumbers: readonly string[];
  files: readonly ManifestFile[];
  index: ManifestFile;
}

/** Format 2; 3 where pieces go together, which tells the number of envelopes. */
export const manifestFile = (manifest: Manifest): Uint8Array => {
  const format = manifest.envelopes === undefined ? 2 : 3;
  return new TextEncoder().encode(`${JSON.stringify({ format, ...manifest }, null, 2)}\n`);
};

/** A file on its way into the package; read only when its turn comes. */
export interface PackageEntry {
  name: string;
  read(): Promise<Uint8Array>;
}

/** The entries as a tar, one in memory at a time; equal entries make equal bytes. */
export async function* tar(
  entries: Iterable<PackageEntry> | AsyncIterable<PackageEntry>,
  date: IsoDate,
): AsyncGenerator<Uint8Array> {
  const archive = pack();
  const mtime = new Date(`${date}T00:00:00+09:00`);
  const filling = (async () => {
    for await (const { name, read } of entries) {
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
