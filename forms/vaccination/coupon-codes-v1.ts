import { nw7 } from "../codes/bars.ts";
import { qr } from "../codes/two-dimensional.ts";
import type { CouponData } from "../data.ts";
import type { Block } from "../language/paper.ts";
import { text } from "../language/text.ts";

/**
 * 券番号, and the 18 digits three times: as a line in the UD font, as NW-7 of 37.21 × 5.6 mm with
 * 2 mm to the line, and as QR model 2 of 10 × 10 mm, in a box at x, y that is `width` wide.
 */
export function couponCodes(
  x: number,
  y: number,
  width: number,
  number: CouponData["number"],
): Block[] {
  const { kind, dose, municipality, serial } = number;
  const digits = `${kind}${dose}${municipality}${serial}`;
  if (!/^\d{18}$/.test(digits)) throw new RangeError("the line of a coupon has 18 digits");
  const bars = { x: x + 5, y: y + 23, width: 37.21, height: 5.6 };
  return [
    text({ x: x + 4, y: y + 3, width: 20 }, "券番号", { size: 9 }),
    text({ x: x + 4, y: y + 7.5, width: width - 8 }, serial, {
      size: 20,
      face: "bold",
      tracking: 1,
      field: "券番号",
    }),
    nw7(bars.x, bars.y, bars.width, bars.height, digits),
    text({ x: bars.x, y: bars.y + bars.height + 2, width: bars.width }, digits, {
      size: 9,
      align: "spread",
      field: "18桁の番号",
    }),
    qr(x + width - 15, y + 22, 10, digits),
  ];
}
