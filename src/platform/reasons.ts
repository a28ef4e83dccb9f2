/**
 * Why somebody looks now, where the purpose alone does not say it. The code stands in the log in clear, so that it can be
 * counted; what a person says in their own words is sealed.
 */
export const reasonTitles = {
  identify: "窓口での本人確認",
  telephone: "電話での照会",
  case: "申請の処理",
  delivery: "送付先の確認",
  other: "その他",
  "wide-search": "該当の多い検索",
  copy: "写しの受け取り",
  task: "依頼された処理",
  "log-analysis": "アクセス記録の点検",
  "register-loss": "住民記録の異動による資格の確認",
  expiry: "有効期間の満了",
  "register-report": "住民記録の異動による届出の提案",
} as const;
export type ReasonCode = keyof typeof reasonTitles;

/** What was said, as the vault keeps it: its id, and the SHA-256 of the sealed bytes in hexadecimal. */
export interface SaidReason {
  id: string;
  sha256: string;
}

/** A reason with more than its code. */
interface FurtherReason {
  code: ReasonCode;
  /** Number of the thing it is about and what is done with it, in the program's words: 一括発送 M000012 の抽出. */
  of?: string | undefined;
  /** A person's own words; see `keepReason`. */
  said?: SaidReason | undefined;
}

export type Reason = ReasonCode | FurtherReason;

/** What the database is told of a reason: code, and the rest of it as JSON. */
export function reasonParts(reason: Reason | undefined): { code: string; why: string } {
  if (!reason) return { code: "", why: "" };
  if (typeof reason === "string") return { code: reason, why: "" };
  const { code, of, said } = reason;
  return { code, why: of || said ? JSON.stringify({ of, said }) : "" };
}
