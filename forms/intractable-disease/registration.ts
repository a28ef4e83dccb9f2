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
import { everyCase, issuer, office } from "../samples/samples.ts";

/** 登録者証 (難病法28条2項): that somebody has a 指定難病. It names no disease and has no last day. */
export interface RegistrationData {
  readonly to: Recipient;
  readonly person: PrintedPerson;
  /** 有効期間開始日. */
  readonly from: IsoDate;
  readonly issuedOn: IsoDate;
  readonly issuer: Issuer;
  readonly office: Office;
}

/** ID-1, between the folds. */
const CARD = { x: 62.2, y: 217, width: 85.6, height: 54 };
const ROW = CARD.width - 6;

const cells = grid({
  x: CARD.x + 3,
  y: CARD.y + 12,
  labelSize: 6.5,
  rows: [
    { height: 11, cells: [{ key: "name", label: "フリガナ\n氏名", width: ROW, labelWidth: 18 }] },
    { height: 7, cells: [{ key: "birth", label: "生年月日", width: ROW, labelWidth: 18 }] },
    { height: 7, cells: [{ key: "from", label: "有効期間開始日", width: ROW, labelWidth: 18 }] },
  ],
});

const sheet: readonly Block[] = [
  foldMarks,
  frame(CARD.x, CARD.y, CARD.width, CARD.height, { width: 0.15, colour: grey }),
  cutMarks(CARD.x, CARD.y, CARD.width, CARD.height),
  text({ x: CARD.x, y: CARD.y + 1.5, width: CARD.width, height: 6 }, "登録者証（指定難病）", {
    size: 11,
    face: "bold",
    align: "centre",
    valign: "middle",
    tracking: 0.8,
  }),
  text(
    { x: CARD.x, y: CARD.y + 8, width: CARD.width },
    "難病の患者に対する医療等に関する法律による登録者証です。",
    { size: 5.5, align: "centre" },
  ),
  cells.sheet,
  text({ x: 20, y: 204, width: 170 }, "登録者証は、線に沿って切り取ってお使いください。", {
    size: 12,
    align: "centre",
  }),
];

/** 登録者証 in the letter that carries it. */
export const registrationCertificate: Form<RegistrationData> = {
  id: "intractable-disease/registration",
  version: 1,
  title: "登録者証",
  size: A4,
  wording: {
    intro:
      "　登録者証ができましたので、お送りします。下の登録者証を切り取り、記載に誤りがないか確認してお使いください。",
    use: "指定難病の患者であることを、障害福祉サービスの申請や就労の相談の窓口などで示すときにお使いください。\n登録者証では、医療費の助成は受けられません。医療費の助成には受給者証が必要です。\nほかの人に貸したり、譲ったりすることはできません。",
    duties:
      "氏名や住所が変わったとき、なくしたとき、市外に転出するときは、下のお問い合わせ先に届け出てください。",
  },
  blocks: (data, say) => [
    once("registration", [...sheet, templateCorner(registrationCertificate, A4)]),
    windowAddress(data.to),
    letterHead({ date: data.issuedOn, issuer: data.issuer }),
    title(66, "登録者証（指定難病）の送付"),
    flow({ x: 20, y: 77.5, width: 170, bottom: 168 }, [
      paragraph(say("intro"), { leading: 1.5 }),
      heading("使い方"),
      list(say("use").split("\n"), { leading: 1.5 }),
      heading("届出が必要なとき"),
      list(say("duties").split("\n"), { leading: 1.5 }),
    ]),
    once(`contact ${JSON.stringify(data.office)}`, [contactBox(data.office, 20, 169, 170)]),
    ...card(data),
  ],
  samples: everyCase(
    ({ to, person }): RegistrationData => ({
      to: { ...to, name: person.name },
      person: { ...person, birthDate: "1961-04-02" },
      from: "2026-11-20",
      issuedOn: "2026-12-01",
      issuer,
      office: { ...office, name: "見本市 健康福祉局 保健衛生部 健康づくり推進課" },
    }),
  ),
};

function card({ person, from, issuedOn, issuer: by }: RegistrationData): Block[] {
  const name = cells.place("name");
  const box = { x: name.x + 1.2, width: name.width - 2.4 };
  return [
    text({ ...box, y: name.y + 0.9 }, person.kana, {
      size: 5.5,
      smallest: 4.5,
      purpose: "name",
      field: "フリガナ",
    }),
    text({ ...box, y: name.y + 3.4, height: 7.2 }, person.name, {
      size: 11,
      smallest: 6,
      lines: 2,
      leading: 1.1,
      valign: "middle",
      purpose: "name",
      field: "氏名",
    }),
    cells.put("birth", formatWareki(person.birthDate), { size: 9, field: "生年月日" }),
    cells.put("from", formatWareki(from), { size: 9, field: "有効期間開始日" }),
    text({ x: CARD.x + 3, y: CARD.y + 43.5, width: 36 }, `交付 ${formatWareki(issuedOn)}`, {
      size: 6.5,
      field: "交付日",
    }),
    text({ x: CARD.x + 38, y: CARD.y + 43, width: 28 }, by.title, {
      size: 9,
      smallest: 6,
      align: "right",
      field: "発行者",
    }),
    (paper) => {
      if (by.seal) paper.image(by.seal, CARD.x + CARD.width - 17, CARD.y + 38.5, 13, 13);
    },
  ];
}
