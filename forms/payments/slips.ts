import type { Block } from "../language/paper.ts";
import { type PaymentSlip, paymentSlip, SLIP_HEIGHT, type SlipHead } from "./slip.ts";

/** Standing texts of slips, for the wording of a form that has them behind its letter. */
export const slipWording = {
  slipNote: "納めるときは、3枚を切り離さずに、窓口に出してください。",
  noStore: "この納付書はコンビニエンスストアでは使えません。",
};

/** Slips behind a letter, three a page, each page a new sheet. */
export function slipPages(head: SlipHead, slips: readonly PaymentSlip[]): Block[] {
  return slips.map((slip, index) => (paper) => {
    if (index % 3 === 0) paper.newPage();
    paymentSlip(head, slip, (index % 3) * SLIP_HEIGHT)(paper);
  });
}
