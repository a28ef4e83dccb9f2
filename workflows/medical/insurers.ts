import { checkNumber } from "#workflows/numbers/kinds.ts";
import type { InsurerGroup } from "./copay-plan.ts";

/** Kinds of 主保険, as far as an application tells them apart. */
export type InsuranceKind = "national" | "association" | "kyokai" | "mutual" | "union" | "elderly";

/** 法別番号 of 被用者保険, and of 後期高齢者医療. 船員保険 (02) is none of the kinds. */
const byLawNumber: Readonly<Record<string, InsuranceKind>> = {
  "01": "kyokai",
  "06": "association",
  "07": "mutual",
  "31": "mutual",
  "32": "mutual",
  "33": "mutual",
  "34": "mutual",
  "39": "elderly",
  "63": "association",
  "72": "mutual",
  "73": "mutual",
  "74": "mutual",
  "75": "mutual",
};

/**
 * The kind of insurance that an insurer's number tells: of eight digits by 法別番号, of six (国民健康保険) a 国保組合 where the
 * insurer's part begins with 3. A proposal for the clerk, who has the paper before them; nothing where the number is wrong
 * or tells no kind.
 *
 * @see 保険者番号、公費負担者番号・公費負担医療の受給者番号並びに医療機関コード及び薬局コード設定要領 第1
 */
export function insuranceKindOf(insurerNumber: string): InsuranceKind | undefined {
  const { valid, normalized } = checkNumber("insurer", insurerNumber);
  if (!valid) return undefined;
  if (normalized.length === 8) return byLawNumber[normalized.slice(0, 2)];
  return normalized[2] === "3" ? "union" : "national";
}

/**
 * The kind of insurance by which the class of 高額療養費 and the 委任状 are told apart; 船員保険 (02) is 被用者保険. Nothing where the
 * number is wrong or tells no kind.
 *
 * @see 保険者番号、公費負担者番号・公費負担医療の受給者番号並びに医療機関コード及び薬局コード設定要領 第1
 */
export function insurerGroupOf(insurerNumber: string): InsurerGroup | undefined {
  const kind = insuranceKindOf(insurerNumber);
  if (kind === "national" || kind === "union" || kind === "elderly") return kind;
  if (kind !== undefined) return "employee";
  const { valid, normalized } = checkNumber("insurer", insurerNumber);
  if (!valid || normalized.length !== 8) return undefined;
  return normalized.startsWith("02") ? "employee" : undefined;
}
