import { formatWareki } from "#workflows/dates/wareki.ts";
import type { CouponData } from "../data.ts";
import { flow, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { grid } from "../language/grid.ts";
import { contactBox, letterHead, templateCorner, windowAddress } from "../language/letter.ts";
import { type Block, grey } from "../language/paper.ts";
import { A4, foldMarks, frame, line, once } from "../language/shapes.ts";
import { text } from "../language/text.ts";
import { adultCouponSamples, couponSamples } from "../samples/coupons.ts";
import { couponCodes } from "./coupon-codes.ts";

/** Where the part for the clinic begins. */
const TOP = 176;
const LEFT = 15;
const WIDTH = 180;
const CODES = { x: LEFT + 112, width: WIDTH - 112 };

const person = grid({
  x: LEFT,
  y: TOP + 11,
  labelSize: 8.5,
  rows: [
    { height: 8, cells: [{ key: "vaccine", label: "ワクチン", width: 112, labelWidth: 24 }] },
    { height: 7, cells: [{ key: "dose", label: "期・回数", width: 112, labelWidth: 24 }] },
    { height: 7, cells: [{ key: "period", label: "接種できる期間", width: 112, labelWidth: 24 }] },
    { height: 11, cells: [{ key: "name", label: "フリガナ\n氏名", width: 112, labelWidth: 24 }] },
    {
      height: 7,
      cells: [
        { key: "birth", label: "生年月日", width: 84, labelWidth: 24 },
        { key: "sex", label: "性別", width: 28, labelWidth: 14 },
      ],
    },
    { height: 11, cells: [{ key: "address", label: "住所", width: 112, labelWidth: 24 }] },
  ],
});

const CLINIC_TOP = TOP + 70;
const clinic = grid({
  x: LEFT,
  y: CLINIC_TOP,
  labelSize: 8.5,
  rows: [
    {
      height: 10,
      cells: [
        { key: "interview", label: "予診結果", width: 90, labelWidth: 24 },
        { key: "date", label: "接種日", width: 90, labelWidth: 24 },
      ],
    },
    {
      height: 12,
      cells: [
        { key: "product", label: "ワクチン名\nメーカー", width: 90, labelWidth: 24 },
        { key: "lot", label: "ロット番号", width: 56, labelWidth: 20 },
        { key: "amount", label: "接種量", width: 34, labelWidth: 14 },
      ],
    },
    {
      height: 14,
      cells: [
        { key: "place", label: "実施場所\n医療機関名", width: 90, labelWidth: 24 },
        { key: "doctor", label: "医師名\n（署名）", width: 90, labelWidth: 24 },
      ],
    },
  ],
});

const told = grid({
  x: 20,
  y: 89,
  labelSize: 12,
  rows: [
    { height: 9, cells: [{ key: "vaccine", label: "予防接種", width: 170, labelWidth: 40 }] },
    {
      height: 14,
      cells: [{ key: "diseases", label: "予防できる病気", width: 170, labelWidth: 40 }],
    },
    { height: 9, cells: [{ key: "period", label: "接種できる期間", width: 170, labelWidth: 40 }] },
  ],
});

/** What stands on every coupon. */
const sheet: readonly Block[] = [
  foldMarks,
  text({ x: 20, y: 64, width: 170 }, "予防接種のお知らせ", {
    size: 17,
    face: "bold",
    align: "centre",
    tracking: 1,
  }),
  told.sheet,
  line(LEFT, TOP - 4, LEFT + WIDTH, TOP - 4, { dash: [1.6, 1.2], width: 0.2, colour: grey }),
  text({ x: LEFT, y: TOP, width: 60, height: 9 }, "予防接種券", {
    size: 17,
    face: "bold",
    valign: "middle",
    tracking: 2,
  }),
  text(
    { x: LEFT + 60, y: TOP, width: 120, height: 9 },
    "切り取らずに、この用紙のまま医療機関にお持ちください。",
    {
      size: 10.5,
      align: "right",
      valign: "middle",
    },
  ),
  person.sheet,
  frame(CODES.x, TOP + 11, CODES.width, 51),
  text({ x: LEFT, y: CLINIC_TOP - 5, width: 120 }, "医療機関で記入してください", { size: 9 }),
  clinic.sheet,
  clinic.put("interview", "□ 接種できる　　□ 接種を見合わせる", { size: 10 }),
  clinic.put("date", "令和　　　年　　　月　　　日", { size: 10, align: "right" }),
  clinic.put("amount", "mL", { size: 10, align: "right" }),
];

/** A coupon in the words of one sort of vaccination: the layout is one. */
function couponForm(
  spec: Pick<Form<CouponData>, "id" | "version" | "title" | "samples"> & {
    readonly wording: { readonly intro: string; readonly notes: string };
  },
): Form<CouponData> {
  const form: Form<CouponData> = {
    ...spec,
    size: A4,
    blocks: (data, say) => {
      const dose = [data.course, data.dose].filter((part) => part !== undefined).join("　");
      const period = `${formatWareki(data.from)}から${formatWareki(data.until)}まで`;
      return [
        once("coupon", [
          ...sheet,
          flow({ x: 20, y: 75, width: 170, bottom: 89 }, [
            paragraph(say("intro"), { leading: 1.45 }),
          ]),
          templateCorner(form, A4),
        ]),
        windowAddress(data.to),
        letterHead({ date: data.issuedOn, issuer: data.issuer }),
        once(`${data.vaccine} ${dose} ${data.diseases} ${data.notes?.join()}`, [
          told.put("vaccine", `${data.vaccine}　${dose}`, {
            size: 12,
            smallest: 9,
            field: "予防接種",
          }),
          told.put("diseases", data.diseases, {
            size: 12,
            smallest: 9,
            lines: 2,
            leading: 1.3,
            field: "予防できる病気",
          }),
          flow({ x: 20, y: 123, width: 170, bottom: 145 }, [
            list([...say("notes").split("\n"), ...(data.notes ?? [])], { leading: 1.35 }),
          ]),
        ]),
        told.put("period", period, { size: 12, smallest: 9, field: "接種できる期間" }),
        once(`contact ${JSON.stringify(data.office)}`, [contactBox(data.office, 20, 146, 170)]),
        person.put("vaccine", data.vaccine, {
          size: 13,
          smallest: 9,
          face: "bold",
          field: "ワクチン",
        }),
        person.put("dose", dose, { size: 12, smallest: 9, field: "期・回数" }),
        person.put("period", period, { size: 11, smallest: 9, field: "接種できる期間" }),
        ...nameCell(data),
        person.put("birth", formatWareki(data.person.birthDate), { size: 12, field: "生年月日" }),
        person.put("sex", data.person.sex ?? "", { size: 12, align: "centre", field: "性別" }),
        person.put("address", data.address, {
          size: 10.5,
          smallest: 7,
          lines: 3,
          leading: 1.2,
          purpose: "address",
          field: "住所",
        }),
        ...couponCodes(CODES.x, TOP + 11, CODES.width, data.number),
        text(
          { x: CODES.x + 4, y: TOP + 53.5, width: CODES.width - 8 },
          `${formatWareki(data.issuedOn)}　${data.issuer.title}`,
          {
            size: 9,
            smallest: 7,
            field: "発行者",
          },
        ),
      ];
    },
  };
  return form;
}

const notes =
  "予約のときに、この用紙が届いていることを伝えてください。\n体調がよいときに受けてください。熱があるときは受けられません。";

/** 接種券 of A類 as it was second: without the mark of 要注意. */
export const vaccinationCouponV2: Form<CouponData> = couponForm({
  id: "vaccination/coupon",
  version: 2,
  title: "予防接種券",
  wording: {
    intro:
      "　次の予防接種を、公費（無料）で受けられます。期間を過ぎると自己負担になりますので、早めに医療機関に予約し、母子健康手帳とこの用紙をお持ちください。",
    notes,
  },
  samples: couponSamples,
});

/** 接種券 of B類 and of the city's own vaccinations as it was at first. */
export const adultCouponV1: Form<CouponData> = couponForm({
  id: "vaccination/coupon-adult",
  version: 1,
  title: "予防接種券（B類・市独自）",
  wording: {
    intro:
      "　次の予防接種の費用を、市が負担します（自己負担がある場合があります）。効果と副反応を知ったうえで、受けるかどうかをご本人が決めてください。",
    notes,
  },
  samples: adultCouponSamples,
});

/** フリガナ above the name, in one cell. */
function nameCell({ person: { name, kana } }: CouponData): Block[] {
  const { x, y, width, height } = person.place("name");
  const box = { x: x + 1.2, width: width - 2.4 };
  return [
    text({ ...box, y: y + 0.8 }, kana, {
      size: 8,
      smallest: 6,
      purpose: "name",
      field: "フリガナ",
    }),
    text({ ...box, y: y + 3.8, height: height - 4.2 }, name, {
      size: 14,
      smallest: 8,
      lines: 2,
      leading: 1.1,
      valign: "middle",
      purpose: "name",
      field: "氏名",
    }),
  ];
}
