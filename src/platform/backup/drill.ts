import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { StartProblem } from "#db/server/start-problem.ts";
import { publicHalf, verifyAudit } from "../audit/index.ts";
import type { Platform } from "../platform.ts";
import { openKeyRing } from "../vault/key-ring.ts";
import { inSystem, noteBackup } from "./make.ts";
import { type Restored, type RestoreFrom, restoreBackup } from "./restore.ts";
import { contentOf, plainValues } from "./tables.ts";

/** What a drill found. */
export interface Drill {
  /** When the backup was taken. */
  at: string;
  /** Rows of the backup. */
  rows: number;
  /** Rows that were erased after the backup, and so are not restored. */
  erased: number;
  /** Tables whose rows are not those of the backup; none when nothing is lost. */
  lost: string[];
  /** Faults of the audit log. */
  faults: string[];
  /** From the beginning to the end of the comparison. */
  seconds: number;
}

/**
 * Restores a backup into a database beside, compares every table with what the backup was when it was taken, verifies the
 * audit log, removes the database again and records what was found.
 *
 * @throws {@link StartProblem} where the backup cannot be restored, or no database can be made
 */
export async function drillBackup(
  platform: Platform,
  from: RestoreFrom,
  {
    administratorUrl,
    install,
  }: { administratorUrl: string; install: (administratorUrl: string) => Promise<void> },
): Promise<Drill> {
  const begun = performance.now();
  const name = `madoguchi_drill_${randomBytes(4).toString("hex")}`;
  const beside = Object.assign(new URL(administratorUrl), { pathname: `/${name}` }).href;
  const dataFolder = await mkdtemp(join(tmpdir(), "madoguchi-drill-"));
  const root = postgres(administratorUrl, { max: 1, onnotice: () => {} });
  try {
    await root`create database ${root(name)}`.catch(() => {
      throw new StartProblem(
        "訓練のためのデータベースを作れません。DATABASE_URL の利用者に、データベースを作る権限を与えてください。",
      );
    });
    try {
      const restored = await restoreBackup(from, { administratorUrl: beside, dataFolder, install });
      const admin = postgres(beside, { max: 1, onnotice: () => {} });
      const found = await compareRestored(admin, restored, dataFolder).finally(() => admin.end());
      const drill = { ...found, seconds: Math.ceil((performance.now() - begun) / 1000) };
      const { at, rows, erased, lost, faults, seconds } = drill;
      const detail = { at, rows, erased, lost: lost.length, faults: faults.length, seconds };
      await inSystem(platform, (work) => noteBackup(work, "drilled", detail));
      return drill;
    } finally {
      await root`drop database if exists ${root(name)} with (force)`;
    }
  } finally {
    await root.end();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

/** Holds a restored database against its backup. */
export async function compareRestored(
  admin: Sql,
  { manifest, erased }: Restored,
  dataFolder: string,
): Promise<Omit<Drill, "seconds">> {
  const lost: string[] = [];
  for (const table of manifest.tables) {
    const gone = erased.get(table.name) ?? 0;
    const there = await admin.begin("read only", async (sql) => {
      await plainValues(sql);
      return contentOf(sql, table);
    });
    const same = there.rows === table.rows - gone && (gone > 0 || there.content === table.content);
    if (!same) lost.push(table.name);
  }
  const keys = await openKeyRing(join(dataFolder, "keys"));
  const { faults } = await verifyAudit((read) => read(admin), {
    dataFolder,
    publicKey: publicHalf(keys.signingKey),
  });
  const sum = (counts: Iterable<number>) => [...counts].reduce((all, count) => all + count, 0);
  return {
    at: manifest.at,
    rows: sum(manifest.tables.map(({ rows }) => rows)),
    erased: sum(erased.values()),
    lost,
    faults,
  };
}

/**
 * The secret key in a file of age: the line that is no comment.
 *
 * @throws {@link StartProblem} where there is none
 */
export async function readIdentity(file: string): Promise<string> {
  const lines = (await readFile(file, "utf8").catch(() => "")).split(/\r?\n/);
  const identity = lines.find((line) => line.startsWith("AGE-SECRET-KEY-"));
  if (!identity)
    throw new StartProblem(`${file} に、age の復号の鍵（AGE-SECRET-KEY-…）がありません。`);
  return identity.trim();
}
