import { withCheckDigit } from "#workflows/numbers/check-digits.ts";

/** 整理番号 of an answer as it is printed and scanned: eight digits and a check digit. */
export const answerNumber = ({ serial }: { serial: number }): string =>
  withCheckDigit(String(serial).padStart(8, "0"));

/** The serial in what a reader of codes, or a person, gives; `undefined` where it can't be one. */
export function serialOf(code: string): number | undefined {
  const digits = code.normalize("NFKC").replace(/[^0-9]/g, "");
  if (!/^\d{9}$/.test(digits) || withCheckDigit(digits.slice(0, 8)) !== digits) return undefined;
  return Number(digits.slice(0, 8));
}
