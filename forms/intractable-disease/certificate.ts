import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
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
import { everyCase, issuer, office, people, recipients } from "../samples/samples.ts";

/** 特定医療費（指定難病）受給者証 (難病法7条4項, 施行規則). */
export interface IntractableCertificateData {
  readonly to: Recipient;
  readonly person: PrintedPerson;
  readonly address: string;
  /** 保護者 of a person under 18. */
  readonly guardian?: { readonly name: string; readonly relation: string };
  readonly payerNumber: string;
  readonly recipientNumber: string;
  readonly insurance: {
    readonly insurer: string;
    readonly symbol: string;
    readonly category: string;
  };
  readonly diseases: readonly string[];
  /** Monthly limit in whole yen, and the class it follows from. */
  readonly limit: number;
  readonly incomeClass: string;
  /** 高額かつ長期, 人工呼吸器等装着者, 按分 …: as they hold. */
  readonly marks: readonly string[];
  /** 指定医療機関. */
  readonly clinics: readonly string[];
  readonly from: IsoDate;
  readonly until: IsoDate;
  readonly issuedOn: IsoDate;
  readonly issuer: Issuer;
  readonly office: Office;
}

/** A6 across, cut out; the second fold runs between its rows, not through a text. */
const CARD = { x: 31, y: 173, width: 148, height: 105 };
const IN = CARD.x + 4;
const ROW = 140;
const cell = (key: string, label: string, width: number, labelWidth = 20) => ({
  key,
  label,
  width,
  labelWidth,
});

const cells = grid({
  x: IN,
  y: CARD.y + 10,
  labelSize: 7,
  rows: [
    {
      height: 7,
      cells: [cell("payer", "公費負担者番号", ROW / 2), cell("recipient", "受給者番号", ROW / 2)],
    },
    { height: 8, cells: [cell("address", "住所", ROW)] },
    {
      height: 11.5,
      cells: [cell("name", "フリガナ\n氏名", 92), cell("birth", "生年月日\n性別", 48, 14)],
    },
    { height: 7, cells: [cell("guardian", "保護者・続柄", ROW)] },
    { height: 7, cells: [cell("insurance", "医療保険", ROW)] },
    { height: 7.5, cells: [cell("diseases", "病名", ROW)] },
    {
      height: 8,
      cells: [cell("limit", "自己負担上限額", ROW / 2), cell("marks", "区分", ROW / 2)],
    },
    { height: 14, cells: [cell("clinics", "指定医療機関", ROW)] },
    { height: 7, cells: [cell("period", "有効期間", ROW)] },
  ],
});

const sheet: readonly Block[] = [
  foldMarks,
  frame(CARD.x, CARD.y, CARD.width, CARD.height, { width: 0.15, colour: grey }),
  cutMarks(CARD.x, CARD.y, CARD.width, CARD.height),
  text({ x: CARD.x, y: CARD.y, width: CARD.width, height: 10 }, "特定医療費（指定難病）受給者証", {
    size: 12,
    face: "bold",
    align: "centre",
    valign: "middle",
    tracking: 1,
  }),
  cells.sheet,
];

/** 特定医療費（指定難病）受給者証 in the letter that carries it. */
export const intractableCertificate: Form<IntractableCertificateData> = {
  id: "intractable-disease/certificate",
  version: 1,
  title: "特定医療費（指定難病）受給者証",
  size: A4,
  wording: {
    intro:
      "　特定医療費（指定難病）受給者証をお送りします。下の受給者証を切り取り、記載に誤りがないか確認してお使いください。",
    use: "指定医療機関の窓口で、健康保険の資格が分かるもの、自己負担上限額管理票と一緒に見せてください。\n使えるのは、受給者証に書かれた病名の治療に限ります。\n住所、氏名、健康保険、医療機関、病名などが変わるときは、すみやかに下のお問い合わせ先に届け出てください。\n続けて使うには、有効期間が終わる前に更新の申請が必要です。時期が近づきましたらお知らせします。",
  },
  blocks: (data, say) => [
    once("certificate", [...sheet, templateCorner(intractableCertificate, A4)]),
    windowAddress(data.to),
    letterHead({ date: data.issuedOn, issuer: data.issuer }),
    title(64, "特定医療費（指定難病）受給者証の送付"),
    flow({ x: 20, y: 75, width: 170, bottom: 141 }, [
      paragraph(say("intro"), { leading: 1.45 }),
      heading("使い方"),
      list(say("use").split("\n"), { leading: 1.4 }),
    ]),
    once(`contact ${JSON.stringify(data.office)}`, [contactBox(data.office, 20, 142, 170)]),
    ...card(data),
  ],
  samples: certificateSamples(),
};

