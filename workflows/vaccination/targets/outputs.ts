/** What can be made of an extraction. */
export const outputs = {
  coupon: "接種券（1回ごと）",
  booklet: "接種券つづり（1人1冊）",
  interview: "予診票（券番号入り）",
  letter: "個別通知（封書）",
  postcard: "勧奨はがき",
  session: "集団接種の名簿",
} as const;
export type Output = keyof typeof outputs;
export const outputIds = Object.keys(outputs) as [Output, ...Output[]];

/** Those that carry a 券番号 for each dose: nobody gets two for one dose. */
export const bearsCoupons = (output: Output): boolean =>
  output === "coupon" || output === "booklet" || output === "interview";
