import { expect, test } from "vitest";
import { residents, standardFeed, tax, welfare } from "#src/platform/feeds/index.ts";
import { cutRecords } from "#src/platform/feeds/kept-records.ts";
import type { Feed } from "#src/platform/feeds/kind.ts";
import { readItems } from "#src/platform/feeds/lot.ts";
import { shotFeed } from "#src/programs/vaccination/shots.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

const asOf: IsoDate = "2026-11-20";
const resident = {
  householdNumber: "1",
  sourceId: "2",
  kanji: "山田　花子",
  kana: "ヤマダ　ハナコ",
  birthDate: "20240229",
  sex: "2",
  relationship: "20",
  isHead: "0",
  town: "熊本市中央区千葉城町",
  townCode: "0001000",
  officeCode: "431010",
  residentFrom: "20240229",
  fromReason: "01",
  eventDate: "20240229",
  eventReason: "01",
  nationality: "1",
  protected: "0",
};
const rows: Record<string, [feed: Feed, row: Record<string, string>]> = {
  住民記録: [standardFeed(residents) as Feed, resident],
  税情報: [
    standardFeed(tax) as Feed,
    { sourceId: "2", incomeYear: "2025", determinedOn: "20260601", assessment: "1" },
  ],
  福祉情報: [
    standardFeed(welfare) as Feed,
    { sourceId: "2", benefit: "11", grade: "2", from: "20260401" },
  ],
  予防接種記録: [
    standardFeed(shotFeed) as Feed,
    {
      sourceId: "2",
      vaccine: "bcg",
      dose: "1",
      givenOn: "20260401",
      product: "乾燥BCG",
      lot: "A1",
    },
  ],
};

/** A row as it is judged when its file is taken in: the record made of the items, and what is kept of it. */
function judged(feed: Feed, row: Record<string, string>) {
  const order = feed.layout.columns.map((_, place) => place);
  const fields = feed.layout.columns.map(({ item }) => row[item] ?? "");
  const { records } = cutRecords(feed, order, [fields]);
  const [read] = readItems(feed, order, records);
  if (!read) throw new Error("no row");
  return read.errors.length > 0 ? { errors: read.errors } : feed.kind.read(read.items, asOf);
}

const marked: [kind: string, character: string][] = [
  ["control", "\u0000"],
  ["control", "\u000b"],
  ["control", "\t"],
  ["control", "\r"],
  ["control", "\u007f"],
  ["control", "\u0085"],
  ["control", "\u2028"],
  ["replacement", "\ufffd"],
  ["invisible", "\u200b"],
  ["invisible", "\u200e"],
  ["invisible", "\u00ad"],
  ["invisible", "\u3164"],
  ["invisible", "\ufeff"],
  ["noncharacter", "\uffff"],
];

test.each(Object.entries(rows))(
  "%sの行は、どの項目に見えない文字や制御文字があっても、その項目とその種類を示して断られる",
  (_, [feed, row]) => {
    expect(judged(feed, row)).toHaveProperty("row");
    for (const [item, value] of Object.entries(row))
      for (const [code, character] of marked)
        for (const text of [value + character, character + value, `${value[0]}${character}`])
          expect(judged(feed, { ...row, [item]: text }), `${item} ${code}`).toEqual({
            errors: [{ field: item, code }],
          });
  },
);

test("氏名の異体字セレクタは字の形として残り、字の前に何もないものは見えない文字になる", () => {
  const [feed, row] = rows.住民記録 ?? [];
  if (!feed || !row) throw new Error("no feed");
  const name = (kanji: string) => judged(feed, { ...row, kanji });
  expect(name("葛\u{e0100}城　花子")).toMatchObject({
    row: { name: { kanji: "葛\u{e0100}城　花子" } },
  });
  expect(name("\u{e0100}葛城　花子")).toEqual({ errors: [{ field: "kanji", code: "invisible" }] });
  expect(name("葛城　\u{e0100}花子")).toEqual({ errors: [{ field: "kanji", code: "invisible" }] });
  expect(name("神\ufa19　﨑\u{20b9f}")).toMatchObject({
    row: { name: { kanji: "神\ufa19　﨑\u{20b9f}" } },
  });
});

test("氏名カナの濁点は、離れていても半角でも、検索と同じ字になる", () => {
  const [feed, row] = rows.住民記録 ?? [];
  if (!feed || !row) throw new Error("no feed");
  const kana = (text: string) => judged(feed, { ...row, kana: text, commonKana: text });
  for (const text of [
    "カ゛ク　ハ゜ル",
    "カ\u3099ク　ハ\u309aル",
    "ｶﾞｸ ﾊﾟﾙ",
    "カﾞク　ハﾟル",
    "がく　ぱる",
    "ガク  パル",
  ])
    expect(kana(text), text).toMatchObject({
      row: { name: { kana: "ガク　パル", commonKana: "ガク　パル" } },
    });
  expect(kana("ミヽ　ミスヾ")).toMatchObject({ row: { name: { kana: "ミヽ　ミスヾ" } } });
  for (const text of ["ア゛", "゛カ", "漢字　タロウ", "ヤマダ１"])
    expect(kana(text), text).toMatchObject({ errors: [{ field: "kana", code: "not-kana" }, {}] });
});

test("何も入っていない行は、項目ごとではなく一つの誤りになる", () => {
  for (const [feed] of Object.values(rows))
    for (const empty of ["", " ", "　"]) {
      const fields = feed.layout.columns.map(() => empty);
      const order = feed.layout.columns.map((_, place) => place);
      const errors = [{ field: "row", code: "empty-row" }];
      const { records } = cutRecords(feed, order, [fields, [""], ["", ""]]);
      expect(readItems(feed, order, records).map((read) => read.errors)).toEqual([
        errors,
        errors,
        errors,
      ]);
      expect(readItems(feed, order, [fields])[0]?.errors).toEqual(errors);
    }
});
