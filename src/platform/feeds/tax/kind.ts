import { isoDate } from "#workflows/dates/iso-date.ts";
import { eraOf } from "#workflows/dates/wareki.ts";
import { neededRecords } from "../needed-records.ts";
import { taxItems } from "./items.ts";
import standardLayout from "./layout.json" with { type: "json" };
import { readTax } from "./read.ts";

/** 税情報: income, deductions and 課税区分 of a person and year, of people whom a 事務 needs. */
export const tax = neededRecords({
  id: "tax",
  title: "税情報",
  items: taxItems,
  contentTitle: "所得・控除・課税区分",
  standardLayout,
  // Monthly corrections (更正), a week of grace.
  expectedEveryDays: 38,
  read: readTax,
  labelOf: ({ content: { incomeYear } }) => {
    const { era, year } = eraOf(isoDate(incomeYear, 12, 31));
    return `${era.name}${year}年分の所得`;
  },
  missingHint:
    "事務が必要としているのに、全件のファイルにない方です。照会対象者リストで税の担当課へ伝えてください。",
});
