import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EmbeddedServer, openEmbeddedServer } from "#db/server/embedded.ts";
import { StartProblem } from "#db/server/start-problem.ts";
import { bootstrap } from "#src/platform/access/index.ts";
import { openPlatform } from "#src/platform/open.ts";
import {
  demonstrationState,
  ensureOwnDatabase,
  markDemonstration,
} from "#src/platform/own-database.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import { background } from "#src/programs/jobs.ts";
import { testCity } from "#test/support/staff.ts";
import { quickly } from "#test/support/started.ts";

// A server of the city's own: every fault at the start is a sentence that says what to do, and changes nothing.

let folder: string;
let server: EmbeddedServer;
let admin: Sql;
let databaseUrl: string;
const secret = "installs-and-is-secret";

const url = (parts: Partial<Pick<URL, "username" | "password" | "port" | "pathname">> = {}) =>
  Object.assign(new URL(databaseUrl), parts).href;
const data = () => join(folder, "data");
const open = (parts: { databaseUrl?: string; dataFolder?: string } = {}) =>
  openPlatform({ background, databaseUrl, dataFolder: data(), ...parts });
const refusal = (parts: { databaseUrl?: string; dataFolder?: string }) =>
  open(parts).then(
    () => "started",
    (error: unknown) => (error instanceof StartProblem ? error.message : String(error)),
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "madoguchi-start-"));
  server = await openEmbeddedServer(folder);
  const root = postgres(server.addressOf("postgres"), { max: 1, onnotice: () => {} });
  await root.unsafe(`create role installer login createrole password '${secret}'`);
  await root.unsafe("create database city owner installer");
  await root.end();
  databaseUrl = Object.assign(new URL(server.addressOf("city")), {
    username: "installer",
    password: secret,
  }).href;
  const opened = await open();
  admin = postgres(server.addressOf("city"), { max: 1, onnotice: () => {} });
  await bootstrap(admin, opened.platform.keys, "2026-11-20", testCity);
  await opened.close();
});

