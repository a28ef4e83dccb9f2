import fc from "fast-check";
import { expect, test } from "vitest";
import { itemReader, parseLayout } from "#src/platform/feeds/layout.ts";
import { readerOf } from "#src/platform/feeds/records/readers.ts";
import { NoRecords } from "#src/platform/feeds/records/record.ts";

const kind = {
  id: "x",
  items: {
    id: { title: "番号", type: "text", required: true },
    name: { title: "氏名", type: "text", required: false },
    amount: { title: "金額", type: "amount", required: false },
  },
} as const;
const fixed = {
  id: "x-fixed",
  title: "固定長",
  kind: "x",
  records: "fixed",
  encoding: "shift_jis",
  dates: "YYYYMMDD",
  fileName: "^x",
  columns: [
    { heading: "番号", item: "id", bytes: 4 },
    { heading: "氏名", item: "name", bytes: 8 },
    { heading: "金額", item: "amount", bytes: 6, empty: ["000000"] },
  ],
};
const lined = parseLayout(fixed, kind);
const unlined = parseLayout({ ...fixed, lineEnds: false }, kind);

/** 高橋 in CP932, two bytes a character. */
const takahashi = [0x8d, 0x82, 0x8b, 0xb4];
const record = (id: string, name: number[], amount: string) =>
  Buffer.concat([
    Buffer.from(id.padEnd(4)),
    Buffer.from(name),
    Buffer.alloc(8 - name.length, " "),
    Buffer.from(amount),
  ]);
const records = [record("A001", takahashi, "012345"), record("B2", [], "-00120")];

async function* inParts(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test.each([
  ["改行つき", lined, Buffer.from("\r\n")],
  ["改行なし", unlined, Buffer.alloc(0)],
])("固定長（%s）のレコードは、桁位置で項目に分かれる", (_, layout, end) => {
  const bytes = Buffer.concat(records.flatMap((one) => [one, end]));
  const read = readerOf(layout).read(bytes);
  const toItems = itemReader(layout, kind, [0, 1, 2]);
  expect(read.map((fields) => toItems(fields as string[]).items)).toEqual([
    { id: "A001", name: "高橋", amount: "12345" },
    { id: "B2", name: "", amount: "-120" },
  ]);
});

test("長さの違うレコード、読めない文字は、その行だけの誤りになる", () => {
  const wrong = Buffer.concat([
    records[0] ?? Buffer.alloc(0),
    Buffer.from("\n短い\n"),
    record("C", [0x81, 0xff], "000000"),
    Buffer.from("\n"),
    records[1] ?? Buffer.alloc(0),
  ]);
  expect(readerOf(lined).read(wrong)).toEqual([
    ["A001", "高橋    ", "012345"],
    "record-length",
    "encoding",
    ["B2  ", "        ", "-00120"],
  ]);
  const cutOff = Buffer.concat([...records, Buffer.from("終")]);
  expect(readerOf(unlined).read(cutOff).at(-1)).toBe("record-length");
});

test("ファイルの切れ目がどこにあっても、同じレコードに分かれ、同じ数だけ読める", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(lined, unlined),
      fc.array(fc.constantFrom(...records), { maxLength: 30 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 7 }),
      async (layout, some, size, each) => {
        const end = Buffer.from(layout.lineEnds ? "\r\n" : "");
        const bytes = Buffer.concat([...some.flatMap((one) => [one, end]), Buffer.from([0x1a])]);
        const reader = readerOf(layout);
        const lots = await Array.fromAsync(reader.cut(inParts(bytes, size), each));
        expect(lots.reduce((sum, { count }) => sum + count, 0)).toBe(some.length);
        for (const { bytes: lot, count } of lots) {
          expect(reader.read(lot)).toHaveLength(count);
        }
        expect(lots.flatMap((lot) => reader.read(lot.bytes))).toHaveLength(some.length);
        expect(Buffer.concat(lots.map((lot) => lot.bytes))).toEqual(bytes.subarray(0, -1));
      },
    ),
  );
});

test("改行があるはずなのにないファイルは、行に分かれないとして断られる", async () => {
  const endless = inParts(Buffer.alloc(2 << 20, "x"), 65_536);
  await expect(Array.fromAsync(readerOf(lined).cut(endless, 10))).rejects.toThrow(NoRecords);
});

test("固定長の対応表は、桁数のない項目と見出しの行を、区切りの対応表は桁数を受け付けない", () => {
  const without = fixed.columns.map(({ bytes: _, ...column }) => column);
  expect(() => parseLayout({ ...fixed, columns: without }, kind)).toThrow("its width in bytes");
  expect(() => parseLayout({ ...fixed, headings: true }, kind)).toThrow("have no headings");
  expect(() => parseLayout({ ...fixed, records: "delimited" }, kind)).toThrow("a width has no");
  expect(lined.headings).toBe(false);
});

test("金額は円の整数だけを受け取る", () => {
  const layout = parseLayout(
    {
      ...fixed,
      records: "delimited",
      columns: [
        { heading: "番号", item: "id" },
        { heading: "金額", item: "amount" },
      ],
    },
    kind,
  );
  const toItems = itemReader(layout, kind, [0, 1]);
  const amountOf = (text: string) => {
    const { items, errors } = toItems(["1", text]);
    return errors[0]?.code ?? items.amount;
  };
  expect(["0000", "+15", "-3", "007", ""].map(amountOf)).toEqual(["0", "15", "-3", "7", ""]);
  for (const text of ["1.5", "1,000", "△3", "一", "1e3", "9".repeat(16)])
    expect(amountOf(text), text).toBe("not-an-amount");
});
