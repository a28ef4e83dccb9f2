import { checkNumber } from "#workflows/numbers/kinds.ts";
import { figures } from "#workflows/text/widths.ts";

/**
 * What is wrong with the number of a clinic; nothing of a right one. A 医療機関コード has ten digits with a check digit
 * (保険者番号等設定要領 第3); whoever has none (a hall, a 保健センター) gets a number of ten digits from the city that begins with no
 * prefecture (01 to 47), of which nothing but the shape is known.
 */
export function clinicCodeFault(code: string): string | undefined {
  if (!/^\d{10}$/.test(code)) return "医療機関コードは、10桁の数字です。";
  const prefecture = Number(code.slice(0, 2));
  if (prefecture < 1 || prefecture > 47) return undefined;
  return checkNumber("medical-institution", code).valid
    ? undefined
    : "医療機関コードの検査数字が合いません。書類の番号を確かめてください。";
}

/** A code as it was typed, in half-width digits. */
export const readClinicCode = (typed: string): string => figures(typed);
