import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { birthEdges } from "#db/city/birth-dates.ts";
import { type CityFiles, generateCity } from "#db/city/city.ts";
import { breakFile } from "#test/support/break-file.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";

type Row = Record<string, string>;
let folder: string;
let files: CityFiles;
let residents: Row[];
let shots: Row[];
let changes: Row[];

async function rowsOf(path: string): Promise<Row[]> {
  return parse(await readFile(path), { columns: true });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "city-"));
  files = await generateCity({ folder: join(folder, "a"), asOf: "2026-11-20", seed: 7 });
  residents = await rowsOf(files.residents.path);
  shots = await rowsOf(files.vaccinations.path);
  changes = await rowsOf(files.residentsNextDay.path);
});
afterAll(() => rm(folder, { recursive: true }));

test("the city has the population asked for, and every number once", () => {
  expect(residents).toHaveLength(15_000);
  expect(files.residents.rows).toBe(15_000);
  expect(new Set(residents.map((row) => row.住民番号)).size).toBe(15_000);
  expect(new Set(residents.map((row) => row.個人番号)).size).toBe(15_000);
});

test("the same seed gives the same bytes, another seed other people", async () => {
  const options = { asOf: "2026-11-20", population: 500 } as const;
  const [one, again, other] = await Promise.all(
    [7, 7, 8].map((seed, turn) =>
      generateCity({ ...options, seed, folder: join(folder, `s${turn}`) }),
    ),
  );
  for (const file of ["residents", "vaccinations", "residentsNextDay"] as const)
    expect(await readFile(one?.[file].path ?? "")).toEqual(
      await readFile(again?.[file].path ?? ""),
    );
  expect(await readFile(one?.residents.path ?? "")).not.toEqual(
    await readFile(other?.residents.path ?? ""),
  );
});

test("every 個人番号 has a right check digit", () => {
  for (const row of [...residents, ...changes])
    if (row.個人番号) expect(checkNumber("individual", row.個人番号).valid).toBe(true);
});

test("ages look like a Japanese city: about an eighth children, more than a quarter old", () => {
  const living = residents.filter((row) => !["04", "05"].includes(row.異動事由 ?? ""));
  const share = (from: number, to: number) =>
    living.filter((row) => {
      const age = Math.floor((20261120 - Number(row.生年月日)) / 10_000);
      return age >= from && age <= to;
    }).length / living.length;
  expect(share(0, 14)).toBeGreaterThan(0.1);
  expect(share(0, 14)).toBeLessThan(0.17);
  expect(share(65, 120)).toBeGreaterThan(0.22);
  expect(share(65, 120)).toBeLessThan(0.33);
});

test("children are born on every edge of months, leap years and school years", () => {
  const births = new Set(residents.map((row) => row.生年月日));
  for (const edge of birthEdges("2026-11-20")) expect(births).toContain(edge.replaceAll("-", ""));
});

test("a few people's birth is known in part alone, and nobody else's number depends on them", async () => {
  const partial = residents.filter((row) => /00$|0230$/.test(row.生年月日 ?? ""));
  expect(partial.map((row) => row.生年月日)).toEqual(["19280000", "19500400", "19300230"]);
  expect(residents.slice(-3)).toEqual(partial);
  const { path } = (
    await generateCity({
      folder: join(folder, "b"),
      asOf: "2026-11-20",
      population: 4_000,
      seed: 7,
    })
  ).residents;
  const small = await rowsOf(path);
  // The last household of the smaller city may be cut off.
  expect(small.slice(0, 3_980)).toEqual(residents.slice(0, 3_980));
});

test("every household that lives here has one head and one address", () => {
  const households = Map.groupBy(residents, (row) => row.世帯番号);
  for (const members of households.values()) {
    expect(members.filter((row) => row.世帯主 === "1")).toHaveLength(1);
    expect(new Set(members.map((row) => `${row.郵便番号}${row.町名}${row.番地}`)).size).toBe(1);
  }
});

test("the register is not simple: old characters, variation selectors, 通称, long names, 支援措置, moves, deaths", () => {
  const some = (test: (row: Row) => boolean) => residents.some(test);
  expect(some((row) => /[髙﨑𠮷]/u.test(row.氏名 ?? ""))).toBe(true);
  expect(some((row) => /\p{Variation_Selector}/u.test(row.氏名 ?? ""))).toBe(true);
  expect(some((row) => row.通称 !== "" && row.ローマ字氏名 !== "")).toBe(true);
  expect(some((row) => (row.氏名カナ ?? "").length > 40)).toBe(true);
  expect(some((row) => row.支援措置 === "1" && (row.支援措置終了日 ?? "") > "20261120")).toBe(true);
  expect(some((row) => row.支援措置 === "1" && (row.支援措置終了日 ?? "") < "20261120")).toBe(true);
  expect(some((row) => row.郵便番号 === "")).toBe(true);
  for (const reason of ["01", "02", "03", "04", "05"])
    expect(some((row) => row.異動事由 === reason)).toBe(true);
  expect(new Set(residents.map((row) => row.区コード)).size).toBe(5);
});

test("nothing happens before birth, after the day, or before somebody came", () => {
  for (const row of residents) {
    const days = [row.生年月日, row.住民となった日, row.異動日, "20261120"];
    expect(days).toEqual(days.toSorted());
  }
});

test("vaccinations belong to residents, after birth and before they left", () => {
  const byNumber = new Map(residents.map((row) => [row.住民番号, row]));
  for (const shot of shots) {
    const person = byNumber.get(shot.住民番号);
    const left = ["04", "05"].includes(person?.異動事由 ?? "") ? person?.異動日 : "20261120";
    expect([person?.生年月日, shot.接種日, left]).toEqual(
      [person?.生年月日, shot.接種日, left].toSorted(),
    );
  }
  expect(shots.length).toBeGreaterThan(20_000);
});

test("the next day brings every kind of change", () => {
  const reasons = new Set(changes.map((row) => row.異動事由));
  expect([...reasons].sort()).toEqual(["01", "02", "03", "04", "05", "06", "07"]);
  const known = new Set(residents.map((row) => row.住民番号));
  for (const row of changes)
    if (!["01", "02"].includes(row.異動事由 ?? "")) expect(known).toContain(row.住民番号);
});

test("a broken file differs in exactly the rows named", async () => {
  const csv = await readFile(files.residents.path);
  const { bytes, broken } = breakFile(csv, 0.1, 3);
  const before = csv.toString("latin1").split("\r\n");
  const after = Buffer.from(bytes).toString("latin1").split("\r\n");
  const changed = before.flatMap((line, index) => (line === after[index] ? [] : [index + 1]));
  expect(changed).toEqual(broken.map(({ row }) => row));
  expect(new Set(broken.map(({ damage }) => damage)).size).toBe(18);
  expect(broken.length).toBeGreaterThan(1_400);
  expect(broken.length).toBeLessThan(1_600);
});
