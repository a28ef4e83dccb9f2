import { itemTitles } from "../audit/titles.ts";

export const reasonTitles = { death: "死亡", "move-out": "転出", outside: "住登外" } as const;

const kindTitles: Readonly<Record<string, string>> = {
  person: "住民の記録",
  "reckoned-birth": "みなし生年月日の記録",
  outsider: "住登外者の登録・確認の記録",
  "person-history": "住民の記録の履歴",
  "individual-number": "個人番号",
  "feed-record": "税情報・福祉情報",
};

/** A kind of erased record in words. */
export const kindTitle = (kind: string): string =>
  kindTitles[kind] ?? itemTitles[kind] ?? "その他の記録";
