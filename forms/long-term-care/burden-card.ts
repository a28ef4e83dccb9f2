import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Issuer, Office, PrintedPerson, Recipient } from "../data.ts";
import { flow, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { grid } from "../language/grid.ts";
import {
  contactBox,
  letterHead,
  templateCorner,
  title,
  windowAddress,
} from "../language/letter.ts";
import { type Block, grey } from "../language/paper.ts";
import { A4, cutMarks, foldMarks, frame, once } from "../language/shapes.ts";
import { text } from "../language/text.ts";
import { everyCase, issuer, office, recipients } from "../samples/samples.ts";

/** 介護保険負担割合証 (介護保険法施行規則 様式第一号の二). */
export interface BurdenCardData {
  readonly to: Recipient;
  readonly insuredNumber: string;
  readonly person: PrintedPerson;
  readonly address: string;
  /** One or two periods: 1割, 2割 or 3割. */
  readonly shares: readonly {
    readonly share: 1 | 2 | 3;
    readonly from: IsoDate;
    readonly until: IsoDate;
  }[];
  readonly insurerNumber: string;
  readonly issuedOn: IsoDate;
  readonly issuer: Issuer;
  readonly office: Office;
}

/** Cut out; the second fold runs between its rows, not through a text. */
const CARD = { x: 59.5, y: 150, width: 91, height: 128 };
const cell = (key: string, label: string, width: number, labelWidth: number) => ({
  key,
  label,
  width,
  labelWidth,
});
const cells = grid({
  x: CARD.x + 5,
  y: CARD.y + 22,
  labelSize: 8,
  rows: [
    { height: 8, cells: [cell("number", "番号", 81, 18)] },
    { height: 18, cells: [cell("address", "住所", 81, 18)] },
    { height: 14, cells: [cell("name", "フリガナ\n氏名", 81, 18)] },
    { height: 8, cells: [cell("birth", "生年月日", 57, 18), cell("sex", "性別", 24, 10)] },
    { height: 12, cells: [cell("share0", "負担割合", 34, 18), cell("period0", "", 47, 0)] },
    { height: 12, cells: [cell("share1", "負担割合", 34, 18), cell("period1", "", 47, 0)] },
    { height: 25, cells: [cell("insurer", "保険者番号\n並びに\n保険者の\n名称及び印", 81, 18)] },
  ],
});

const sheet: readonly Block[] = [
  foldMarks,
  frame(CARD.x, CARD.y, CARD.width, CARD.height, { width: 0.15, colour: grey }),
  cutMarks(CARD.x, CARD.y, CARD.width, CARD.height),
  text({ x: CARD.x + 5, y: CARD.y + 3, width: 81, height: 9 }, "介護保険負担割合証", {
    size: 14,
    face: "bold",
    align: "spread",
    valign: "middle",
  }),
  cells.sheet,
];

/** 介護保険負担割合証 in the letter that carries it. */
export const burdenCard: Form<BurdenCardData> = {
  id: "long-term-care/burden-card",
  version: 1,
  title: "介護保険負担割合証",
  size: A4,
  wording: {
    intro:
      "　介護保険のサービスを利用するときに支払う割合（1割から3割まで）を記載した負担割合証をお送りします。記載に誤りがないか確認してお使いください。",
    use: "切り取って、介護保険被保険者証と一緒に、サービスの事業者に見せてください。\n割合は、前年の所得などで毎年決まります。次の負担割合証は7月にお送りします。\n住所や氏名が変わったとき、転出するときは、14日以内に届け出てください。",
  },
  blocks: (data, say) => [
    once("burden-card", [...sheet, templateCorner(burdenCard, A4)]),
    windowAddress(data.to),
    letterHead({ date: data.issuedOn, issuer: data.issuer }),
    title(63, "介護保険負担割合証の送付"),
    flow({ x: 20, y: 74, width: 170, bottom: 117 }, [
      paragraph(say("intro"), { leading: 1.45 }),
      heading("使い方"),
      list(say("use").split("\n"), { leading: 1.45 }),
    ]),
    once(`contact ${JSON.stringify(data.office)}`, [contactBox(data.office, 20, 118, 170)]),
    ...card(data),
  ],
  samples: burdenSamples(),
};

function card({ person, ...data }: BurdenCardData): Block[] {
  const name = cells.place("name");
  const insurer = cells.place("insurer");
  const box = { x: name.x + 1.2, width: name.width - 2.4 };
  return [
    text(
      { x: CARD.x + 5, y: CARD.y + 14, width: 81 },
      `交付年月日　${formatWareki(data.issuedOn)}`,
      { size: 9, align: "right", field: "交付年月日" },
    ),
    cells.put("number", data.insuredNumber, {
      size: 12,
      face: "bold",
      tracking: 3,
      field: "被保険者番号",
    }),
    cells.put("address", data.address, {
      size: 10,
      smallest: 6.5,
      lines: 4,
      leading: 1.15,
      purpose: "address",
      field: "住所",
    }),
    text({ ...box, y: name.y + 0.8 }, person.kana, {
      size: 6.5,
      smallest: 5,
      purpose: "name",
      field: "フリガナ",
    }),
    text({ ...box, y: name.y + 3.8, height: 9.8 }, person.name, {
      size: 13,
      smallest: 8,
      lines: 2,
      leading: 1.1,
      valign: "middle",
      purpose: "name",
      field: "氏名",
    }),
    cells.put("birth", formatWareki(person.birthDate), {
      size: 10,
      smallest: 8,
      field: "生年月日",
    }),
    cells.put("sex", person.sex ?? "", { size: 10, align: "centre", field: "性別" }),
    ...data.shares.slice(0, 2).flatMap(({ share, from, until }, index) => [
      cells.put(`share${index}`, `${share}割`, {
        size: 14,
        face: "bold",
        align: "centre",
        field: "負担割合",
      }),
      cells.put(`period${index}`, `${formatWareki(from)}から\n${formatWareki(until)}まで`, {
        size: 9,
        smallest: 8,
        lines: 2,
        leading: 1.3,
        field: "適用期間",
      }),
    ]),
    text({ x: insurer.x + 2, y: insurer.y + 3, width: 40 }, data.insurerNumber, {
      size: 12,
      face: "bold",
      tracking: 3,
      field: "保険者番号",
    }),
    text({ x: insurer.x + 2, y: insurer.y + 13, width: 36 }, data.issuer.title.replace(/長$/, ""), {
      size: 12,
      smallest: 8,
      field: "保険者",
    }),
    (paper) => {
      if (data.issuer.seal) paper.image(data.issuer.seal, insurer.x + 40, insurer.y + 3, 19, 19);
    },
  ];
}

function burdenSamples(): Record<string, BurdenCardData> {
  const ordinary: BurdenCardData = {
    to: { ...recipients.plain, name: "例示 ウメ" },
    insuredNumber: "0001234567",
    person: { name: "例示 ウメ", kana: "レイジ ウメ", birthDate: "1941-11-21", sex: "女" },
    address: "熊本市中央区水前寺99丁目8番7号",
    shares: [{ share: 1, from: "2026-08-01", until: "2027-07-31" }],
    insurerNumber: "439995",
    issuedOn: "2026-11-20",
    issuer,
    office: { ...office, name: "見本市 健康福祉局 高齢者支援部 介護保険課" },
  };
  return {
    ...everyCase(({ to, person, address }) => ({
      ...ordinary,
      to: { ...to, name: person.name },
      person: { ...person, birthDate: "1936-02-29" as IsoDate },
      address,
    })),
    途中で変わる割合: {
      ...ordinary,
      shares: [
        { share: 2, from: "2026-08-01", until: "2026-11-30" },
        { share: 3, from: "2026-12-01", until: "2027-07-31" },
      ],
    },
  };
}
