import { kanjiDigits, kanjiNumber } from "#workflows/text/kanji-numbers.ts";
import { dashes, withoutInvisible } from "#workflows/text/signs.ts";
import {
  type BirthDate,
  birthOfParts,
  birthRange,
  gapOf,
  isFullBirth,
  isPartialBirth,
  type PartialBirth,
} from "./birth-date.ts";
import { type IsoDate, isIsoDate, isoDate, partsOf } from "./iso-date.ts";

/** An era: its letter on forms, its digit in files, and its first day. */
export interface Era {
  readonly name: string;
  readonly letter: string;
  readonly code: string;
  readonly from: IsoDate;
}

/** The eras of the solar calendar, newest first. Dates before 明治6年 were lunar and are left out. */
export const eras: readonly Era[] = [
  { name: "令和", letter: "R", code: "5", from: "2019-05-01" },
  { name: "平成", letter: "H", code: "4", from: "1989-01-08" },
  { name: "昭和", letter: "S", code: "3", from: "1926-12-25" },
  { name: "大正", letter: "T", code: "2", from: "1912-07-30" },
  { name: "明治", letter: "M", code: "1", from: "1873-01-01" },
];

/** First civil year of an era; 明治 is counted from 1868, not from the first solar date. */
function firstYear(era: Era): number {
  return era.letter === "M" ? 1868 : partsOf(era.from).year;
}

/** Era and year of the era; throws a RangeError before 1873. */
export function eraOf(date: IsoDate): { era: Era; year: number } {
  const era = eras.find(({ from }) => from <= date);
  if (!era) throw new RangeError("dates before 1873-01-01 have no solar era");
  return { era, year: partsOf(date).year - firstYear(era) + 1 };
}

const gapWords = {
  "month-and-day": "月日不詳",
  day: "日不詳",
  "not-in-calendar": "暦にない日",
} as const;

/** The eras in which a year or a month lies, the earlier first: 1926 is 大正15年 and 昭和元年. */
function erasOf(birth: PartialBirth): { era: Era; year: number }[] {
  const [year = 0] = birth.split("-").map(Number);
  const { from, to } = gapOf(birth) === "not-in-calendar" ? monthOf(birth) : birthRange(birth);
  return eras
    .filter((era, at) => era.from <= to && (eras[at - 1]?.from ?? "9999") > from)
    .map((era) => ({ era, year: year - firstYear(era) + 1 }))
    .toReversed();
}

const monthOf = (birth: PartialBirth) => birthRange(birth.slice(0, 7) as PartialBirth);

/** Of a day that the calendar lacks, or of a month or year, what is known, and what is not. */
function formatPartial(
  birth: PartialBirth,
  write: (of: { era: Era; year: number }, month?: number, day?: number) => string,
): string {
  const [, month, day] = birth.split("-").map(Number);
  const known = erasOf(birth).map((one) => write(one, month, day));
  return `${known.join("・")}（${gapWords[gapOf(birth) ?? "day"]}）`;
}

/** `令和8年11月20日`; the first year of an era is 元年. Of a birth that is known in part `昭和3年（月日不詳）`. */
export function formatWareki(date: BirthDate): string {
  if (!isFullBirth(date))
    return formatPartial(
      date,
      ({ era, year }, month, day) =>
        `${era.name}${year === 1 ? "元" : year}年${month ? `${month}月` : ""}${day ? `${day}日` : ""}`,
    );
  const { era, year } = eraOf(date);
  const { month, day } = partsOf(date);
  return `${era.name}${year === 1 ? "元" : year}年${month}月${day}日`;
}

/** `R8.11.20`; of a birth that is known in part `S25.4（日不詳）`. */
export function formatWarekiShort(date: BirthDate): string {
  if (!isFullBirth(date))
    return formatPartial(date, ({ era, year }, month, day) =>
      [`${era.letter}${year}`, month, day].filter(Boolean).join("."),
    );
  const { era, year } = eraOf(date);
  const { month, day } = partsOf(date);
  return `${era.letter}${year}.${month}.${day}`;
}

/** `令和8年度` of a fiscal year; 2019 is 令和元年度 as its notices call it. */
export function formatFiscalYear(year: number): string {
  const { era, year: eraYear } = eraOf(isoDate(year, 12, 31));
  return `${era.name}${eraYear === 1 ? "元" : eraYear}年度`;
}

/**
 * Papers written before the last change of era carry the old one on (平成35年); so many years of it are still read. Of an
 * earlier era such papers are no longer in use: 昭和65年 is a slip.
 */
const OVERHANG_YEARS = 10;

/** What may stand between the numbers of a date, beside 年 and 月. */
const between = `[ ./,、。・${dashes}]`;
const separated = new RegExp(
  `^([MTSHR]?) ?(\\d{1,4}) ?(?:年|${between}) ?(\\d{1,2}) ?(?:月|${between}) ?(\\d{1,2}) ?日?$`,
  "u",
);
const packed = /^([MTSHR]?) ?(\d{1,4})(\d{2})(\d{2})$/;
const weekday =
  /[ ,、]?(?:\([月火水木金土日](?:曜日?)?\)|[月火水木金土日]曜日?| [月火水木金土日])$/;
