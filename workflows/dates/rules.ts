import {
  dateField,
  defineRule,
  InputError,
  optional,
  textField,
  wholeField,
} from "#workflows/rules/rule.ts";
import { ageOn, reach, reachAge, schoolStart, yearEndAfterReaching } from "./ages.ts";
import { formatWareki, formatWarekiShort, looksLikeDate, parseJapaneseDate } from "./wareki.ts";

const AGE_LAW = "年齢計算ニ関する法律";
const CIVIL_CODE = "民法第143条";
const NOTICE = "平成26年3月11日事務連絡(定期の予防接種における対象者の解釈について)";

const MOST_YEARS = 150;
const birth = dateField("生年月日", "2008-04-01");
const years = wholeField("年齢(歳)", 18, 0, MOST_YEARS);

/** Rules about ages and the calendar. */
export const rules = [
  defineRule({
    id: "age.reach",
    title: "年齢に達する日",
    summary: "生年月日から、その年齢(歳または生後の月数)に達する日を求める。誕生日の前日に達する",
    fields: {
      birth,
      years: optional(years),
      months: optional(wholeField("生後の月数", 2, 0, MOST_YEARS * 12)),
    },
    decide: ({ birth, years, months }) => {
      if (years === undefined && months === undefined)
        throw new InputError("years", "年齢(歳)または生後の月数を入力してください。");
      if (years !== undefined && months !== undefined)
        throw new InputError("months", "年齢(歳)と生後の月数は、どちらか一方を入力してください。");
      const date = years === undefined ? reach(birth, months ?? 0) : reachAge(birth, years);
      return { result: { date }, basis: [AGE_LAW, CIVIL_CODE, NOTICE] };
    },
    examples: [
      {
        title: "4月1日生まれは3月31日に18歳に達する",
        input: { birth: "2008-04-01", years: 18 },
        expected: { date: "2026-03-31" },
      },
      {
        title: "2月29日生まれは平年も2月28日に達する",
        input: { birth: "2008-02-29", years: 18 },
        expected: { date: "2026-02-28" },
      },
      {
        title: "応当日のない月は末日に達する",
        input: { birth: "2025-12-31", months: 2 },
        expected: { date: "2026-02-28" },
      },
      {
        title: "生後1月(事務連絡の例)",
        input: { birth: "2013-04-01", months: 1 },
        expected: { date: "2013-04-30" },
      },
    ],
  }),
  defineRule({
    id: "age.on",
    title: "ある日の年齢",
    summary: "ある日までに達した年齢と、その後の月数を求める",
    fields: { birth, on: dateField("基準日", "2026-11-20") },
    decide: ({ birth, on }) => {
      if (on < birth) throw new InputError("on", "基準日が生年月日より前です。");
      return { result: ageOn(birth, on), basis: [AGE_LAW, CIVIL_CODE, NOTICE] };
    },
    examples: [
      {
        title: "誕生日の前日",
        input: { birth: "2008-04-01", on: "2026-03-31" },
        expected: { years: 18, months: 0 },
      },
      {
        title: "誕生日の前々日",
        input: { birth: "2008-04-01", on: "2026-03-30" },
        expected: { years: 17, months: 11 },
      },
    ],
  }),
  defineRule({
    id: "age.school-start",
    title: "小学校就学の始期",
    summary: "6歳に達した日の翌日以後の最初の4月1日を求める",
    fields: { birth: dateField("生年月日", "2020-04-01") },
    decide: ({ birth }) => ({
      result: { date: schoolStart(birth) },
      basis: ["学校教育法第17条第1項", AGE_LAW, CIVIL_CODE],
    }),
    examples: [
      { title: "4月1日生まれ", input: { birth: "2020-04-01" }, expected: { date: "2026-04-01" } },
      { title: "4月2日生まれ", input: { birth: "2020-04-02" }, expected: { date: "2027-04-01" } },
    ],
  }),
  defineRule({
    id: "age.year-end",
    title: "年齢に達する日以後の最初の3月31日",
    summary: "その年齢に達する日以後(当日を含む)の最初の3月31日を求める",
    fields: { birth, years },
    decide: ({ birth, years }) => ({
      result: { date: yearEndAfterReaching(birth, years) },
      basis: [AGE_LAW, CIVIL_CODE],
    }),
    examples: [
      {
        title: "4月1日生まれは、達した日がその3月31日",
        input: { birth: "2008-04-01", years: 18 },
        expected: { date: "2026-03-31" },
      },
      {
        title: "4月2日生まれ",
        input: { birth: "2008-04-02", years: 18 },
        expected: { date: "2027-03-31" },
      },
    ],
  }),
  defineRule({
    id: "date.wareki",
    title: "和暦",
    summary: "西暦の日付を和暦で表す。元号の最初の年は元年",
    fields: { date: dateField("日付", "2026-11-20") },
    decide: ({ date }) => {
      if (date < "1873-01-01")
        throw new InputError("date", "明治6年より前は太陰太陽暦のため、和暦に直せません。");
      return {
        result: { long: formatWareki(date), short: formatWarekiShort(date) },
        basis: ["元号法", "元号を改める政令"],
      };
    },
    examples: [
      {
        title: "令和",
        input: { date: "2026-11-20" },
        expected: { long: "令和8年11月20日", short: "R8.11.20" },
      },
      {
        title: "改元の日",
        input: { date: "2019-05-01" },
        expected: { long: "令和元年5月1日", short: "R1.5.1" },
      },
      {
        title: "改元の前日",
        input: { date: "1989-01-07" },
        expected: { long: "昭和64年1月7日", short: "S64.1.7" },
      },
    ],
  }),
  defineRule({
    id: "date.read",
    title: "日付の読み取り",
    summary: "和暦・西暦、漢数字、区切り、曜日つきなど、書かれたとおりの日付を読む",
    fields: { text: textField("日付", "令和8年11月20日(金)") },
    decide: ({ text }) => {
      const date = parseJapaneseDate(text);
      if (!date)
        throw new InputError(
          "text",
          looksLikeDate(text)
            ? "暦にない日付です。年号と年月日を確かめてください。"
            : "日付として読めません。例: R8.11.20、20261120",
        );
      return { result: { date }, basis: ["元号法", "元号を改める政令"] };
    },
    examples: [
      {
        title: "漢数字",
        input: { text: "令和八年十一月二十日" },
        expected: { date: "2026-11-20" },
      },
      {
        title: "曜日がついている",
        input: { text: "2026年11月20日(金)" },
        expected: { date: "2026-11-20" },
      },
      { title: "読点で区切る", input: { text: "R8、11、20" }, expected: { date: "2026-11-20" } },
    ],
  }),
];
