import type { Work } from "#src/platform/work.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";
import { takeCouponNumbers } from "../coupons.ts";

/** A booklet takes so many numbers that follow each other: more than any booklet has coupons. vaccination.take_numbers knows it too. */
export const bookletBlock = 32;

/** For so many booklets the first 券番号 of each. */
export async function takeBookletNumbers(work: Work, count: number): Promise<string[]> {
  const numbers = await takeCouponNumbers(work, count * bookletBlock);
  return Array.from({ length: count }, (_, index) => numbers[index * bookletBlock] ?? "");
}

/** The 券番号 of the coupons of a booklet, from that of the first on. In a preview, where it is no number yet, all are the same. */
export function bookletNumbers(first: string, coupons: number): string[] {
  if (coupons > bookletBlock) throw new RangeError("a booklet with too many coupons");
  const serial = first.slice(0, 9);
  if (withCheckDigit(serial) !== first) return Array<string>(coupons).fill(first);
  return Array.from({ length: coupons }, (_, index) =>
    withCheckDigit(String(Number(serial) + index).padStart(9, "0")),
  );
}
