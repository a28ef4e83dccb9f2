import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import { gs1128 } from "../codes/bars.ts";
import { type Block, grey } from "../language/paper.ts";
import { write } from "../language/text.ts";

/** 納付書 of one instalment. */
export interface PaymentSlip {
  /** 第4期 */
  readonly instalment: string;
  /** Whole yen. */
  readonly amount: number;
  readonly due: IsoDate;
  /** The 44 digits of the convenience-store barcode with their check digit; absent above 300,000 yen. */
  readonly barcode?: string | undefined;
}

/** What all slips of a notice have. */
export interface SlipHead {
  /** 令和8年度 介護保険料 */
  readonly title: string;
  readonly payer: string;
  readonly number: string;
  readonly municipality: string;
  /** What to mind when paying. */
  readonly note: string;
  /** Said on a slip without a barcode. */
  readonly noStore: string;
}

/** Height of a slip: three a page. */
export const SLIP_HEIGHT = 99;
const ROW = 9.5;
/** Width of what names a row. */
const LABEL = 16;
/** Side of the place for 領収日付印. */
const STAMP = 20.5;
/** Width of the barcode: 288 modules of 0.19 mm. */
const BARCODE = 54.72;
const PARTS = [
  { name: "領収証書（お控え）", x: 6, width: 57 },
  { name: "納付書（金融機関・店舗控え）", x: 66, width: 57 },
  { name: "納入済通知書", x: 126, width: 78 },
] as const;

/** 領収証書, 納付書 and 納入済通知書 side by side, torn along the dashes; `top` is the top of the slip. */
export function paymentSlip(head: SlipHead, slip: PaymentSlip, top: number): Block {
  return (paper) => {
    const dash = { width: 0.15, dash: [1.2, 1.2], colour: grey };
    if (top + SLIP_HEIGHT < paper.size.height)
      paper.line(0, top + SLIP_HEIGHT, 210, top + SLIP_HEIGHT, dash);
    for (const { name, x, width } of PARTS) {
      if (x > 10) paper.line(x - 1.5, top + 3, x - 1.5, top + SLIP_HEIGHT - 3, dash);
      const put = (y: number, content: string, size: number, style: object = {}) =>
        write(paper, { x, y: top + y, width }, content, { size, smallest: size - 3.5, ...style });
      put(6, name, 10, { face: "bold", align: "centre" });
      put(12, `${head.title}　${slip.instalment}`, 10, { align: "centre", field: "科目" });
      const rows: readonly (readonly [string, string])[] = [
        ["納付番号", head.number],
        ["納期限", formatWareki(slip.due)],
        ["納付額", yen(slip.amount)],
        ["納入義務者", head.payer],
      ];
      rows.forEach(([label, value], index) => {
        const y = top + 19 + index * ROW;
        paper.frame(x, y, width, ROW);
        paper.line(x + LABEL, y, x + LABEL, y + ROW);
        write(paper, { x: x + 1, y, width: LABEL - 2, height: ROW }, label, {
          size: 7.5,
          align: "centre",
          valign: "middle",
        });
        const isName = label === "納入義務者";
        const box = { x: x + LABEL + 1.2, y, width: width - LABEL - 2.2, height: ROW };
        if (isName) write(paper, box, "様", { size: 9, align: "right", valign: "middle" });
        write(paper, { ...box, width: box.width - (isName ? 4 : 0) }, value, {
          field: label,
          size: label === "納付額" ? 13 : 10.5,
          smallest: 6,
          lines: isName ? 3 : 1,
          leading: 1.1,
          valign: "middle",
          align: label === "納付額" ? "right" : "left",
          face: label === "納付額" ? "bold" : "gothic",
          purpose: isName ? "name" : "text",
        });
      });
      put(58.3, head.municipality, 9, { field: "市町村" });
      paper.frame(x + width - STAMP, top + 62, STAMP, STAMP);
      write(paper, { x: x + width - STAMP, y: top + 63.5, width: STAMP }, "領収日付印", {
        size: 7,
        align: "centre",
      });
    }
    write(paper, { x: PARTS[0].x, y: top + 87, width: PARTS[0].width }, head.note, {
      size: 8.5,
      smallest: 6,
      lines: 2,
      field: "納付書の注意",
    });
    const last = PARTS[2];
    if (!slip.barcode) {
      const box = { x: last.x, y: top + 89, width: last.width };
      write(paper, box, head.noStore, { size: 7.5, smallest: 6, field: "納付書の注意" });
      return;
    }
    gs1128(last.x + 0.5, top + 64, BARCODE, 11, slip.barcode)(paper);
    const code = slip.barcode;
    const lines = [
      `(91)${code.slice(2, 8)}-${code.slice(8, 30)}`,
      `${code.slice(30, 36)}-${code.slice(36, 37)}-${code.slice(37, 43)}-${code.slice(43)}`,
    ];
    lines.forEach((content, index) => {
      write(paper, { x: last.x + 0.5, y: top + 76.5 + index * 3.4, width: BARCODE }, content, {
        size: 7.5,
        smallest: 6,
        field: "バーコードの番号",
      });
    });
  };
}
