import { withCheckDigit } from "./check-digits.ts";

/** 統合宛名番号: ten digits, nine of a sequence and a check digit (M10W21). The key of every person. */
export type PersonNumber = string;

/** The person number of a sequence value from 1 to 999,999,999. */
export function makePersonNumber(sequence: number): PersonNumber {
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > 999_999_999)
    throw new RangeError("person numbers are made from 1 to 999999999");
  return withCheckDigit(String(sequence).padStart(9, "0"));
}

/** Whether the text is a person number: ten digits with a right check digit, not all zero. */
export function isPersonNumber(text: string): boolean {
  return (
    /^\d{10}$/.test(text) && text !== "0000000000" && withCheckDigit(text.slice(0, 9)) === text
  );
}
