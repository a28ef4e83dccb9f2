import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstClosedFolder, folderProblem } from "#db/server/data-folder.ts";
import { openEmbeddedServer } from "#db/server/embedded.ts";
import { problemOfServer } from "#db/server/server-problems.ts";
import { StartProblem } from "#db/server/start-problem.ts";
import { quickly } from "#test/support/started.ts";

// The database that the program brings along: who answers for it, and what is said where it cannot start.

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "madoguchi-embedded-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const pid = async (of = folder) =>
  Number((await readFile(join(of, "pg", "postmaster.pid"), "utf8").catch(() => "")).split("\n")[0]);
/** An orphan that has ended stays listed where nobody waits for it. */
const isThere = async (process_: number) => {
  const state = await readFile(`/proc/${process_}/stat`, "utf8").catch(() => "");
  try {
    return process_ > 0 && process.kill(process_, 0) && !/\) Z /.test(state);
  } catch {
    return false;
  }
};

describe("組み込みのデータベース", { timeout: 120_000 }, () => {
  test("は、起動した者が止め、あとから来たコマンドは使うだけで、二つ目の起動は断る", async () => {
    const first = await openEmbeddedServer(folder, { alone: true });
    const command = await openEmbeddedServer(folder);
    expect(command.addressOf("x")).toBe(first.addressOf("x"));
    await command.stop();
    await expect(openEmbeddedServer(folder, { alone: true })).rejects.toThrow(
      "まどぐち かそのコマンドがすでに動いています",
    );
    const running = await pid();
    expect(await isThere(running)).toBe(true);
    await first.stop();
    await expect.poll(() => isThere(running)).toBe(false);
  });

  test("は、起動した者が kill -9 されても残り、次に起動した者が引き継いで止める", async () => {
    const path = new URL("./open-embedded.ts", import.meta.url).pathname;
    const starter = spawn(process.execPath, [...quickly, path, folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(starter.stdout, "data");
    const running = await pid();
    starter.kill("SIGKILL");
    await once(starter, "exit");
    expect(await isThere(running)).toBe(true);
    const next = await openEmbeddedServer(folder, { alone: true });
    expect(await pid()).toBe(running);
    await next.stop();
    await expect.poll(() => isThere(running)).toBe(false);
  });

  test("は、途中で終わっても同じ所でまた始まり、書いたものは残る", async () => {
    const lines: string[] = [];
    const server = await openEmbeddedServer(folder, { alone: true });
    server.keepRunning((line) => lines.push(line));
    const client = postgres(server.addressOf("postgres"), { max: 1, onnotice: () => {} });
    await client`create table if not exists kept (n integer)`;
    await client`insert into kept values (1)`;
    const before = await pid();
    process.kill(before, "SIGQUIT");
    while ((await pid()) === before || !(await pid())) await delay(100);
    let rows = 0;
    while (rows === 0)
      rows = await client`select n from kept`.then(
        ({ length }) => length,
        () => delay(100).then(() => 0),
      );
    expect(rows).toBe(1);
    expect(lines).toEqual(["データベースが予期せず終わりました。もう一度始めます。"]);
    // The lock is held again, too.
    await delay(1500);
    await expect(openEmbeddedServer(folder, { alone: true })).rejects.toThrow(StartProblem);
    await client.end();
    await server.stop();
  });

  test("は、作りかけで止まった跡があっても、初めから作り直して始まる", async () => {
    const fresh = join(folder, "interrupted");
    await mkdir(join(fresh, "pg.new", "base"), { recursive: true });
    await writeFile(join(fresh, "pg.new", "PG_VERSION"), "18\n");
    const server = await openEmbeddedServer(fresh);
    await server.stop();
    expect(await readFile(join(fresh, "pg", "PG_VERSION"), "utf8")).toBe("18\n");
  });

  test("は、始められない訳と、することを日本語で言う", async () => {
    const refusal = async (prepare: (at: string) => Promise<unknown>) => {
      const at = await mkdtemp(join(folder, "broken-"));
      await chmod(at, 0o755);
      await prepare(at);
      return openEmbeddedServer(at).then(
        () => "started",
        (error: unknown) => (error instanceof StartProblem ? error.message : String(error)),
      );
    };
    const pg = (at: string, version: string) =>
      mkdir(join(at, "pg")).then(() => writeFile(join(at, "pg", "PG_VERSION"), `${version}\n`));
    expect(
      await refusal(async (at) => {
        await rm(at, { recursive: true });
        await writeFile(at, "");
      }),
    ).toContain("フォルダーではなくファイルです");
    expect(await refusal((at) => pg(at, "18"))).toContain("database-password");
    const withPassword = (version: string) => async (at: string) => {
      await writeFile(join(at, "database-password"), "secret-of-the-test");
      await pg(at, version);
    };
    for (const version of ["15", "18"]) {
      const sentence = await refusal(withPassword(version));
      expect(sentence).toMatch(
        /データベース(は、別の版の|を始められません|を、データベースの利用者が)/,
      );
      expect(sentence).not.toMatch(/secret-of-the-test|\n {4}at /);
    }
  });

  test("は、データフォルダーの誤りを、ファイルの誤りの種類ごとに言う", () => {
    const said = (code: string) =>
      String(folderProblem("/x", Object.assign(new Error("raw text"), { code })));
    expect(said("ENOSPC")).toContain("ディスクに空きがありません");
    expect(said("EDQUOT")).toContain("ディスクに空きがありません");
    for (const code of ["EACCES", "EROFS", "EPERM"]) expect(said(code)).toContain("書き込めません");
    for (const code of ["ENOTDIR", "EEXIST"]) expect(said(code)).toContain("ファイルです");
    const log = (text: string) => String(problemOfServer("/x", new Error("failed"), text));
    expect(log("FATAL:  could not write lock file: No space left on device")).toContain("空き");
    expect(log("FATAL:  database files are incompatible with server")).toContain("別の版");
    expect(log('FATAL:  lock file "postmaster.pid" already exists')).toContain("すでに動いて");
    expect(log("PANIC:  could not locate a valid checkpoint record")).toContain("バックアップ");
  });

  test("は、root のほかが通れないフォルダーを名指しする", async () => {
    const closed = join(folder, "closed");
    await mkdir(join(closed, "inside"), { recursive: true });
    await chmod(closed, 0o700);
    expect(await firstClosedFolder(join(closed, "inside", "pg"), 12_345)).toBe(closed);
    await chmod(closed, 0o711);
    expect(await firstClosedFolder(join(closed, "inside", "pg"), 12_345)).not.toBe(closed);
    await chmod(closed, 0o700);
    const opened = openEmbeddedServer(join(closed, "inside"));
    if (process.getuid?.() === 0)
      await expect(opened).rejects.toThrow(`利用者 postgres がフォルダー ${closed} に入れません`);
    else await (await opened).stop();
  });
});
