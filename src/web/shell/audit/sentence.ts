import { type Right, rightTitles } from "#src/platform/access/index.ts";
import type { AuditRow } from "#src/platform/audit/index.ts";
import { type ReasonCode, reasonTitles, type SaidReason } from "#src/platform/reasons.ts";
import type { ReadReason } from "#src/platform/vault/index.ts";
import { type Purpose, purposeTitles } from "#src/platform/work.ts";
import { itemWords } from "./titles.ts";
import { type AuditWords, unknownWords } from "./words/index.ts";

/** What a record says, as a sentence: 誰が・誰の・何を. When and why stand beside it. */
export function sentenceOf(row: AuditRow, words: AuditWords): string {
  const who = row.staffName ?? "登録のない職員番号の人";
  const whose = row.personNumber === null ? "" : `宛名番号 ${row.personNumber} の`;
  const did = (words.get(row.action) ?? unknownWords).replace(
    "{items}",
    itemWords(row.items) || "記録",
  );
  const what = numberIn(row.detail);
  return `${who}が、${whose}${did}${what && `（${what}）`}。`;
}

/**
 * Why: the purpose, the reason of the list and what it was about, and what was said of it where that was opened. Records of
 * earlier releases hold the words themselves.
 */
export function whyOf(
  { purpose, reason, detail }: Pick<AuditRow, "purpose" | "reason" | "detail">,
  opened?: ReadonlyMap<string, ReadReason>,
): string {
  const title = purpose === null ? "" : (purposeTitles[purpose as Purpose] ?? "その他");
  const code =
    reason !== null && reason in reasonTitles ? reasonTitles[reason as ReasonCode] : reason;
  const { of, said } = furtherWhy(detail);
  const read = said && opened?.get(said.id);
  const words = read && ("text" in read ? `「${read.text}」` : goneWords[read.gone]);
  return [title, code, of, words].filter(Boolean).join("／");
}

const goneWords = {
  erased: "（理由の文は消去済み）",
  changed: "（理由の文が書き換えられています）",
};

/** What stands in a record beside the code of its reason. */
export function furtherWhy(detail: unknown): { of?: string; said?: SaidReason } {
  if (typeof detail !== "object" || detail === null || !("why" in detail)) return {};
  return (detail.why ?? {}) as { of?: string; said?: SaidReason };
}

/** The printed number of the thing or the right that was lacking, where the record names one. */
function numberIn(detail: unknown): string {
  if (typeof detail !== "object" || detail === null) return "";
  const right: unknown = Reflect.get(detail, "right");
  if (typeof right === "string" && right in rightTitles)
    return `必要な権限「${rightTitles[right as Right]}」`;
  for (const name of ["case", "run", "number"]) {
    const value: unknown = Reflect.get(detail, name);
    if (typeof value === "string" && value !== "") return value;
  }
  return "";
}
