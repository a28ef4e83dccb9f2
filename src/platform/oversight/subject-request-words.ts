/** What a person may ask about their own data. */
export const requestKinds = {
  disclosure: "開示",
  correction: "訂正",
  suspension: "利用停止",
  inquiry: "問合せ",
} as const;
export type RequestKind = keyof typeof requestKinds;

/** Who asks (個人情報の保護に関する法律第76条第2項ほか). */
export const askers = {
  self: "本人",
  "legal-representative": "法定代理人",
  agent: "任意代理人",
} as const;
export type Asker = keyof typeof askers;

/** What was decided, as the end of 「…する」. */
export const outcomes = {
  whole: "全部",
  part: "一部",
  refused: "しない",
} as const;
export type Outcome = keyof typeof outcomes;

/** Why something is withheld or refused; the same codes stand in `oversight.refusal_reasons()`. */
export const refusalReasons = {
  "own-harm": "本人の生命・健康・財産などを害するおそれ（法第78条第1項第1号）",
  "third-person": "本人以外の個人に関する情報（法第78条第1項第2号）",
  corporate: "法人等に関する情報（法第78条第1項第3号）",
  crime: "犯罪の予防・捜査などへの支障（法第78条第1項第5号）",
  deliberation: "審議・検討に関する情報（法第78条第1項第6号）",
  duties: "事務の適正な遂行への支障（法第78条第1項第7号）",
  "not-held": "該当する個人情報を保有していない",
  correct: "内容が事実と合っている（法第92条）",
  "beyond-purpose": "利用目的の達成に必要な範囲を超える訂正（法第92条）",
  lawful: "取得・利用・提供に違反がない（法第100条）",
  hindrance: "利用停止により事務の適正な遂行に著しい支障（法第100条ただし書）",
  other: "その他（理由の文による）",
} as const;
export type RefusalReason = keyof typeof refusalReasons;

/** Parts of the document of what is held; the same codes stand in `oversight.held_parts()`. */
export const heldParts = {
  register: "住民記録",
  address: "住所",
  cases: "申請・届出",
  entries: "申請の内容",
  entitlements: "受給資格と受給者証",
  papers: "交付した文書",
  mailings: "送付した郵便物",
  programs: "事務ごとの記録",
  notes: "メモと添付",
  looks: "閲覧の記録",
} as const;
export type HeldPart = keyof typeof heldParts;
export const heldPartNames = Object.keys(heldParts) as HeldPart[];