function card(data: IntractableCertificateData): Block[] {
  const { person, guardian, insurance } = data;
  const small = { size: 8, smallest: 6, leading: 1.15 };
  const name = cells.place("name");
  const box = { x: name.x + 1.2, width: name.width - 2.4 };
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
      field: "受給者番号",
    }),
    cells.put("address", data.address, { ...small, lines: 2, purpose: "address", field: "住所" }),
    text({ ...box, y: name.y + 0.9 }, person.kana, {
      size: 6,
      smallest: 5,
      purpose: "name",
      field: "フリガナ",
    }),
    text({ ...box, y: name.y + 3.8, height: 7.2 }, person.name, {
      size: 11,
      smallest: 6,
      lines: 2,
      leading: 1.1,
      valign: "middle",
      purpose: "name",
      field: "氏名",
    }),
    cells.put("birth", `${formatWareki(person.birthDate)}\n${person.sex ?? ""}`.trim(), {
      ...small,
      lines: 2,
      field: "生年月日",
    }),
    cells.put("guardian", guardian ? `${guardian.name}（${guardian.relation}）` : "", {
      ...small,
      purpose: "name",
      field: "保護者",
    }),
    cells.put(
      "insurance",
      `${insurance.insurer}　${insurance.symbol}　適用区分 ${insurance.category}`,
      { ...small, lines: 2, field: "医療保険" },
    ),
    cells.put("diseases", data.diseases.join("、"), { ...small, lines: 2, field: "病名" }),
    cells.put("limit", `月額 ${yen(data.limit)}`, {
      size: 11,
      face: "bold",
      field: "自己負担上限額",
    }),
    cells.put("marks", [data.incomeClass, ...data.marks].join("・"), {
      ...small,
      lines: 2,
      field: "区分",
    }),
    cells.put("clinics", data.clinics.join("\n"), { ...small, lines: 4, field: "指定医療機関" }),
    cells.put("period", `${formatWareki(data.from)}から${formatWareki(data.until)}まで`, {
      size: 9.5,
      field: "有効期間",
    }),
    text({ x: IN, y: CARD.y + 93.5, width: 60 }, `交付　${formatWareki(data.issuedOn)}`, {
      size: 8,
      field: "交付日",
    }),
    text({ x: IN + 60, y: CARD.y + 93.2, width: 56 }, data.issuer.title, {
      size: 10,
      align: "right",
      field: "発行者",
    }),
    (paper) => {
      if (data.issuer.seal) paper.image(data.issuer.seal, IN + 119, CARD.y + 88.5, 15, 15);
    },
  ];
}

function certificateSamples(): Record<string, IntractableCertificateData> {
  const ordinary: IntractableCertificateData = {
    to: recipients.plain,
    person: { name: "例示 一郎", kana: "レイジ イチロウ", birthDate: "1961-04-02", sex: "男" },
    address: "熊本市中央区水前寺99丁目8番7号",
    payerNumber: "54439995",
    recipientNumber: "7654321",
    insurance: { insurer: "見本市国民健康保険", symbol: "見01・1234", category: "ウ" },
    diseases: ["パーキンソン病"],
    limit: 10_000,
    incomeClass: "一般所得Ⅰ",
    marks: [],
    clinics: ["見本市内および県内の難病指定医療機関"],
    from: "2026-11-01",
    until: "2027-09-30",
    issuedOn: "2026-11-20",
    issuer,
    office: { ...office, name: "見本市 健康福祉局 保健衛生部 健康づくり推進課" },
  };
  return {
    ...everyCase(({ to, person, address }) => ({
      ...ordinary,
      to: { ...to, name: person.name },
      person: { ...person, birthDate: "1961-04-02" as IsoDate },
      address,
    })),
    保護者があり記載が多い: {
      ...ordinary,
      to: recipients.longest,
      person: people.longest,
      address:
        "熊本市南区奥古閑町字見本屋敷通東之丁上九千八百七十六番地の五十四 グランドシャトーサンプル熊本リバーサイドパークタワーウエスト第2号棟 1234号室",
      guardian: { name: recipients.longest.name, relation: "母" },
      insurance: {
        insurer: "全国健康保険協会 見本支部",
        symbol: "12345678・9012345",
        category: "ア",
      },
      diseases: ["先天性ミオパチー", "アトピー性脊髄炎", "遅発性内リンパ水腫"],
      limit: 1000,
      incomeClass: "上位所得",
      marks: ["高額かつ長期", "人工呼吸器等装着者", "按分あり"],
      clinics: [
        "見本大学病院",
        "例示県立こども総合医療センター",
        "例示薬局 駅前店",
        "例示訪問看護ステーション",
      ],
    },
  };
}
