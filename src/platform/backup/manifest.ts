import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { StartProblem } from "#db/server/start-problem.ts";
import { sumOf } from "./encrypted-file.ts";

const fileSchema = z.object({
  file: z.string().regex(/^[a-z0-9.-]+$/),
  sum: z.string(),
});

const manifestSchema = z.object({
  format: z.literal(1),
  /** When the state was taken that the backup holds, by the clock of the database. */
  at: z.iso.datetime(),
  /** Hashes of the migrations, in their order, and of the SQL files. */
  version: z.array(z.string()),
  tables: z.array(
    fileSchema.extend({
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.number(),
      content: z.string(),
    }),
  ),
  sequences: z.array(z.object({ name: z.string(), last: z.string() })),
  /** Files of the data folder by their path in it. */
  files: z.array(fileSchema.extend({ path: z.string() })),
  /** Number of the last seal. */
  lastSeal: z.string(),
});

/** What a backup holds. Says nothing about a person. Written last: without it there is no backup. */
export type Manifest = z.output<typeof manifestSchema>;

const name = "manifest.json";

/** Writes the manifest with a signature, whole or not at all. */
export async function writeManifest(
  folder: string,
  manifest: Manifest,
  key: KeyObject,
): Promise<void> {
  const text = JSON.stringify(manifest);
  const signature = sign(null, Buffer.from(text), key).toString("base64");
  const file = await open(join(folder, `${name}.part`), "w", 0o600);
  try {
    await file.writeFile(JSON.stringify({ text, signature }));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(join(folder, `${name}.part`), join(folder, name));
}

/**
 * Reads the manifest of a backup and holds every file against it.
 *
 * @param key the signing key, of the copy of the keys
 * @throws {@link StartProblem} where the backup was not finished, or anything of it is missing or was changed
 */
export async function readManifest(folder: string, key: KeyObject): Promise<Manifest> {
  const written = await readFile(join(folder, name), "utf8").catch(() => {
    throw new StartProblem(
      `${folder} に ${name} がありません。バックアップの途中で止まったものか、別のフォルダーです。戻すことはできません。`,
    );
  });
  const manifest = signedManifest(written, key);
  if (!manifest)
    throw new StartProblem(
      `${folder} の ${name} は、書かれたままのものではないか、別の鍵のものです。戻すことはできません。`,
    );
  for (const { file, sum } of [...manifest.tables, ...manifest.files])
    if ((await sumOf(join(folder, file))) !== sum)
      throw new StartProblem(
        `${folder} の ${file} がないか、書かれたままではありません。別のバックアップを使ってください。`,
      );
  return manifest;
}

function signedManifest(written: string, key: KeyObject): Manifest | undefined {
  try {
    const { text, signature } = JSON.parse(written) as { text: string; signature: string };
    const signed = verify(
      null,
      Buffer.from(text),
      createPublicKey(key),
      Buffer.from(signature, "base64"),
    );
    return signed ? manifestSchema.parse(JSON.parse(text)) : undefined;
  } catch {
    return undefined;
  }
}
