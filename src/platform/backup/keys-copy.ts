import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { StartProblem } from "#db/server/start-problem.ts";
import type { KeyStore } from "../vault/key-store.ts";
import { openKeyStore } from "../vault/open-key-store.ts";
import type { Work } from "../work.ts";
import { readEncrypted, writeEncrypted } from "./encrypted-file.ts";
import type { BackupSettings } from "./settings.ts";
import { keyPlaces } from "./tables.ts";

/** What leads the copy: when it was made, and the secrets by name. */
interface Head {
  format: 1;
  at: string;
  secrets: Record<string, string>;
}

export const keysFile = (folder: string): string => join(folder, "keys.age");

const keysPerPage = 2_000;
const secretNames = /^(epoch-\d+\.key|search\.key|signing\.pem)$/;

/**
 * Replaces the copy of the keys: the secrets and every wrapped key, in one file. The one before is overwritten, so that
 * what was erased since is opened by nobody. Copying and the destroying of secrets never run beside each other: the lock
 * is held until the transaction ends.
 *
 * @param from secrets of epochs before this one are left out
 */
export async function copyKeys(work: Work, copy: BackupSettings, from = 0): Promise<void> {
  await work.sql`select pg_advisory_xact_lock(hashtext('madoguchi.keys-copy'))`;
  const file = keysFile(copy.keysFolder);
  const [next, former] = [`${file}.part`, `${file}.former`];
  await mkdir(copy.keysFolder, { recursive: true, mode: 0o700 });
  await shred(former);
  const store = openKeyStore(join(work.platform.dataFolder, "keys"));
  await writeEncrypted(next, copy.recipient, linesOf(work, store, from));
  await rename(file, former).catch(() => {});
  await rename(next, file);
  await shred(former);
}

async function* linesOf(work: Work, store: KeyStore, from: number): AsyncGenerator<string> {
  const [now] = await work.sql<{ at: string }[]>`
    select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`;
  const names = store.names().filter((name) => {
    const epoch = /^epoch-(\d+)/.exec(name)?.[1];
    return secretNames.test(name) && (epoch === undefined || Number(epoch) >= from);
  });
  const secrets = names.map((name) => [name, store.read(name)?.toString("base64")]);
  yield `${JSON.stringify({ format: 1, at: now?.at, secrets: Object.fromEntries(secrets) })}\n`;
  let count = 0;
  for (const { place } of keyPlaces) {
    for (let after = ""; ; ) {
      const page = await work.sql<{ id: string; wrapped: Buffer }[]>`
        select * from vault.wrapped_keys(${place}, ${after}, ${keysPerPage})`;
      for (const { id, wrapped } of page)
        yield `${place}\t${escaped(id)}\t\\\\x${wrapped.toString("hex")}\n`;
      count += page.length;
      const last = page.at(-1)?.id;
      if (last === undefined) break;
      after = last;
    }
  }
  yield `${JSON.stringify({ end: count })}\n`;
}

/** As COPY takes text. */
const escaped = (id: string) =>
  id.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n");

/**
 * Opens the copy: the secrets at once, then the wrapped keys as lines for COPY (place, id, key).
 *
 * @throws {@link StartProblem} where there is none, or it was cut short (while the lines are read)
 */
export async function readKeysCopy(
  folder: string,
  identity: string,
): Promise<{ at: string; secrets: Map<string, Buffer>; lines(): AsyncGenerator<string> }> {
  const file = keysFile(folder);
  if (!(await stat(file).catch(() => null)))
    throw new StartProblem(`${folder} に、鍵の控え keys.age がありません。`);
  const reader = createInterface({ input: await readEncrypted(file, identity) });
  const lines = reader[Symbol.asyncIterator]();
  const first = await lines.next().catch(() => ({ done: true as const, value: undefined }));
  if (first.done) throw broken(file);
  const head = JSON.parse(first.value) as Head;
  return {
    at: head.at,
    secrets: new Map(
      Object.entries(head.secrets).map(([name, secret]) => [name, Buffer.from(secret, "base64")]),
    ),
    async *lines() {
      let count = 0;
      for (;;) {
        const { value, done } = await lines.next();
        if (done) throw broken(file);
        if (value.startsWith("{")) {
          if ((JSON.parse(value) as { end: number }).end !== count) throw broken(file);
          return;
        }
        count += 1;
        yield `${value}\n`;
      }
    },
  };
}

const broken = (file: string) => new StartProblem(`鍵の控え ${file} が、途中で切れています。`);

/** Overwrites a file and removes it; nothing happens where there is none. */
async function shred(path: string): Promise<void> {
  const size = (await stat(path).catch(() => null))?.size;
  if (size === undefined) return;
  const file = await open(path, "r+");
  try {
    for (let at = 0; at < size; at += 65_536)
      await file.write(randomBytes(Math.min(65_536, size - at)), 0, undefined, at);
    await file.sync();
  } finally {
    await file.close();
  }
  await rm(path);
}
