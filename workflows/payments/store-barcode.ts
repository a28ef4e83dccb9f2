import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** Above this no slip bears a barcode: a convenience store takes no more (印紙税 and the agreement of the stores). */
export const storeLimit = 300_000;

/**
 * The 44 digits of GS1-128 on a slip that is paid in a convenience store: 91, company 6, free 21, reissue 1, due day 6
 * (YYMMDD), stamp duty 1 (always 0 for public money), amount 6, check digit (modulus 10, weight 3-1 from the right).
 *
 * @param company 請求書発行企業コード without its leading 4, six digits
 * @param free up to 21 digits that find the slip again; zeros are added behind
 * @param reissue 0 for the first slip, counted up to 9
 * @returns undefined above {@link storeLimit}: such a slip has none
 * @throws RangeError for anything that is not digits of that length, and for less than a yen
 */
export function storeBarcode({
  company,
  free,
  reissue,
  due,
  amount,
}: {
  company: string;
  free: string;
  reissue: number;
  due: IsoDate;
  amount: number;
}): string | undefined {
  if (!/^\d{6}$/.test(company)) throw new RangeError("a company of a slip has six digits");
  if (!/^\d{1,21}$/.test(free)) throw new RangeError("the free part of a slip has up to 21 digits");
  if (!Number.isSafeInteger(amount) || amount < 1)
    throw new RangeError("a slip is of whole yen, at least one");
  if (!Number.isSafeInteger(reissue) || reissue < 0)
    throw new RangeError("a slip is issued again so many times");
  if (amount > storeLimit) return undefined;
  const day = due.slice(2).replaceAll("-", "");
  const body = `91${company}${free.padEnd(21, "0")}${Math.min(reissue, 9)}${day}0${String(amount).padStart(6, "0")}`;
  return body + weightedCheckDigit(body);
}

/** Modulus 10 with the weights 3 and 1, 3 for the rightmost digit. */
export function weightedCheckDigit(digits: string): string {
  const sum = Array.from(digits, Number).reduceRight(
    (total, digit, index) => total + digit * ((digits.length - index) % 2 === 1 ? 3 : 1),
    0,
  );
  return String((10 - (sum % 10)) % 10);
}
