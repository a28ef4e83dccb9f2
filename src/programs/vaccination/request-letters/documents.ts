import type { RequiredDocuments } from "#src/platform/intake/index.ts";

/** What is handed in with an application for a letter. */
export const letterDocuments: RequiredDocuments = {
  "handbook-copy": {
    title: "母子健康手帳・接種記録の写し",
    hint: "接種歴の頁。市の記録で確かめられるときは不要",
    standard: true,
  },
  "stay-proof": {
    title: "滞在先・入院先・入所先の分かるもの",
    hint: "診察券、入所証明書、在学証明書など",
    standard: false,
  },
  mandate: { title: "委任状", hint: "代理人が申請する場合", standard: false },
  "special-case-proof": {
    title: "特例の対象であることの証明",
    hint: "長期療養、60～64歳の障害など",
    standard: false,
  },
};
