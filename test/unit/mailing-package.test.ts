import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encryptFor, indexFile, tar } from "#src/platform/mailings/package.ts";
import { readSealed, writeSealed } from "#src/platform/mailings/sealed-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "madoguchi-package-"));
});
afterAll(() => rm(folder, { recursive: true }));

const entries = [
  { name: "0001.pdf", bytes: new Uint8Array(70_000).fill(65) },
  { name: "index.csv", bytes: new Uint8Array(512).fill(66) },
  { name: "manifest.json", bytes: new TextEncoder().encode("{}") },
];
const archive = () =>
  tar(
    entries.map(({ name, bytes }) => ({ name, read: async () => bytes })),
    "2026-11-20",
  );
const collect = async (parts: AsyncIterable<Uint8Array>) => {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
};

test("委託先だけが開け、中身はどの tar でも読める", async () => {
  const identity = await generateX25519Identity();
  const path = join(folder, "package.tar.age");
  const made = await encryptFor(await identityToRecipient(identity), archive(), path);
  const encrypted = await readFile(path);
  expect(made.bytes).toBe(encrypted.length);
  const stranger = new Decrypter();
  stranger.addIdentity(await generateX25519Identity());
  await expect(stranger.decrypt(encrypted)).rejects.toThrow();
  const contractor = new Decrypter();
  contractor.addIdentity(identity);
  const opened = await contractor.decrypt(encrypted);
  await writeFile(join(folder, "package.tar"), opened);
  const listed = execFileSync("tar", ["-tvf", join(folder, "package.tar")], { encoding: "utf8" });
  expect(listed.split("\n").map((line) => line.split(/\s+/).at(-1))).toEqual([
    ...entries.map(({ name }) => name),
    "",
  ]);
  execFileSync("tar", ["-xf", join(folder, "package.tar"), "-C", folder]);
  for (const { name, bytes } of entries)
    expect((await readFile(join(folder, name))).equals(bytes)).toBe(true);
});

test("同じ中身からは同じ tar ができる", async () => {
  expect((await collect(archive())).equals(await collect(archive()))).toBe(true);
});

test("作りかけのファイルは読めない形で置かれ、書き換えられれば開かない", async () => {
  const key = new Uint8Array(32).fill(1);
  const path = join(folder, "sealed");
  await writeSealed(path, key, new TextEncoder().encode("熊本 花子"));
  expect((await readFile(path)).includes("熊本 花子")).toBe(false);
  expect(Buffer.from(await readSealed(path, key)).toString()).toBe("熊本 花子");
  const file = await readFile(path);
  file[30] = (file[30] ?? 0) ^ 1;
  await writeFile(path, file);
  await expect(readSealed(path, key)).rejects.toThrow();
});

test("目録は通番・ファイル名・最初のページとページ数・番号・郵便番号だけを持つ", () => {
  const text = new TextDecoder().decode(
    indexFile(
      [
        { file: "0001.pdf", page: 1, pages: 2, pieceNumber: "0000000018", postalCode: "8600001" },
        { file: "0001.pdf", page: 3, pages: 1, pieceNumber: "0000000026", postalCode: "8600002" },
      ],
      { number: "券番号" },
    ),
  );
  expect(text.split("\r\n")).toEqual([
    '"通番","ファイル名","ページ","ページ数","券番号","郵便番号"',
    '"1","0001.pdf","1","2","0000000018","8600001"',
    '"2","0001.pdf","3","1","0000000026","8600002"',
    "",
  ]);
});
