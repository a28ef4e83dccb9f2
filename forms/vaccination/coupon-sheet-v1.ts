import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { nw7 } from "../codes/bars.ts";
import { qr } from "../codes/two-dimensional.ts";
import type { CouponSheetData, SheetCoupon } from "../data.ts";
import { flow, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { contactBox, letterHead, pageFeet, title, windowAddress } from "../language/letter.ts";
import type { Block } from "../language/paper.ts";
import { rows } from "../language/rows.ts";
import { A4, foldMarks, once } from "../language/shapes.ts";
import { type Box, text } from "../language/text.ts";
import { couponSheetSamples } from "../samples/coupons.ts";
import { couponDigits } from "./coupon-codes.ts";

/** A row is half a third of the sheet, so that the letter is folded between rows. */
const ROW = A4.height / 6;
const LEFT = 15;
const PAD = 4;

/** つづり as it was at first: without the mark of 要注意. */
export const couponSheetV1: Form<CouponSheetData> = {
  id: "vaccination/coupon-sheet",
  version: 1,
  title: "予防接種券つづり",
  size: A4,
  wording: {
    intro:
      "　次の予防接種を、公費（無料）で受けられます。受ける順番と時期は、医療機関と相談してください。1回ごとに、受ける分の券を切り取り、予診票、母子健康手帳と一緒に医療機関に出してください。",
  },
  blocks: (data, say) => [
    once("coupon sheet", [foldMarks]),
    windowAddress(data.to),
    letterHead({ date: data.issuedOn, issuer: data.issuer }),
    title(62, `予防接種券（${data.coupons.length}枚）をお送りします`),
    flow({ x: 20, y: 72.5, width: 170, bottom: 98 }, [paragraph(say("intro"), { leading: 1.45 })]),
    flow({ x: LEFT, y: 2 * ROW, width: A4.width - 2 * LEFT, bottom: 5 * ROW, nextY: ROW }, [
      rows(data.coupons, { columns: 2, height: ROW }, (coupon, box) => couponOf(data, coupon, box)),
    ]),
    (paper) => {
      paper.turnTo(0);
      contactBox(data.office, 20, 254, 170)(paper);
      for (let page = 1; page < paper.pageCount; page++) {
        paper.turnTo(page);
        text({ x: 20, y: 36, width: 170 }, "予防接種券のつづき", { size: 14, align: "centre" })(
          paper,
        );
      }
    },
    pageFeet(couponSheetV1, A4),
  ],
  samples: couponSheetSamples,
};

/** One coupon: what for and when above, whose and its codes below. */
function couponOf(
  { person, issuer }: CouponSheetData,
  coupon: SheetCoupon,
  box: Required<Box>,
): readonly Block[] {
  const [x, y, width] = [box.x + PAD, box.y + PAD, box.width - 2 * PAD];
  const digits = couponDigits(coupon.number);
  const dose = [coupon.course, coupon.dose].filter((part) => part !== undefined).join("　");
  const small = { size: 8, smallest: 6 };
  return [
    text({ x, y, width: width - 14 }, `予防接種券　${issuer.title}`, {
      ...small,
      field: "発行者",
    }),
    text({ x, y: y + 4.2, width: width - 14 }, coupon.vaccine, {
      size: 13,
      smallest: 9,
      face: "bold",
      field: "ワクチン",
    }),
    text({ x, y: y + 9.8, width: width - 14 }, dose, { size: 12, smallest: 9, field: "期・回数" }),
    text({ x, y: y + 15, width }, period(coupon.from, coupon.until), {
      size: 9,
      smallest: 8,
      field: "接種できる期間",
    }),
    qr(x + width - 11, y + 1, 10, digits),
    text({ x, y: y + 19.4, width }, person.kana, {
      size: 7,
      smallest: 5,
      purpose: "name",
      field: "フリガナ",
    }),
    text({ x, y: y + 21.8, width: width - 30, height: 8.4 }, person.name, {
      size: 12,
      smallest: 7,
      lines: 2,
      leading: 1.1,
      valign: "middle",
      purpose: "name",
      field: "氏名",
    }),
    text({ x: x + width - 29, y: y + 24.5, width: 29 }, `${formatWareki(person.birthDate)}生`, {
      size: 9,
      smallest: 7,
      align: "right",
      field: "生年月日",
    }),
    nw7(x + 1, y + 31.5, 37.21, 5.6, digits),
    text({ x: x + 1, y: y + 39.1, width: 41 }, digits, {
      size: 9,
      face: "ocr-b",
      field: "18桁の番号",
    }),
    text({ x: x + 45, y: y + 31.5, width: width - 45 }, "券番号", { ...small, align: "right" }),
    text({ x: x + 43, y: y + 35.2, width: width - 43 }, coupon.number.serial, {
      size: 13,
      face: "bold",
      align: "right",
      field: "券番号",
    }),
  ];
}

function period(from: IsoDate, until: IsoDate): string {
  return `${formatWareki(from)}から${formatWareki(until)}まで`;
}
