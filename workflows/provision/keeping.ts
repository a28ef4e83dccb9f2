import type { DatedParameter } from "#workflows/parameters/dated.ts";

/** How long the record of provisions (提供・移転の記録) is kept. */
export const keeping: { program: string; years: DatedParameter<number> } = {
  program: "provision",
  years: {
    name: "提供・移転の記録の保存期間（年）",
    rows: [
      {
        from: "2000-01-01",
        value: 7,
        source: "特定個人情報保護評価書（提供・移転の記録は7年）",
        certainty: "probable",
      },
    ],
  },
};
