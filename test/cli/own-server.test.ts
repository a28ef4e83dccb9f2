import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EmbeddedServer, openEmbeddedServer } from "#db/server/embedded.ts";
import { quickly } from "#test/support/started.ts";

/** A server of the city's own, and on it a role that may create roles and owns one empty database. */
let folder: string;
let server: EmbeddedServer;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "madoguchi-own-"));
  server = await openEmbeddedServer(folder);
  const root = postgres(server.addressOf("postgres"), { max: 1, onnotice: () => {} });
  await root.unsafe("create role installer login createrole password 'installs'");
  await root.unsafe("create database city owner installer");
  await root.end();
  const url = new URL(server.addressOf("city"));
  url.username = "installer";
  url.password = "installs";
  environment = {
    ...process.env,
    DATABASE_URL: url.href,
    MADOGUCHI_DATA: join(folder, "data"),
    PORT: "0",
  };
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const cli = (...words: string[]) =>
  promisify(execFile)(process.execPath, [...quickly, "src/cli/main.ts", ...words], {
    env: environment,
  });

/** Starts the program and waits for the line with its address. */
async function start(): Promise<{ address: string; output: string; program: ChildProcess }> {
  const program = spawn(process.execPath, [...quickly, "src/main.ts"], { env: environment });
  let output = "";
  const address = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const found = /http:\/\/\S+:\d+/.exec(output);
      if (found) resolve(found[0]);
    };
    program.stdout.on("data", read);
    program.stderr.on("data", read);
    program.once("exit", (status) => reject(new Error(`ended with ${status}: ${output}`)));
  });
  return { address, output, program };
}

describe("市が用意したPostgreSQLで", { timeout: 240_000 }, () => {
  test("空の状態で始まり、何も入っておらず、誰もサインインできない", async () => {
    const { address, output, program } = await start();
    try {
      expect(output).not.toContain("デモ");
      // Before the city is registered the program says what is missing, and serves all the same.
      expect(output).toContain("市の設定がありません。帳票を発行できません（city register）。");
      expect(output).toContain("町の一覧がありません。");
      expect(output).toContain("city register の presets に child-medical.period");
      // Not even this machine is a registered terminal yet.
      expect((await fetch(`${address}/sign-in`)).status).toBe(403);
    } finally {
      program.kill("SIGTERM");
      await new Promise((ended) => program.once("exit", ended));
    }
    const admin = postgres(server.addressOf("city"), { max: 1, onnotice: () => {} });
    const [row] = await admin<{ people: string; staff: string }[]>`
      select (select count(*) from vault.person) as people,
             (select count(*) from access.staff where kind <> 'system') as staff`;
    await admin.end();
    expect(row).toEqual({ people: "0", staff: "0" });
  });

  test("最初の二つのアカウントは、コマンドで一度だけ作れる", async () => {
    const words = ["staff", "bootstrap", "--administrator", "kanri01", "--approver", "shonin01"];
    const { stdout } = await cli(...words);
    expect(stdout).toMatch(/kanri01 {2}最初のパスワード: \S{12,}/);
    expect(stdout).toContain("otpauth://totp/");
    await expect(cli(...words)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("すでに職員が登録されています"),
    });
    const { address, program } = await start();
    try {
      expect((await fetch(`${address}/sign-in`)).status).toBe(200);
    } finally {
      program.kill("SIGTERM");
      await new Promise((ended) => program.once("exit", ended));
    }
  });

  test("区は、正しいコードならコマンドで登録できる", async () => {
    const words = (code: string) => [
      ...["office", "register", "--code", code, "--name", "中央区役所", "--postal-code", "8600806"],
      ...["--address", "熊本市中央区花畑町０番０号", "--telephone", "096-000-0000"],
    ];
    expect((await cli(...words("431010"))).stdout).toContain(
      "中央区役所（431010）を登録しました。",
    );
    await expect(cli(...words("431011"))).rejects.toMatchObject({ code: 1 });
    await expect(cli("office", "register", "--code", "431010")).rejects.toMatchObject({
      stderr: expect.stringContaining("--name --postal-code --address --telephone"),
    });
  });

  test("市と町をコマンドで登録でき、誤りはすべて知らされる", async () => {
    const file = async (name: string, content: string) => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    };
    const guide = await readFile("docs/city.md", "utf8");
    const city = JSON.parse(/```json\n([^`]+)```/.exec(guide)?.[1] ?? "");
    const wrong = await file("wrong.json", JSON.stringify({ ...city, code: "479990", hours: "" }));
    await expect(cli("city", "register", "--file", wrong)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /登録していません。\ncode: 検査数字[^\n]+\nhours: 空にできません。/,
      ),
    });
    await expect(cli("city", "towns", "--file", wrong)).rejects.toMatchObject({ code: 1 });
    const right = await file("city.json", JSON.stringify({ ...city, from: "2020-04-01" }));
    const registered = await cli("city", "register", "--file", right);
    expect(registered.stdout).toContain("見本市（479993）を登録しました。");
    expect(registered.stdout).toContain("残り: 町の一覧がありません。");
    expect(registered.stdout).not.toContain("child-medical.period");
    expect((await cli("city", "register", "--file", right)).stdout).toContain(
      "見本市（479993）は、このとおり登録されています。",
    );
    const towns = await cli("city", "towns", "--file", "db/city/data/towns.tsv");
    expect(towns.stdout).toContain("町を165件登録しました。");
    await expect(cli("city", "towns")).rejects.toMatchObject({
      stderr: expect.stringContaining("--file でファイルを指定してください。"),
    });
  });

  test("アクセス記録が変えられていないことを、コマンドで確かめられる", async () => {
    expect((await cli("audit", "verify")).stdout).toContain("すべての記録が書かれたとおりです。");
    const admin = postgres(server.addressOf("city"), { max: 1, onnotice: () => {} });
    await admin.begin(async (sql) => {
      await sql`alter table audit.record disable trigger record_is_final`;
      await sql`update audit.record set action = 'nothing' where id = (select min(id) from audit.record)`;
      await sql`alter table audit.record enable always trigger record_is_final`;
    });
    await admin.end();
    await expect(cli("audit", "verify")).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining("記録の内容が封印と一致しません"),
    });
  });

  test("コマンドの使い方を答える", async () => {
    expect((await cli("help")).stdout).toContain("staff bootstrap");
    await expect(cli("nonsense")).rejects.toMatchObject({ code: 2 });
  });
});
