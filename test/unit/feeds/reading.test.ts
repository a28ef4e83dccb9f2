import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeBirths } from "#db/city/births.ts";
import { generateCity } from "#db/city/city.ts";
import type { RowError } from "#src/platform/feeds/errors.ts";
import { itemReader, orderOf, parseLayout, readFileName } from "#src/platform/feeds/layout.ts";
import { cutIntoLines } from "#src/platform/feeds/records/cut.ts";
import { readerOf } from "#src/platform/feeds/records/readers.ts";
import { NoRecords } from "#src/platform/feeds/records/record.ts";
import { residentItems } from "#src/platform/feeds/residents/items.ts";
import standard from "#src/platform/feeds/residents/layout.json" with { type: "json" };
import { readResident } from "#src/platform/feeds/residents/read.ts";
import type { PersonRecord } from "#src/platform/people/person-record.ts";
import { breakFile, type Damage } from "#test/support/break-file.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

const kind = { id: "residents", items: residentItems };
const layout = parseLayout(standard, kind);
let folder: string;
let city: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "feeds-"));
  const { residents } = await generateCity({ folder, asOf: "2026-11-20", population: 4_000 });
  city = await readFile(residents.path);
});
afterAll(() => rm(folder, { recursive: true }));

async function* inParts(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Reads a whole file the way the import does: persons by row, errors by row. */
async function readAll(bytes: Uint8Array) {
  const people = new Map<number, PersonRecord>();
  const faults = new Map<number, RowError[]>();
  let toItems: ReturnType<typeof itemReader> | undefined;
  for await (const lot of cutIntoLines(inParts(bytes, 50_000), 700)) {
    const records = readerOf(layout).read(lot.bytes);
    if (!toItems) {
      const found = orderOf(layout, records[0] as string[]);
      if (!("order" in found)) throw new Error("headings");
      toItems = itemReader(layout, kind, found.order);
      continue;
    }
    for (const [at, record] of records.entries()) {
      const row = lot.firstRow + at;
      if (typeof record === "string") {
        faults.set(row, [{ field: "row", code: record }]);
        continue;
      }
      const read = toItems(record);
      const judged = read.errors.length > 0 ? read : readResident(read.items, "2026-11-20");
      if ("row" in judged) people.set(row, judged.row);
      else faults.set(row, judged.errors);
    }
  }
  return { people, faults };
}

test("市のすべての行が、旧字や異体字のまま読める", async () => {
  const { people, faults } = await readAll(city);
  expect([...faults]).toEqual([]);
  expect(people.size).toBe(4_000);
  expect([...people.values()].some(({ name }) => /\p{Variation_Selector}/u.test(name.kanji))).toBe(
    true,
  );
  const left = [...people.values()].find(({ residence }) => residence.toReason === "move-out");
  expect(left?.residence.movedTo).toBeTruthy();
  const dead = [...people.values()].find(({ diedOn }) => diedOn);
  expect(dead?.residence.to).toBe(dead?.diedOn);
});

const detailed = (given: Record<string, string>) => {
  const [, first = ""] = city.toString().split("\r\n");
  const fields = first.split(",");
  const row: Record<string, string> = Object.fromEntries(
    layout.columns.map(({ heading }, at) => [heading, fields[at] ?? ""]),
  );
  const headings = Object.keys({ ...row, ...given }).filter((title) => given[title] !== "列なし");
  const found = orderOf(layout, headings);
  if (!("order" in found)) throw new Error(JSON.stringify(found));
  const read = itemReader(
    layout,
    kind,
    found.order,
  )(headings.map((title) => given[title] ?? row[title] ?? ""));
  return read.errors.length > 0 ? read : readResident(read.items, "2026-11-20");
};

test("届出日・転入前住所・電話番号・在留の列は、あれば受け取り、なくても取り込める", () => {
  const optional = layout.columns.filter((column) => column.optional).map(({ heading }) => heading);
  expect(optional).toHaveLength(9);
  const without = detailed(Object.fromEntries(optional.map((title) => [title, "列なし"])));
  expect(without).toMatchObject({ row: { details: { event: { reason: expect.any(String) } } } });
  expect(without).not.toMatchObject({ row: { details: { movedFrom: expect.anything() } } });
  expect(orderOf(layout, layout.columns.map(({ heading }) => heading).slice(1))).toEqual({
    missing: ["世帯番号"],
  });
  expect(
    detailed({
      住民となった事由: "02",
      異動届出日: "20261119",
      取消区分: "1",
      転入前住所: "福岡県見本市１丁目",
      電話番号: "０００−１２３４ー５６７８",
      国籍区分: "2",
      外国人住民となった日: "20261101",
      在留資格: "家族滞在",
      在留期間: "1年",
      "30条45規定区分": "1",
      在留カード等番号: "ｚｚ12345678ＺＺ",
    }),
  ).toMatchObject({
    row: {
      details: {
        event: { reportedOn: "2026-11-19", cancels: true },
        movedFrom: "福岡県見本市１丁目",
        phone: "000-1234-5678",
        foreign: {
          since: "2026-11-01",
          status: "家族滞在",
          period: "1年",
          section: "mid-to-long-term",
          cardNumber: "ZZ12345678ZZ",
        },
      },
    },
  });
});

test.each([
  [{ 異動届出日: "20261121" }, "reportedOn", "future-date"],
  [{ 異動届出日: "18800101" }, "reportedOn", "date-order"],
  [{ 電話番号: "でんわ" }, "phone", "not-a-number"],
  [{ 国籍区分: "2", 在留カード等番号: "AB1234567CD" }, "residenceCard", "not-a-number"],
  [{ 国籍区分: "2", 外国人住民となった日: "20270101" }, "foreignSince", "future-date"],
  [{ 国籍区分: "2", "30条45規定区分": "9" }, "residenceSection", "unknown-code"],
  [{ 国籍区分: "1", 在留資格: "永住者" }, "residenceStatus", "surplus-value"],
  [{ 住民となった事由: "01", 転入前住所: "福岡県" }, "movedFrom", "surplus-value"],
])("新しい列の誤りも、項目と理由で断られる（%j）", (given, field, code) => {
  expect(detailed(given)).toMatchObject({ errors: [{ field, code }] });
});

test("一割が壊れたファイルでは、壊れた行だけが、それぞれの理由で断られる", async () => {
  const { bytes, broken } = breakFile(city, 0.1, 11);
  const { people, faults } = await readAll(bytes);
  const expected: Record<Damage, string> = {
    "date-not-a-number": "birthDate not-a-date",
    "day-32": "birthDate not-a-date",
    "date-in-the-future": "birthDate future-date",
    "check-digit": "individualNumber check-digit",
    "name-missing": "kanji missing",
    "kana-in-kanji": "kana not-kana",
    "sex-unknown-code": "sex unknown-code",
    "reason-unknown-code": "fromReason unknown-code",
    "number-missing": "sourceId missing",
    "number-twice": "",
    "column-missing": "row column-count",
    "column-surplus": "row surplus-column",
    "death-before-birth": "eventDate date-order",
    "postal-code": "postalCode not-a-number",
    "protection-reversed": "protectedTo date-order",
    encoding: "row encoding",
    "quote-unclosed": "row quotes",
    "quote-inside": "row quotes",
  };
  for (const { row, damage } of broken) {
    const told = faults.get(row)?.map(({ field, code }) => `${field} ${code}`) ?? [];
    if (damage === "number-twice") expect(people.get(row)).toBeDefined();
    else expect(told, damage).toContain(expected[damage]);
  }
  expect(people.size + faults.size).toBe(4_000);
  expect([...faults.keys()].toSorted((a, b) => a - b)).toEqual(
    broken.filter(({ damage }) => damage !== "number-twice").map(({ row }) => row),
  );
});

test("デモの市に生まれた子どもの異動ファイルは、世帯に入り、前の月とも市とも番号が重ならない", async () => {
  const born = async (from: IsoDate, to: IsoDate, before: number) => {
    const path = join(folder, `births-${from}.csv`);
    const asked = { asOf: "2026-11-20", households: 400, from, to, count: 5, before } as const;
    expect(await writeBirths(path, asked)).toBe(5);
    return [...(await readAll(await readFile(path))).people.values()];
  };
  const { people } = await readAll(city);
  const [first, second] = [
    await born("2026-09-01", "2026-09-30", 0),
    await born("2026-10-01", "2026-10-31", 5),
  ];
  const ids = [...people.values(), ...first, ...second].map(({ sourceId }) => sourceId);
  expect(new Set(ids).size).toBe(ids.length);
  const households = new Map(
    [...people.values()].map((one) => [one.householdNumber, one.address.town]),
  );
  for (const child of [...first, ...second]) {
    expect(households.get(child.householdNumber)).toBe(child.address.town);
    expect(child.residence.fromReason).toBe("birth");
  }
  expect(first.every(({ birthDate }) => birthDate.startsWith("2026-09"))).toBe(true);
});

test("閉じていない引用符は、その行だけの誤りになる", () => {
  const lines = ['a,"b",c', 'd,"e,f', 'g,"h",i', "j,k,l"];
  expect(readerOf(layout).read(Buffer.from(lines.join("\r\n")))).toEqual([
    ["a", "b", "c"],
    "quotes",
    ["g", "h", "i"],
    ["j", "k", "l"],
  ]);
});

test("どこで切れて届いても、ファイルは元のままの行に分かれる", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ maxLength: 12 }).map((text) => text.replaceAll("\n", " "))),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 9 }),
      async (lines, size, each) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
        const lots = await Array.fromAsync(cutIntoLines(inParts(bytes, size), each));
        expect(Buffer.concat(lots.map((lot) => lot.bytes))).toEqual(bytes);
        expect(lots.reduce((sum, { count }) => sum + count, 0)).toBe(lines.length);
        let row = 1;
        for (const { firstRow, count } of lots) {
          expect(firstRow).toBe(row);
          expect(count).toBeLessThanOrEqual(each);
          row += count;
        }
      },
    ),
  );
});

