import { formatWareki } from "#workflows/dates/wareki.ts";
import { qr } from "../codes/two-dimensional.ts";
import type { CertificateData } from "../data.ts";
import { flow, heading, list, paragraph } from "../language/flow.ts";
import { colourOf, type Say, type Template } from "../language/form.ts";
import { grid } from "../language/grid.ts";
import {
  contactBox,
  letterHead,
  templateCorner,
  title,
  windowAddress,
} from "../language/letter.ts";
import { type Block, type Colour, grey } from "../language/paper.ts";
import { A4, cutMarks, fill, foldMarks, frame, once } from "../language/shapes.ts";
import { text } from "../language/text.ts";

/** The card: ID-1, cut out along the marks, so that the second fold does not cross it. */
const CARD = { x: 62.2, y: 217, width: 85.6, height: 54 };
const HEAD = 7;
/** Of the lines of the letter. */
const leading = 1.5;
const ROWS = { x: CARD.x + 2.3, y: CARD.y + HEAD, width: 57 };
const SIDE = { x: ROWS.x + ROWS.width + 1.5, width: 22.4 };

const cells = grid({
  x: ROWS.x,
  y: ROWS.y,
  labelSize: 5.5,
  rows: [
    { height: 5.2, cells: [{ key: "payer", label: "公費負担者番号", width: 57, labelWidth: 16 }] },
    {
      height: 5.2,
      cells: [{ key: "recipient", label: "公費受給者番号", width: 57, labelWidth: 16 }],
    },
    { height: 6.8, cells: [{ key: "address", label: "住所", width: 57, labelWidth: 10 }] },
    { height: 7.4, cells: [{ key: "name", label: "フリガナ\n氏名", width: 57, labelWidth: 10 }] },
    {
      height: 4.6,
      cells: [
        { key: "birth", label: "生年月日", width: 41, labelWidth: 10 },
        { key: "sex", label: "性別", width: 16, labelWidth: 8 },
      ],
    },
    { height: 4.8, cells: [{ key: "guardian", label: "保護者", width: 57, labelWidth: 10 }] },
    { height: 4.6, cells: [{ key: "period", label: "有効期間", width: 57, labelWidth: 10 }] },
    { height: 6.6, cells: [{ key: "copay", label: "自己負担", width: 57, labelWidth: 10 }] },
  ],
});

/** Standing texts of all card letters; a line is a point of its list. */
export const cardWording = {
  intro:
    "　{title}ができましたので、お送りします。下の受給者証を切り取り、記載に誤りがないか確認してお使いください。",
  introReissue:
    "　{title}を再交付しますので、お送りします。前の受給者証は使えません。見つかったときは、下のお問い合わせ先に返してください。",
  use: "医療機関や薬局の窓口で、健康保険の資格が分かるもの（マイナンバーカードなど）と一緒に見せてください。\nほかの人に貸したり、譲ったりすることはできません。\n市外に転出したときや、有効期間が終わったときは、下のお問い合わせ先に返してください（郵送でも結構です）。",
};

/** What one 事務's certificate says differently. */
export interface CardLetter extends Template {
  /** こども医療費受給者証 */
  readonly title: string;
}

/** What stands on every certificate of the kind. */
function sheet(kind: CardLetter, band: Colour): readonly Block[] {
  return [
    foldMarks,
    fill(CARD.x, CARD.y, CARD.width, HEAD - 1, band),
    frame(CARD.x, CARD.y, CARD.width, CARD.height, { width: 0.15, colour: grey }),
    cutMarks(CARD.x, CARD.y, CARD.width, CARD.height),
    text({ x: CARD.x + 2.3, y: CARD.y, width: 68, height: HEAD - 1 }, kind.title, {
      size: 10.5,
      smallest: 8,
      face: "bold",
      valign: "middle",
      tracking: 0.6,
    }),
    cells.sheet,
    text({ x: 20, y: 204, width: 170 }, "受給者証は、線に沿って切り取ってお使いください。", {
      size: 12,
      align: "centre",
    }),
    templateCorner(kind, A4),
  ];
}

