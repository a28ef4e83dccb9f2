import { lawDates } from "./law-dates.ts";
import type { Target, Vaccine } from "./vocabulary.ts";

const ORDER = "予防接種法施行令第3条";
const RULES = "定期接種実施要領(令和8年10月1日改正)";
const AGES = "平成26年3月11日事務連絡(定期の予防接種における対象者の解釈について)";

const years = (count: number) => ({ years: count });
const yearOfReaching = (age: number) => ({
  from: { fiscalYearStart: age },
  to: { fiscalYearEnd: age },
});
const disabled: Target = { from: years(60), to: years(65), condition: "disability-60-64" };
const hiv: Target = { from: years(60), to: years(65), condition: "hiv-60-64" };
const seasonal: readonly Target[] = [{ from: years(65) }, disabled, hiv];
/** 経過措置 of 帯状疱疹 (2025 to 2029) and, with 65, of 高齢者肺炎球菌 (2014 to 2023): the ages reached in a fiscal year. */
const ELDERLY_AGES = [70, 75, 80, 85, 90, 95, 100];

/** The routine vaccinations of expectant mothers (A類疾病) and of the elderly (B類疾病). */
export const adultVaccines: readonly Vaccine[] = [
  {
    id: "rsv",
    label: "RSウイルス(母子免疫)",
    category: "A",
    kind: "inactivated",
    sex: "female",
    targets: [
      {
        from: { pregnancyWeeks: 28, pregnancyDays: 0 },
        to: { pregnancyWeeks: 36, pregnancyDays: 6 },
        condition: "pregnant",
        since: lawDates.rsv.from,
      },
    ],
    courses: [{ doses: [{ label: "1回" }] }],
    again: "pregnancy",
    basis: [ORDER, RULES],
  },
  {
    id: "flu",
    label: "高齢者インフルエンザ",
    category: "B",
    kind: "inactivated",
    targets: seasonal,
    olderThanTable: true,
    courses: [{ doses: [{ label: "1回" }] }],
    again: "season",
    products: [
      { names: ["標準量", "standard"] },
      { names: ["高用量", "high-dose"], since: lawDates.highDose.from, from: years(75) },
    ],
    basis: [ORDER, RULES, AGES],
  },
  {
    id: "ppv",
    label: "高齢者肺炎球菌",
    category: "B",
    kind: "inactivated",
    targets: [{ from: years(65), to: years(66) }, disabled, hiv],
    dated: [
      { from: years(65), to: years(66), since: lawDates.pneumococcus65.from },
      ...[65, ...ELDERLY_AGES].map((age) => ({
        ...yearOfReaching(age),
        since: lawDates.pneumococcusFiveYears.from,
        until: lawDates.pneumococcusFiveYears.to,
      })),
      ...[lawDates.pneumococcusOldest2014, lawDates.pneumococcusOldest2019].map(({ from, to }) => ({
        from: { fiscalYearStart: 101 },
        since: from,
        until: to,
      })),
      { ...disabled, since: lawDates.pneumococcusElderly.from },
      { ...hiv, since: lawDates.pneumococcusElderly.from },
    ],
    courses: [{ doses: [{ label: "1回" }] }],
    continues: ["ppsv23", "pcv20", "pcv15", "pcv13"],
    products: [
      { names: ["PCV20", "20価"], since: lawDates.pcv20Elderly.from },
      {
        names: ["PPSV23", "23価"],
        ids: ["ppsv23"],
        since: lawDates.ppsv23.from,
        until: lawDates.ppsv23.to,
      },
    ],
    longIllness: { years: 1 },
    basis: [ORDER, RULES, AGES],
  },
  {
    id: "covid",
    label: "高齢者新型コロナ",
    category: "B",
    kind: "inactivated",
    targets: seasonal.map((target) => ({ ...target, since: lawDates.covid.from })),
    courses: [{ doses: [{ label: "1回" }] }],
    again: "season",
    basis: [ORDER, RULES, AGES],
  },
  {
    id: "zoster",
    label: "帯状疱疹",
    category: "B",
    kind: "inactivated",
    targets: [
      { ...yearOfReaching(65), since: lawDates.zoster.from },
      ...ELDERLY_AGES.map((age) => ({
        ...yearOfReaching(age),
        since: lawDates.zoster.from,
        until: "2030-03-31" as const,
      })),
      {
        from: { fiscalYearStart: 101 },
        bornTo: "1925-04-01",
        since: lawDates.zoster.from,
        until: "2026-03-31",
      },
      { ...hiv, since: lawDates.zoster.from },
    ],
    courses: [
      { product: "live", doses: [{ label: "1回" }] },
      {
        product: "recombinant",
        doses: [{ label: "1回目" }, { label: "2回目", afterPrevious: { months: 2 } }],
      },
    ],
    products: [
      { names: ["live", "生", "生ワクチン"], live: true },
      { names: ["recombinant", "組換え", "組換えワクチン"] },
    ],
    longIllness: { years: 1 },
    basis: [ORDER, RULES, AGES],
  },
];