test("改行のないファイルは断られ、古い機械のファイル終端記号は行にならない", async () => {
  await expect(
    Array.fromAsync(cutIntoLines(inParts(Buffer.alloc(2 << 20), 65_536), 10)),
  ).rejects.toThrow(NoRecords);
  const lots = await Array.fromAsync(cutIntoLines(inParts(Buffer.from("a\r\nb\r\n\x1a"), 3), 10));
  expect(lots.map(({ count }) => count)).toEqual([1, 1]);
});

test("ほかの業者のファイルは対応表だけで読める（並び、見出し、CP932、和暦、コード、姓と名の列）", () => {
  const vendor = parseLayout(
    {
      ...standard,
      id: "vendor-b",
      encoding: "shift_jis",
      delimiter: "\t",
      dates: "GYYMMDD",
      columns: [
        { heading: "氏", item: "kanji" },
        { heading: "名", item: "kanji" },
        ...standard.columns
          .filter(({ item }) => !["kanji", "relationshipTitle", "protectedTo"].includes(item))
          .map((column) =>
            column.item === "sex"
              ? { ...column, codes: { M: "male", F: "female" } }
              : { ...column, heading: `Ｂ社${column.heading}` },
          ),
        { heading: "措置終了", item: "protectedTo", empty: ["0000000"] },
      ],
    },
    kind,
  );
  const found = orderOf(vendor, vendor.columns.map(({ heading }) => heading).toReversed());
  if (!("order" in found)) throw new Error("headings");
  const values: Record<string, string> = {
    氏: "山田",
    名: "花子",
    Ｂ社氏名カナ: "ﾔﾏﾀﾞ ﾊﾅｺ",
    Ｂ社世帯番号: "1",
    Ｂ社住民番号: "2",
    Ｂ社生年月日: "5060229",
    性別: "F",
    Ｂ社続柄コード: "20",
    Ｂ社世帯主: "0",
    Ｂ社郵便番号: "860-0001",
    Ｂ社町名: "熊本市中央区千葉城町",
    Ｂ社町字コード: "0001000",
    Ｂ社区コード: "431010",
    Ｂ社住民となった日: "R060229",
    Ｂ社住民となった事由: "01",
    Ｂ社異動日: "5060229",
    Ｂ社異動事由: "01",
    Ｂ社国籍区分: "1",
    Ｂ社支援措置: "0",
    措置終了: "0000000",
  };
  const fields = found.order.map((place) => values[vendor.columns[place]?.heading ?? ""] ?? "");
  const read = itemReader(vendor, kind, found.order)(fields);
  expect(read.errors).toEqual([]);
  expect(read.items.kanji).toBe("山田　花子");
  expect(readResident(read.items, "2026-11-20")).toMatchObject({
    row: {
      sex: "female",
      birthDate: "2024-02-29",
      name: { kana: "ヤマダ　ハナコ" },
      address: { postalCode: "8600001" },
    },
  });
  const cp932 = Uint8Array.from([0x8e, 0x52, 0x93, 0x63, 0x09, 0x89, 0xd4, 0x8e, 0x71, 0x0a]);
  expect(readerOf(vendor).read(cp932)).toEqual([["山田", "花子"]]);
});

