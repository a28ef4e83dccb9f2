/** By what the reports of 予防接種 can be counted, in the order in which they are offered. */
export const axisTitles = {
  vaccine: "予防接種（期）",
  dose: "予防接種・期・回",
  "age-band": "年齢区分",
  "age-years": "年齢（歳）",
  "age-months": "月齢",
  sex: "性別",
  route: "接種方法",
  contract: "契約の種類",
  source: "記録の経路",
  outcome: "結果",
  office: "区",
  month: "接種した月",
  "entry-month": "記録した月",
} as const;
export type Axis = keyof typeof axisTitles;

/** Axes of so few values that they fit side by side. */
export const columnAxes = [
  "none",
  "age-band",
  "sex",
  "route",
  "contract",
  "source",
  "outcome",
  "office",
  "month",
  "entry-month",
] as const satisfies readonly (Axis | "none")[];
export type ColumnAxis = (typeof columnAxes)[number];

export const sexTitles = { female: "女", male: "男" } as const;

/** First months of the bands of age: under 1, 1, 2, 3 to 4, 5 to 6, 7 to 12, 13 to 19, 20 to 59, 60 to 64, from 65 on. */
export const bandsInMonths: readonly number[] = [0, 1, 2, 3, 5, 7, 13, 20, 60, 65].map(
  (years) => years * 12,
);