/** A 受給者証 of card size in the letter that carries it. */
export function cardLetter(kind: CardLetter, data: CertificateData, say: Say): readonly Block[] {
  return [
    once("certificate", sheet(kind, colourOf(say("band")))),
    windowAddress(data.to),
    letterHead({ date: data.issuedOn, issuer: data.issuer }),
    title(66, data.reissue ? `${kind.title}（再交付）の送付` : `${kind.title}の送付`),
    flow({ x: 20, y: 77.5, width: 170, bottom: 168 }, [
      paragraph(say(data.reissue ? "introReissue" : "intro", { title: kind.title }), { leading }),
      heading("受給者証の使い方"),
      list(say("use").split("\n"), { leading }),
      heading("届出や申請が必要なとき"),
      list(say("duties").split("\n"), { leading }),
    ]),
    once(`contact ${JSON.stringify(data.office)}`, [contactBox(data.office, 20, 169, 170)]),
    ...card(data),
  ];
}

/** What is filled in on the card. */
function card(data: CertificateData): Block[] {
  const { person } = data;
  const name = cells.place("name");
  const inName = { x: name.x + 1.2, width: name.width - 2.4 };
  const seal = { x: SIDE.x + (SIDE.width - 14) / 2, y: CARD.y + 38.5 };
  return [
    cells.put("payer", data.payerNumber, {
      size: 11,
      face: "bold",
      tracking: 3,
      field: "公費負担者番号",
    }),
    cells.put("recipient", data.recipientNumber, {
      size: 11,
      face: "bold",
      tracking: 3,
      field: "公費受給者番号",
    }),
    cells.put("address", data.address, {
      size: 7,
      smallest: 5,
      lines: 3,
      leading: 1.1,
      purpose: "address",
      field: "住所",
    }),
    text({ ...inName, y: name.y + 0.5 }, person.kana, {
      size: 5,
      smallest: 4,
      purpose: "name",
      field: "フリガナ",
    }),
    text({ ...inName, y: name.y + 2.3, height: 4.8 }, person.name, {
      size: 10,
      smallest: 5.5,
      lines: 2,
      leading: 1.1,
      valign: "middle",
      purpose: "name",
      field: "氏名",
    }),
    cells.put("birth", formatWareki(person.birthDate), { size: 8, field: "生年月日" }),
    cells.put("sex", person.sex ?? "", { size: 8, align: "centre", field: "性別" }),
    cells.put("guardian", data.guardian, {
      size: 8,
      smallest: 5,
      lines: 2,
      leading: 1.1,
      purpose: "name",
      field: "保護者",
    }),
    cells.put("period", `${formatWareki(data.from)}から${formatWareki(data.until)}まで`, {
      size: 6.5,
      smallest: 5.5,
      field: "有効期間",
    }),
    cells.put("copay", data.copay.join("\n"), {
      size: 6.5,
      smallest: 5,
      lines: 3,
      leading: 1.1,
      field: "自己負担",
    }),
    qr(SIDE.x + 1.7, CARD.y + HEAD + 1.2, 19, data.statement),
    ...(data.reissue
      ? [
          text({ x: SIDE.x, y: CARD.y, width: SIDE.width - 1.5, height: HEAD - 1 }, "再交付", {
            size: 8,
            align: "right",
            valign: "middle",
          }),
        ]
      : []),
    text(
      { x: SIDE.x, y: CARD.y + 29.5, width: SIDE.width },
      `交付 ${formatWareki(data.issuedOn)}`,
      { size: 5.5, smallest: 5, align: "centre", field: "交付日" },
    ),
    ...(data.issuer.seal ? [sealOf(data.issuer.seal, seal.x, seal.y)] : []),
    text({ x: SIDE.x, y: CARD.y + 33.5, width: SIDE.width }, data.issuer.title, {
      size: 8,
      smallest: 6,
      align: "centre",
      field: "発行者",
    }),
  ];
}

function sealOf(png: Uint8Array, x: number, y: number): Block {
  return (paper) => paper.image(png, x, y, 14, 14);
}
