import { Encrypter } from "age-encryption";
import { stringify } from "csv-stringify/sync";
import type { ProvidedLine } from "./items.ts";

/** What is provided as a table (UTF-8 with BOM, CRLF), encrypted for the recipient alone. `publicKey`: `age1…`. */
export async function fileFor(
  publicKey: string,
  lines: readonly ProvidedLine[],
): Promise<Uint8Array> {
  const table = stringify([lines.map(({ value }) => value)], {
    header: true,
    columns: lines.map(({ title }) => title),
    bom: true,
    record_delimiter: "\r\n",
    quoted: true,
  });
  return encryptedFor(publicKey, new TextEncoder().encode(table));
}

/** Bytes that the recipient alone can read. `publicKey`: `age1…`. */
export async function encryptedFor(publicKey: string, bytes: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(publicKey);
  return encrypter.encrypt(bytes);
}
