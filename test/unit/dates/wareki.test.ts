import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import {
  formatFiscalYear,
  formatWareki,
  formatWarekiShort,
  parseJapaneseDate,
} from "#workflows/dates/wareki.ts";

describe("和暦で書く", () => {
  test.each<[IsoDate, string, string]>([
    ["2026-11-20", "令和8年11月20日", "R8.11.20"],
    ["2019-05-01", "令和元年5月1日", "R1.5.1"],
    ["2019-04-30", "平成31年4月30日", "H31.4.30"],
    ["1989-01-08", "平成元年1月8日", "H1.1.8"],
    ["1989-01-07", "昭和64年1月7日", "S64.1.7"],
    ["1926-12-25", "昭和元年12月25日", "S1.12.25"],
    ["1926-12-24", "大正15年12月24日", "T15.12.24"],
    ["1912-07-30", "大正元年7月30日", "T1.7.30"],
    ["1912-07-29", "明治45年7月29日", "M45.7.29"],
    ["1873-01-01", "明治6年1月1日", "M6.1.1"],
  ])("%s", (date, long, short) => {
    expect(formatWareki(date)).toBe(long);
    expect(formatWarekiShort(date)).toBe(short);
  });

  test("旧暦の日は断る", () => {
    expect(() => formatWareki("1872-12-31")).toThrow(RangeError);
  });

  test("年度", () => {
    expect(formatFiscalYear(2026)).toBe("令和8年度");
    expect(formatFiscalYear(2019)).toBe("令和元年度");
    expect(formatFiscalYear(2018)).toBe("平成30年度");
  });
});

describe("人が書いた日付を読む", () => {
  test.each([
    "R8.11.20",
    "r8.11.20",
    "r81120",
    "R081120",
    "R8/11/20",
    "R8-11-20",
    "20261120",
    "2026-11-20",
    "2026/11/20",
    "2026年11月20日",
    "令和8年11月20日",
    "令和 8年 11月 20日",
    "令8.11.20",
    "5081120",
    "Ｒ８．１１．２０",
    "２０２６１１２０",
    "令和８年１１月２０日",
    " R8.11.20 ",
    "R8 11 20",
    "R8年11月20日",
  ])("%s は2026年11月20日", (text) => {
    expect(parseJapaneseDate(text)).toBe("2026-11-20");
  });

  test.each([
    ["令和元年5月1日", "2019-05-01"],
    ["R元.5.1", "2019-05-01"],
    ["平成31年4月30日", "2019-04-30"],
    ["平成35年2月3日", "2023-02-03"],
    ["S64.1.7", "1989-01-07"],
    ["昭和39年4月1日", "1964-04-01"],
    ["3390401", "1964-04-01"],
    ["T15.12.24", "1926-12-24"],
    ["M45.7.29", "1912-07-29"],
    ["H6.2.28", "1994-02-28"],
    ["R80229", undefined],
    ["R8 1 20", "2026-01-20"],
    ["R8     1 20", "2026-01-20"],
    ["H41.1.1", "2029-01-01"],
    ["H42.1.1", undefined],
    ["4310430", "2019-04-30"],
    ["2151224", "1926-12-24"],
    ["1450729", "1912-07-29"],
    ["大15.12.24", "1926-12-24"],
    ["明45.7.29", "1912-07-29"],
  ])("%s は %s", (text, expected) => {
    expect(parseJapaneseDate(text)).toBe(expected);
  });

  test.each([
    "",
    "令和",
    "R8.13.1",
    "R8.2.29",
    "R1.4.30",
    "令和0年5月1日",
    "20261301",
    "2026",
    "H99.1.1",
    "8.11.20",
    "9081120",
    "R8.11",
    "abc",
    "H1.1.7",
    "26-11-20",
    "R2026.11.20",
    "581120",
    "X R8.11.20",
    "R8.11.20 X",
    "20261120X",
    "X20261120",
  ])("%s は日付ではない", (text) => {
    expect(parseJapaneseDate(text)).toBeUndefined();
  });

  test("書いたものはすべて読み戻せる", () => {
    fc.assert(
      fc.property(fc.integer({ min: -35_000, max: 30_000 }), (days) => {
        const date = addDays("1970-01-01", days);
        expect(parseJapaneseDate(formatWareki(date))).toBe(date);
        expect(parseJapaneseDate(formatWarekiShort(date))).toBe(date);
        expect(parseJapaneseDate(date.replaceAll("-", ""))).toBe(date);
      }),
    );
  });
});
