import type { DatedParameter } from "#workflows/parameters/dated.ts";

/** 保存期間 of the 事務, from the last day on which it had to do with somebody. */
export const keeping: { program: string; years: DatedParameter<number> } = {
  program: "single-parent-medical",
  years: {
    name: "ひとり親家庭等医療費助成の記録の保存期間（年）",
    rows: [
      {
        from: "2000-01-01",
        value: 5,
        source: "特定個人情報保護評価書（5年）",
        certainty: "probable",
      },
    ],
  },
};
