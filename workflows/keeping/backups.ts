import type { DatedParameter } from "#workflows/parameters/dated.ts";

/** Days for which the program keeps the backups that it takes by itself; the newest stays in any case. */
export const backupsKept: DatedParameter<number> = {
  name: "バックアップを残す日数",
  rows: [
    {
      from: "2000-01-01",
      value: 35,
      source: "月次処理の前に戻れるように、五週間。市の定めに合わせて確認する",
      certainty: "assumed",
    },
  ],
};

/** Days after which the last backup, and the last restoring in drill, is told to be too old (KEP-3). */
export const backupDays: Readonly<Record<"made" | "drilled", DatedParameter<number>>> = {
  made: {
    name: "バックアップの間隔の限り（日）",
    rows: [
      {
        from: "2000-01-01",
        value: 2,
        source: "毎日のバックアップが一度抜けたら知らせる。市の定めに合わせて確認する",
        certainty: "assumed",
      },
    ],
  },
  drilled: {
    name: "バックアップを戻す訓練の間隔の限り（日）",
    rows: [
      {
        from: "2000-01-01",
        value: 366,
        source: "年に一度の訓練。市の定めに合わせて確認する",
        certainty: "assumed",
      },
    ],
  },
};