const kanjiRun = new RegExp(`[${kanjiDigits}]+`, "g");

/** A text as dates are read from it: half width, capitals, the letter of an era for its name, figures for kanji. */
function dateText(text: string): string {
  return withoutInvisible(text)
    .normalize("NFKC")
    .replace(/\s+/g, " ")
    .trim()
    .toUpperCase()
    .replace(weekday, "")
    .replace(
      /^(明治|大正|昭和|平成|令和)/,
      (name) => eras.find((era) => era.name === name)?.letter ?? "",
    )
    .replace(/^([明大昭平令])/, (first) => eras.find((era) => era.name[0] === first)?.letter ?? "")
    .replace(/元/, "1")
    .replace(kanjiRun, (kanji) => String(kanjiNumber(kanji) ?? kanji));
}

/**
 * Reads what a clerk or a paper writes for a date: `R8.11.20`, `r81120`, `R8/11/20`, `令和8年11月20日(金)`,
 * `令和元年5月1日`, `令和八年十一月二十日`, `5081120`, `20261120`, `2026-11-20`, `2026年11月20日`, in full or half width, with any
 * dash, point or comma between. Nothing when it is no date, or when the era had not begun.
 */
export function parseJapaneseDate(text: string): IsoDate | undefined {
  const plain = dateText(text);
  const parted = separated.exec(plain);
  if (parted) return build(parted[1], parted[2], parted[3], parted[4]);
  const [, letter, year = "", month, day] = packed.exec(plain) ?? [];
  if (letter || year.length === 4) return build(letter, year, month, day);
  const coded = eras.find(({ code }) => year.length === 3 && code === year[0]);
  return coded && build(coded.letter, year.slice(1), month, day);
}

const monthAlone = new RegExp(`^([MTSHR]?) ?(\\d{1,4}) ?(?:年|${between}) ?(\\d{1,2}) ?月?$`, "u");
const yearAlone = /^(?:([MTSHR]) ?(\d{1,2}) ?年?|(\d{4}) ?年)$/;

/**
 * Reads what is searched for as a birth date: a full one as {@link parseJapaneseDate}, a year (`S3`, `昭和3年`, `1928年`), a year
 * and month (`S25.4`, `昭和25年4月`, `1950-04`), or a day that the calendar lacks (`S5.2.30`), as old registers have them. Nothing
 * where it is none of them, or where the era had not begun in it or was over.
 */
export function parseBirth(text: string): BirthDate | undefined {
  const full = parseJapaneseDate(text);
  if (full) return full;
  const plain = dateText(text);
  const [, letter = "", short = "", long] = yearAlone.exec(plain) ?? [];
  if (short || long) return inEra(letter, short || long || "", "00", "00");
  const month = monthAlone.exec(plain);
  if (month) return inEra(month[1], month[2], month[3], "00");
  const parted = separated.exec(plain) ?? packed.exec(plain);
  return parted ? inEra(parted[1], parted[2], parted[3], parted[4]) : undefined;
}

/** The birth date in the seven characters of a file, era first (`3030000`, `S250400`), zeros for what is unknown of it. */
export function parsePackedBirth(text: string): BirthDate | undefined {
  const [, first, year, month, day] = /^([1-5MTSHR])(\d{2})(\d{2})(\d{2})$/.exec(text) ?? [];
  const era = eras.find(({ letter, code }) => first === letter || first === code);
  return era && (parseJapaneseDate(text) ?? inEra(era.letter, year, month, day));
}

/** What is known of a birth, of the year of an era or of our count. */
function inEra(letter = "", yearText = "", month = "", day = ""): PartialBirth | undefined {
  const era = eras.find((candidate) => candidate.letter === letter);
  if (era ? yearText.length > 2 || Number(yearText) < 1 : yearText.length !== 4) return undefined;
  const year = String(Number(yearText) + (era ? firstYear(era) - 1 : 0));
  const birth = birthOfParts(year, month.padStart(2, "0"), day.padStart(2, "0"));
  if (!birth || !isPartialBirth(birth)) return undefined;
  return !era || erasOf(birth).some((one) => one.era === era) ? birth : undefined;
}

/**
 * Whether a text is written as a date, be it one or not: with the letter or the name of an era, or with year, month and day
 * told apart (R2.4.31, 昭和65年1月1日, 2026/13/1).
 */
export function looksLikeDate(text: string): boolean {
  const plain = dateText(text);
  return separated.test(plain) || /^[MTSHR] ?\d{5,6}$/.test(plain);
}

function build(letter = "", yearText = "", month = "", day = ""): IsoDate | undefined {
  const index = eras.findIndex((candidate) => candidate.letter === letter);
  const era = eras[index];
  if (era ? yearText.length > 2 : yearText.length !== 4) return undefined;
  const year = Number(yearText) + (era ? firstYear(era) - 1 : 0);
  const date = `${String(year).padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (!isIsoDate(date) || (era && (Number(yearText) < 1 || date < era.from))) return undefined;
  const next = eras[index - 1];
  if (!era || !next || date < next.from) return date;
  return index === 1 && year <= firstYear(next) + OVERHANG_YEARS ? date : undefined;
}
