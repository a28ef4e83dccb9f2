/** Where a record comes from, other than by the file of a system. */
export const channelTitles = {
  slip: "予診票",
  punched: "予診票（パンチ）",
  letter: "市外での接種の報告",
  certificate: "接種証明書",
  "in-mover": "転入前の自治体",
  "mother-child-handbook": "母子健康手帳",
  session: "集団接種",
  national: "国のシステム",
} as const;
export type RecordChannel = keyof typeof channelTitles;

/** Every way by which a record was told: by the file of a system, and from the case of a 依頼書, too. */
export const sourceTitles: Readonly<Record<string, string>> = {
  feed: "連携ファイル",
  "request-letter": "実施依頼書の結果",
  ...channelTitles,
};

/**
 * Whether what a channel tells was given as the city's own routine vaccination, so that it is judged by its rules. What was given
 * elsewhere or before is a fact that is taken down (予防接種法9条の3後段).
 */
export const isOwn = (channel: RecordChannel): boolean =>
  ["slip", "punched", "letter", "session"].includes(channel);

/** 接種, 予診のみ, 不可診. */
export const outcomeTitles = {
  given: "接種",
  "interview-only": "予診のみ",
  unfit: "不可診",
} as const;
export type Outcome = keyof typeof outcomeTitles;

/** Why what is doubtful is recorded all the same. */
export const acceptTitles = {
  clinic: "医療機関に確かめた",
  paper: "原本で確かめた",
  "as-given": "予診票のとおり接種されている",
  other: "その他",
} as const;
export type AcceptReason = keyof typeof acceptTitles;

export const routeTitles = { individual: "個別", group: "集団" } as const;
export type Route = keyof typeof routeTitles;
