import type { DatedParameter } from "#workflows/parameters/dated.ts";

/** 下書きの保存日数: how many days a draft is kept after it was last typed into. */
export const draftDays: DatedParameter<number> = {
  name: "下書きの保存日数",
  rows: [
    {
      from: "2000-01-01",
      value: 7,
      source: "運用上の設定（市が確認する値）",
      certainty: "assumed",
    },
  ],
};