afterAll(async () => {
  await admin.end();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Starts the program as `npm start` does and waits for its end. */
async function start(
  environment: NodeJS.ProcessEnv,
  ...words: string[]
): Promise<{ status: number; said: string }> {
  const program = spawn(process.execPath, [...quickly, "src/main.ts", ...words], {
    env: { ...process.env, DATABASE_URL: databaseUrl, MADOGUCHI_DATA: data(), ...environment },
  });
  let said = "";
  for (const stream of [program.stdout, program.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  const [status] = (await once(program, "exit")) as [number];
  return { status, said };
}

const passwordOf = (dataFolder: string) =>
  readFile(join(dataFolder, "keys", "program-password"), "utf8");

describe("起動できないとき", { timeout: 240_000 }, () => {
  test("データベースへ行き着けない訳を、パスワードなしで言う", async () => {
    const cases: [string, string][] = [
      ["こわれた", "DATABASE_URL の書き方が正しくありません"],
      ["mysql://a:b@c/d", "DATABASE_URL の書き方が正しくありません"],
      [url({ port: "1" }), "127.0.0.1:1 につながりません"],
      [url({ password: "wrong-and-secret" }), "利用者 installer で入れません"],
      [url({ pathname: "/nothing" }), "データベース nothing がありません"],
    ];
    for (const [address, sentence] of cases) {
      const said = await refusal({ databaseUrl: address });
      expect(said).toContain(sentence);
      expect(said).not.toMatch(/secret/);
    }
  });

  test("ロールを作れない利用者や、所有者でない利用者では始めない", async () => {
    await admin.unsafe(`create role weak login password '${secret}'`);
    await admin.unsafe(`create role maker login createrole password '${secret}'`);
    await admin.unsafe("grant connect on database city to weak, maker");
    expect(await refusal({ databaseUrl: url({ username: "weak" }) })).toContain("CREATEROLE");
    expect(await refusal({ databaseUrl: url({ username: "maker" }) })).toContain(
      "データベース city の所有者ではありません",
    );
  });

  test("鍵のないデータフォルダーや別の鍵では、何も変えずに断る", async () => {
    const before = await admin`select rolpassword from pg_authid where rolname = 'madoguchi_app'`;
    const values = await admin`select name, value from meta.key_check order by name`;
    expect(values).toHaveLength(2);
    const empty = await mkdtemp(join(folder, "empty-"));
    expect(await refusal({ dataFolder: empty })).toContain("にその鍵（");
    const other = await mkdtemp(join(folder, "other-"));
    await (await openPlatform({ background, dataFolder: other })).close();
    expect(await refusal({ dataFolder: other })).toContain("このデータベースのものではありません");
    // A database of an earlier version knows its keys by what they open only.
    await admin`delete from meta.key_check`;
    expect(await refusal({ dataFolder: empty })).toContain("にその鍵（");
    expect(await refusal({ dataFolder: other })).toContain("このデータベースのものではありません");
    expect(await admin`select from meta.key_check`).toHaveLength(0);
    expect(await admin`select rolpassword from pg_authid where rolname = 'madoguchi_app'`).toEqual(
      before,
    );
    await (await open()).close();
    expect(await admin`select name, value from meta.key_check order by name`).toEqual(values);
  });

  test("プログラムの役割が自分の設定やパスワードを変えても、次の起動で元に戻る", async () => {
    const opened = await open();
    const app = postgres(opened.applicationUrl, { max: 1, onnotice: () => {} });
    const attacks = [
      "alter role madoguchi_app set default_transaction_read_only = on",
      "alter role madoguchi_app set statement_timeout = 1",
      "alter role madoguchi_app set search_path = pg_temp",
      "alter role madoguchi_app in database city set default_transaction_read_only = on",
      "alter role madoguchi_app in database city set role = 'none'",
      "alter role madoguchi_app password 'mine'",
    ];
    for (const attack of attacks) await app.unsafe(attack);
    for (const attack of [
      "alter role madoguchi_app superuser",
      "alter role installer password 'x'",
    ])
      await expect(app.unsafe(attack)).rejects.toMatchObject({ code: "42501" });
    await app.end();
    await opened.close();
    const again = await open();
    const [row] = await again.platform.database.sql`
      select current_setting('default_transaction_read_only') as read_only,
             current_setting('statement_timeout') as time,
             current_setting('idle_in_transaction_session_timeout') as idle`;
    expect(row).toEqual({ read_only: "off", time: "1min", idle: "10min" });
    await again.close();
  });

  test("新しい版のデータベースでは始めない", async () => {
    await admin`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`;
    expect(await refusal({})).toContain("このプログラムより新しい版");
    await admin`delete from drizzle.__drizzle_migrations where hash = 'later'`;
  });

  test("ポートの誤りや塞がりを、痕跡の羅列なしに言い、待たずに終わる", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", () => resolve()));
    const address = taken.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const cases: [NodeJS.ProcessEnv, string][] = [
      [{ PORT: "abc" }, "PORT の値「abc」は使えません"],
      [{ PORT: "70000" }, "PORT の値「70000」は使えません"],
      [{ PORT: port }, `ポート ${port} は、ほかのプログラムが使っています`],
      [{ PORT: "0", HOST: "192.0.2.1" }, "HOST の値「192.0.2.1」は、この機械の住所ではありません"],
      [{ PORT: "0", DATABASE_URL: url({ password: "wrong-secret" }) }, "で入れません"],
    ];
    for (const [environment, sentence] of cases) {
      const { status, said } = await start(environment);
      expect(said).toContain(sentence);
      expect(status).toBe(1);
      expect(said).not.toMatch(/\n\s+at |wrong-secret|node:internal/);
    }
    taken.close();
  });

  test("画面だけ・裏の処理だけのプロセスは、同じデータベースと鍵がなければ始めず、鍵も作らない", async () => {
    const empty = join(folder, "nothing");
    const cases: [string, NodeJS.ProcessEnv, string][] = [
      ["web", { DATABASE_URL: "" }, "npm run web は、自分のデータベースを持ちません"],
      ["worker", { DATABASE_URL: "" }, "npm run worker は、自分のデータベースを持ちません"],
      ["wrong", {}, "「wrong」は起動できません"],
      ["worker", { MADOGUCHI_DATA: empty }, "にその鍵（"],
      ["worker", { DATABASE_URL: url({ port: "1" }) }, "127.0.0.1:1 につながりません"],
    ];
    for (const [part, environment, sentence] of cases) {
      const { status, said } = await start({ PORT: "0", ...environment }, part);
      expect(said).toContain(sentence);
      expect(status).toBe(1);
    }
    expect(await readdir(empty, { recursive: true })).toEqual(["keys"]);
    const foreign = await mkdtemp(join(folder, "foreign-"));
    await openKeyRing(join(foreign, "keys"));
    await writeFile(join(foreign, "keys", "program-password"), await passwordOf(data()));
    const { said } = await start({ MADOGUCHI_DATA: foreign }, "worker");
    expect(said).toContain("このデータベースのものではありません");
  });
});

describe("デモ用の市のデータベース", { timeout: 120_000 }, () => {
  test("は、作りかけだと自ら言うときだけ、消さずに退ける", async () => {
    const dataFolder = join(folder, "own");
    await mkdir(join(dataFolder, "seals"), { recursive: true });
    const own = { ...server, dataFolder };
    const ensure = () => ensureOwnDatabase(own, { setAsideHalfMade: true });
    expect(await ensure()).toBeNull();
    expect(await ensure()).toBeNull();
    const inside = () => postgres(server.addressOf("madoguchi"), { max: 1, onnotice: () => {} });
    let client = inside();
    await client.unsafe(`create schema meta; create table meta.demonstration (state text)`);
    await markDemonstration(client, "filled");
    expect(await ensure()).toBeNull();
    await markDemonstration(client, "filling");
    expect(await demonstrationState(client)).toBe("filling");
    const aside = (await ensure()) ?? "";
    await client.end();
    expect(aside).toMatch(/^madoguchi_half_made_\d{14}$/);
    client = inside();
    expect(await demonstrationState(client)).toBeUndefined();
    await client.end();
    const kept = postgres(server.addressOf(aside), { max: 1, onnotice: () => {} });
    expect(await demonstrationState(kept)).toBe("filling");
    await kept.end();
    await expect(readFile(join(dataFolder, `seals_${aside}`))).rejects.toMatchObject({
      code: "EISDIR",
    });
  });
});
