/** 間違い接種の態様 of the yearly report, by its number. 4 to 11 stand as published tables have them; the official list is not established. */
export const mistakeCategories = {
  1: "接種するワクチンの種類を間違えた（2を除く）",
  2: "対象者を誤認して接種した",
  3: "不必要な接種を行った（任意接種として説明・同意がある場合を除く）",
  4: "接種間隔を間違えた",
  5: "接種量を間違えた",
  6: "接種部位・投与方法を間違えた",
  7: "接種器具の扱いが適切でなかった（8を除く）",
  8: "血液感染を起こしうる間違い",
  9: "期限切れワクチンの使用",
  10: "不適切な保管をされたワクチンの使用",
  11: "その他（対象年齢外の接種など）",
} as const;

/** Number of a 態様, 1 to 11. */
export type MistakeCategory = keyof typeof mistakeCategories;

export const mistakeCategoryNumbers = Object.keys(mistakeCategories).map(
  Number,
) as MistakeCategory[];

export type ReportWay = "at-once" | "yearly";

/**
 * How a 態様 is reported, as far as that is established: wrong amount or way of use, expired vaccine and what may infect by blood
 * at once, intervals with the year. Of the others nothing is established: whoever judges says it.
 *
 * Basis: 定期接種実施要領 (間違い接種の報告), as a city's page repeats it (堺市).
 */
export function usualReport(category: MistakeCategory): ReportWay | undefined {
  if ([5, 6, 8, 9].includes(category)) return "at-once";
  return category === 4 ? "yearly" : undefined;
}
