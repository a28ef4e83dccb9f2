import type { DatedParameter } from "#workflows/parameters/dated.ts";

/** 保存期間 of the 事務, from the last day on which it had to do with somebody. */
export const keeping: { program: string; years: DatedParameter<number> } = {
  program: "intractable-disease",
  years: {
    name: "指定難病医療給付の記録の保存期間（年）",
    rows: [
      {
        from: "2018-01-01",
        value: 5,
        source: "公開された評価書に年数の記載がない。市の文書管理規程で確かめること",
        certainty: "assumed",
      },
    ],
  },
};
