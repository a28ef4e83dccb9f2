import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSystemSession, signOut } from "#src/platform/access/index.ts";
import { sealRecords } from "#src/platform/audit/index.ts";
import { type OpenedPlatform, openPlatform } from "#src/platform/open.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import { background } from "#src/programs/jobs.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { mailingsOf, oneYearOlds } from "#test/support/mailings.ts";

/** Every file below a folder. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

/** Processes that a process started, and theirs; none where the system tells nothing of them. */
async function startedBy(parent: number): Promise<string[]> {
  const list = await readFile(`/proc/${parent}/task/${parent}/children`, "utf8").catch(() => "");
  const children = list.split(" ").filter(Boolean);
  return [
    ...children,
    ...(await Promise.all(children.map((pid) => startedBy(Number(pid))))).flat(),
  ];
}

describe("導入した機械の秘密", () => {
  let folder = "";
  let opened: OpenedPlatform;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "madoguchi-secrets-"));
    opened = await openPlatform({ background, dataFolder: folder });
    const system = await openSystemSession(opened.platform);
    await signOut(opened.platform, system.sessionToken, "test");
    await sealRecords(opened.platform);
  });
  afterAll(async () => {
    await opened.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("のファイルは、動かす人のほか誰にも読めない", async () => {
    const ours = (await filesIn(folder)).filter((file) => !file.startsWith(join(folder, "pg/")));
    expect(ours.map((file) => file.slice(folder.length + 1)).sort()).toEqual([
      "database-password",
      "keys/epoch-0.key",
      "keys/program-password",
      "keys/search.key",
      "keys/signing.pem",
      "seals/heads.jsonl",
    ]);
    for (const file of ours) expect([file, await modeOf(file)]).toEqual([file, 0o600]);
    for (const name of ["keys", "seals", "pg"])
      expect([name, await modeOf(join(folder, name))]).toEqual([name, 0o700]);
    // Others may pass through to the server's own folder, and list nothing.
    expect((await modeOf(folder)) & 0o066).toBe(0);
  });

  test("は、データベースのファイルにも、動いている処理の引数にも、環境にもない", async () => {
    const secrets = await Promise.all(
      ["keys/epoch-0.key", "keys/search.key", "keys/program-password", "database-password"].map(
        (name) => readFile(join(folder, name)),
      ),
    );
    for (const file of await filesIn(join(folder, "pg"))) {
      const bytes = await readFile(file).catch(() => Buffer.alloc(0));
      for (const secret of secrets) expect(bytes.includes(secret), file).toBe(false);
    }
    for (const pid of await startedBy(process.pid))
      for (const part of ["cmdline", "environ"]) {
        const bytes = await readFile(join("/proc", pid, part)).catch(() => Buffer.alloc(0));
        for (const secret of secrets) expect(bytes.includes(secret), part).toBe(false);
      }
    expect((await readdir(tmpdir())).filter((name) => name.startsWith("pg-password"))).toEqual([]);
  });

  test("が途中までしか書かれていなければ、動かない", async () => {
    const broken = await mkdtemp(join(tmpdir(), "madoguchi-keys-"));
    try {
      await openKeyRing(broken);
      for (const name of ["search.key", "epoch-0.key", "master.key"]) {
        const whole = await readFile(join(broken, name)).catch(() => null);
        for (const length of [0, 31, 63, 65]) {
          await writeFile(join(broken, name), Buffer.alloc(length));
          await expect(openKeyRing(broken)).rejects.toThrow(
            "が壊れています。バックアップから戻してください。",
          );
        }
        if (whole) await writeFile(join(broken, name), whole);
      }
    } finally {
      await rm(broken, { recursive: true });
    }
  });
});

describe("一括発送が作る途中と後のファイル", () => {
  test("は、氏名も住所も平文で置かず、ほかの人に読めず、作った後に残らない", async () => {
    const home = await openTestPlatform();
    const mail = await mailingsOf(home);
    const people = oneYearOlds(30);
    await mail.enter(people);
    const before = new Set(await readdir(tmpdir()));
    const run = await mail.approved(await mail.extracted());
    await mail.make(run);
    const made = (await filesIn(home.platform.dataFolder)).filter(
      (file) => !file.includes("/keys/"),
    );
    expect(made.length).toBeGreaterThan(0);
    for (const file of made) {
      expect(file).toMatch(/\.tar\.age$|heads\.jsonl$/);
      expect([file, await modeOf(file)]).toEqual([file, 0o600]);
      const bytes = await readFile(file);
      for (const word of ["試験町", "試験　", "%PDF", "シケン"])
        expect(bytes.includes(word)).toBe(false);
    }
    const left = (await readdir(tmpdir())).filter((name) => !before.has(name));
    expect(left.filter((name) => !/^(madoguchi-|vitest|node|pg-)/.test(name))).toEqual([]);
  });
});
