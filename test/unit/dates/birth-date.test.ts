import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BirthDate,
  birthDigits,
  birthOfDigits,
  birthRange,
  gapOf,
  isPartialBirth,
  mayBeSameBirth,
  mayReckonBy,
  parseBirthDate,
} from "#workflows/dates/birth-date.ts";
import { addDays, isIsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki, formatWarekiShort, parseBirth } from "#workflows/dates/wareki.ts";

const any = fc
  .tuple(
    fc.integer({ min: 1873, max: 2099 }),
    fc.integer({ min: 0, max: 12 }),
    fc.integer({ min: 0, max: 31 }),
  )
  .filter(([, month, day]) => month > 0 || day === 0)
  .map(([year, month, day]) => {
    const birth = birthOfDigits(`${year}${pad(month)}${pad(day)}`);
    if (!birth) throw new Error("not read");
    return birth;
  });
const pad = (n: number) => String(n).padStart(2, "0");

describe("不詳の生年月日", () => {
  test.each([
    ["19280000", "1928", "昭和3年（月日不詳）", "S3（月日不詳）"],
    ["19500400", "1950-04", "昭和25年4月（日不詳）", "S25.4（日不詳）"],
    ["19300230", "1930-02-30", "昭和5年2月30日（暦にない日）", "S5.2.30（暦にない日）"],
    ["19450431", "1945-04-31", "昭和20年4月31日（暦にない日）", "S20.4.31（暦にない日）"],
    ["19260000", "1926", "大正15年・昭和元年（月日不詳）", "T15・S1（月日不詳）"],
    ["19890100", "1989-01", "昭和64年1月・平成元年1月（日不詳）", "S64.1・H1.1（日不詳）"],
    ["20190500", "2019-05", "令和元年5月（日不詳）", "R1.5（日不詳）"],
    ["19580423", "1958-04-23", "昭和33年4月23日", "S33.4.23"],
  ])("%s は届いたとおりに保たれ、読める形で示される", (digits, kept, long, short) => {
    const birth = birthOfDigits(digits) as BirthDate;
    expect(birth).toBe(kept);
    expect(birthDigits(birth)).toBe(digits);
    expect(formatWareki(birth)).toBe(long);
    expect(formatWarekiShort(birth)).toBe(short);
  });

  test.each(["00000000", "00000400", "19280015", "19281300", "19280132", "18500000", "1928"])(
    "%s は生年月日として読まない",
    (digits) => expect(birthOfDigits(digits)).toBeUndefined(),
  );

  test("生まれた可能性のある日の範囲が分かり、みなし生年月日はその中に限られる", () => {
    expect(birthRange(parseBirthDate("1928"))).toEqual({ from: "1928-01-01", to: "1928-12-31" });
    expect(birthRange(parseBirthDate("1950-04"))).toEqual({ from: "1950-04-01", to: "1950-04-30" });
    expect(birthRange(parseBirthDate("1930-02-30"))).toEqual({
      from: "1930-02-01",
      to: "1930-03-31",
    });
    expect(mayReckonBy(parseBirthDate("1928"), "1928-07-01")).toBe(true);
    expect(mayReckonBy(parseBirthDate("1928"), "1929-01-01")).toBe(false);
    expect(mayReckonBy(parseBirthDate("1928-07-01"), "1928-07-01")).toBe(false);
  });

  test("年・年月と矛盾しない生年月日は、同じ方かもしれない", () => {
    const same = (one: string, other: string) =>
      mayBeSameBirth(parseBirthDate(one), parseBirthDate(other));
    expect(same("1928", "1928-05-03")).toBe(true);
    expect(same("1928-05-03", "1928-05")).toBe(true);
    expect(same("1928", "1928-05")).toBe(true);
    expect(same("1928-05-03", "1928-05-04")).toBe(false);
    expect(same("1928-06", "1928-05-04")).toBe(false);
    expect(same("1930-02-30", "1930-02-28")).toBe(false);
  });

  test("どの生年月日も、桁と示し方から元に戻り、暦の日だけが完全な日付になる", () => {
    fc.assert(
      fc.property(any, (birth) => {
        expect(birthOfDigits(birthDigits(birth))).toBe(birth);
        expect(isPartialBirth(birth)).toBe(!isIsoDate(birth));
        expect(gapOf(birth) === undefined).toBe(isIsoDate(birth));
        const { from, to } = birthRange(birth);
        expect(from <= to && isIsoDate(from) && isIsoDate(to)).toBe(true);
        expect(addDays(from, 0)).toBe(from);
        for (const shown of formatWarekiShort(birth)
          .replace(/（.+）/, "")
          .split("・"))
          expect(parseBirth(shown)).toBe(birth);
        for (const shown of formatWareki(birth)
          .replace(/（.+）/, "")
          .split("・"))
          expect(parseBirth(shown)).toBe(birth);
      }),
    );
  });

  test.each([
    ["S3", "1928"],
    ["ｓ３", "1928"],
    ["昭和3年", "1928"],
    ["昭和三年", "1928"],
    ["1928年", "1928"],
    ["S25.4", "1950-04"],
    ["昭和25年4月", "1950-04"],
    ["1950-04", "1950-04"],
    ["S5.2.30", "1930-02-30"],
    ["3050230", undefined],
    ["S33.4.23", "1958-04-23"],
    ["S65", undefined],
    ["S64.2", undefined],
    ["R0", undefined],
    ["1928", undefined],
    ["ヤマダ", undefined],
  ])("検索の「%s」は %s として読む", (typed, birth) => expect(parseBirth(typed)).toBe(birth));
});