test("取り決めにない項目は、対応表でも、ファイルの列でも断られる", () => {
  const surplus = {
    ...standard,
    columns: [...standard.columns, { heading: "生活保護", item: "welfare" }],
  };
  expect(() => parseLayout(surplus, kind)).toThrow("no item welfare");
  const headings = standard.columns.map(({ heading }) => heading);
  expect(orderOf(layout, [...headings, "生活保護"])).toEqual({ surplus: headings.length + 1 });
  expect(orderOf(layout, headings.slice(1))).toEqual({ missing: ["世帯番号"] });
  expect(orderOf(layout, [...headings.slice(0, -1), "世帯番号"])).toEqual({
    surplus: headings.length,
  });
});

test("必須の項目がない対応表、知らない値を挙げる対応表は使えない", () => {
  const without = standard.columns.filter(({ item }) => item !== "birthDate");
  expect(() => parseLayout({ ...standard, columns: without }, kind)).toThrow(
    "birthDate is missing",
  );
  const strange = standard.columns.map((column) =>
    column.item === "sex" ? { ...column, codes: { "1": "man" } } : column,
  );
  expect(() => parseLayout({ ...standard, columns: strange }, kind)).toThrow("no value man");
});

test("ファイル名から基準日、区分、番号が分かる", () => {
  expect(readFileName(layout, "residents-20261121-diff-0002.csv")).toEqual({
    fileDate: "2026-11-21",
    extent: "diff",
    sequence: 2,
  });
  for (const name of [
    "residents-20261131-diff-0002.csv",
    "residents-20261121-part-0002.csv",
    "x.csv",
  ])
    expect(readFileName(layout, name)).toBeUndefined();
});

test("誤りの記録に、行の中身は入らない", async () => {
  const { bytes } = breakFile(city, 0.3, 5);
  const { faults } = await readAll(bytes);
  for (const errors of faults.values())
    for (const error of errors) expect(Object.keys(error).sort()).toEqual(["code", "field"]);
});

test("docs/feeds.mdの例は使える対応表で、表はすべての項目を挙げている", async () => {
  const text = await readFile(new URL("../../../docs/feeds.md", import.meta.url), "utf8");
  const example: unknown = JSON.parse(/```json\n(.*?)```/s.exec(text)?.[1] ?? "");
  expect(parseLayout(example, kind).encoding).toBe("shift_jis");
  for (const [item, { title }] of Object.entries(residentItems))
    expect(text).toContain(`| ${title} | \`${item}\` |`);
});
