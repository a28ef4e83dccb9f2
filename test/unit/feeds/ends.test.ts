import fc from "fast-check";
import { expect, test } from "vitest";
import { residents } from "#src/platform/feeds/index.ts";
import { type Layout, parseLayout } from "#src/platform/feeds/layout.ts";
import { readerOf } from "#src/platform/feeds/records/readers.ts";
import type { RecordFields } from "#src/platform/feeds/records/record.ts";

const standard = residents.standardLayout as { columns: object[] };
const delimited = parseLayout(standard, residents);
const fixed = (lineEnds: boolean) =>
  parseLayout(
    {
      ...standard,
      records: "fixed",
      headings: false,
      lineEnds,
      columns: standard.columns.map((column) => ({ ...column, bytes: 1 })),
    },
    residents,
  );

async function* inParts(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The rows of a file by their numbers, as they come in parts of some bytes and lots of some rows. */
async function rowsOf(file: string, layout: Layout = delimited, size = 7, each = 2) {
  const rows: Record<number, RecordFields> = {};
  const reader = readerOf(layout);
  for await (const lot of reader.cut(inParts(Buffer.from(file), size), each)) {
    expect(lot.count).toBeLessThanOrEqual(each);
    const read = reader.read(lot.bytes);
    expect(read).toHaveLength(lot.count);
    for (const [at, record] of read.entries()) rows[lot.firstRow + at] = record;
  }
  return rows;
}

const twoRows = { 1: ["a", "b"], 2: ["c", "d"] };

test.each([
  "",
  "\r\n",
  "\n",
  "\r\n\r\n\r\n\r\n",
  "\r\n,,,\r\n,,,\r\n,,,",
  '\r\n"","",\r\n',
  "\r\n \r\n , \r\n",
  "\x1a",
  "\r\n\x1a",
  "\r\n\x1a\x1a\x1a\x1a",
  "\r\n\x1a\r\n",
  "\r\n,,\r\n\r\n\x1a\r\n\x1a",
])(
  "ファイルの終わりの空の行、区切りだけの行、終端記号は、行にも誤りにもならない: %j",
  async (end) => {
    expect(await rowsOf(`a,b\r\nc,d${end}`)).toEqual(twoRows);
  },
);

test("途中の空の行は、何行続いても番号のとおりの行として残る", async () => {
  const rows = await rowsOf(`a,b\n${",,,\n\n".repeat(4)}c,d\n,,\n`);
  expect(Object.keys(rows)).toEqual(Array.from({ length: 10 }, (_, at) => `${at + 1}`));
  expect(rows[10]).toEqual(["c", "d"]);
  for (let row = 2; row <= 9; row += 1)
    expect(
      (rows[row] as string[]).every((field) => field === ""),
      `${row}`,
    ).toBe(true);
});

test("空の行だけのファイルには行がない", async () => {
  for (const file of ["", "\r\n", "\r\n,,,\r\n", "\x1a", " "])
    expect(await rowsOf(file)).toEqual({});
});

test("固定長のファイルの終わりの、空白だけのレコードは行にならず、途中のものは残る", async () => {
  for (const [lineEnds, end] of [
    [true, "\r\n"],
    [false, ""],
  ] as const) {
    const layout = fixed(lineEnds);
    const width = layout.columns.length;
    const [full, blank] = ["1".repeat(width), " ".repeat(width)];
    const file = [full, blank, full, blank, blank].map((one) => one + end).join("");
    for (const more of ["", "\x1a", "\x1a\x1a", end]) {
      const rows = await rowsOf(file + more, layout, 11);
      expect(Object.keys(rows)).toEqual(["1", "2", "3"]);
      const between = rows[2];
      expect(between === "empty-row" || (between as string[]).every((field) => field === " ")).toBe(
        true,
      );
    }
  }
});

test("改行の書き方が混ざっていても、最後の改行がなくても、BOMがあっても、同じ行になる", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("a,b", '"a","b"', '"a",b'), { minLength: 1, maxLength: 9 }),
      fc.array(fc.constantFrom("\n", "\r\n", "\r\r\n"), { minLength: 9, maxLength: 9 }),
      fc.boolean(),
      fc.boolean(),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      async (lines, ends, marked, ended, size, each) => {
        const body = lines
          .map((line, at) => line + (ended || at < lines.length - 1 ? ends[at] : ""))
          .join("");
        const rows = await rowsOf((marked ? "\ufeff" : "") + body, delimited, size, each);
        expect(Object.values(rows)).toEqual(lines.map(() => ["a", "b"]));
      },
    ),
  );
});

test("BOMは始めだけのもので、途中にあれば見えない文字として残る", async () => {
  expect(await rowsOf("\ufeffa,b\n\ufeffc,d\n")).toEqual({ 1: ["a", "b"], 2: ["\ufeffc", "d"] });
});

test("引用符の中の改行は、その行と続きの行だけの誤りになる", async () => {
  expect(await rowsOf('a,b\n"c\nd",e\nf,"g"\n')).toEqual({
    1: ["a", "b"],
    2: "quotes",
    3: "quotes",
    4: ["f", "g"],
  });
});
