import { nw7 } from "../codes/bars.ts";
import { qr } from "../codes/two-dimensional.ts";
import type { CouponData } from "../data.ts";
import type { Block } from "../language/paper.ts";
import { text } from "../language/text.ts";

/**
 * 券番号, and the 18 digits three times: as a line in OCR-B of 9 pt, as NW-7 of 37.21 × 5.6 mm with
 * 2 mm to the line, and as QR model 2 of 10 × 10 mm, in a box at x, y that is `width` wide.
 */
export function couponCodes(
  x: number,
  y: number,
  width: number,
  number: CouponData["number"],
): Block[] {
  const digits = couponDigits(number);
  const bars = { x: x + 5, y: y + 23, width: 37.21, height: 5.6 };
  return [
    text({ x: x + 4, y: y + 3, width: 20 }, "券番号", { size: 9 }),
    text({ x: x + 4, y: y + 7.5, width: width - 8 }, number.serial, {
      size: 20,
      face: "bold",
      tracking: 1,
      field: "券番号",
    }),
    nw7(bars.x, bars.y, bars.width, bars.height, digits),
    text({ x: bars.x, y: bars.y + bars.height + 2, width: 41 }, digits, {
      size: 9,
      face: "ocr-b",
      field: "18桁の番号",
    }),
    qr(x + width - 15, y + 22, 10, digits),
  ];
}

/** The 18 digits that machines read: 券種, 回数, 市町村コード, 券番号. */
export function couponDigits({ kind, dose, municipality, serial }: CouponData["number"]): string {
  const digits = `${kind}${dose}${municipality}${serial}`;
  if (!/^\d{18}$/.test(digits)) throw new RangeError("the line of a coupon has 18 digits");
  return digits;
}
