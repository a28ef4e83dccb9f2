import type { DatedParameter } from "../parameters/dated.ts";

/** Minutes that a session may stand idle before it is locked (USE-3). The same rows stand in `access.idle_limit`. */
export const idleMinutes: DatedParameter<number> = {
  name: "無操作でロックするまでの分数",
  rows: [
    {
      from: "2000-01-01",
      value: 15,
      source: "セキュリティポリシーの一般的な値。市の定めに合わせて確認する",
      certainty: "assumed",
    },
  ],
};
