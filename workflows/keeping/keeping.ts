import type { DatedParameter } from "#workflows/parameters/dated.ts";

/** 保存期間 of people themselves, from the death or the out-move. */
export const keeping: { program: string; years: DatedParameter<number> } = {
  program: "residents",
  years: {
    name: "住民の記録の保存期間（年）",
    rows: [
      {
        from: "2000-01-01",
        value: 5,
        source: "特定個人情報保護評価書（転出・死亡の後5年）",
        certainty: "probable",
      },
    ],
  },
};
