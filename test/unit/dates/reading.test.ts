import { describe, expect, test } from "vitest";
import { looksLikeDate, parseJapaneseDate } from "#workflows/dates/wareki.ts";

describe("書かれたとおりの日付", () => {
  test.each([
    ["令和八年十一月二十日", "2026-11-20"],
    ["令和元年五月一日", "2019-05-01"],
    ["昭和六十四年一月七日", "1989-01-07"],
    ["二〇二六年一一月二〇日", "2026-11-20"],
    ["令和8年11月20日(金)", "2026-11-20"],
    ["令和8年11月20日（金曜日）", "2026-11-20"],
    ["2026-11-20 金", "2026-11-20"],
    ["R8.11.20金曜", "2026-11-20"],
    ["R8。11。20", "2026-11-20"],
    ["R8、11、20", "2026-11-20"],
    ["R8・11・20", "2026-11-20"],
    ["2026‒11―20", "2026-11-20"],
    ["2026ー11ー20", "2026-11-20"],
    ["２０２６﹣１１－２０", "2026-11-20"],
    ["R8\u200b.11.20", "2026-11-20"],
    ["㋿8年11月20日", "2026-11-20"],
  ])("%s は %s", (written, date) => {
    expect(parseJapaneseDate(written)).toBe(date);
  });

  test.each([
    "令和百二三年一月一日",
    "令和8年十百月1日",
    "山田",
    "金",
    "(金)",
    "2026-11",
    "R8.11.20土木",
  ])("%s は日付として読まない", (written) => {
    expect(parseJapaneseDate(written)).toBeUndefined();
  });

  test.each(["R2.4.31", "H1.1.7", "昭和65年1月1日", "2026/13/1", "令和八年二月三十日", "R20431"])(
    "%s は日付の書き方だが、暦にない",
    (written) => {
      expect(parseJapaneseDate(written)).toBeUndefined();
      expect(looksLikeDate(written)).toBe(true);
    },
  );

  test.each(["山田太郎", "やまだ", "0123456789", "R8-000123", "Smith", "一二三", "三月", "日野"])(
    "%s は日付の書き方ではない",
    (written) => {
      expect(looksLikeDate(written)).toBe(false);
    },
  );
});
