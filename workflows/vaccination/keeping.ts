import type { DatedParameter } from "#workflows/parameters/dated.ts";

/** 保存期間 of the 事務, from the last day on which it had to do with somebody. */
export const keeping: { program: string; years: DatedParameter<number> } = {
  program: "vaccination",
  years: {
    name: "予防接種の記録の保存期間（年）",
    rows: [
      {
        from: "2000-01-01",
        value: 5,
        source: "予防接種法第9条の3、同法施行規則第3条（5年）",
        certainty: "established",
      },
    ],
  },
};
