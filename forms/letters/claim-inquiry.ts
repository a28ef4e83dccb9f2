import type { BirthDate } from "#workflows/dates/birth-date.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { LetterData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { everyCase, letter } from "../samples/samples.ts";
import { letterBlocks } from "./letter.ts";

/** 照会 of a claim for 償還払い to an institution or an insurer, with the part in which it answers. */
export interface ClaimInquiryData extends LetterData {
  readonly basis: string;
  readonly deadline: IsoDate;
  readonly person: {
    readonly name: string;
    readonly kana: string;
    readonly birthDate: BirthDate;
  };
  /** The receipts that it is about, at least one. */
  readonly receipts: readonly {
    /** 令和8年10月5日 */
    readonly month: string;
    readonly institution: string;
    readonly care: string;
    readonly points?: number | undefined;
    readonly paid: number;
  }[];
  /** What is asked beside the columns, in own words. */
  readonly question?: string | undefined;
  /** Columns of the answer, left empty: 領収した額, 適用区分 … */
  readonly answers: readonly string[];
}

/** Millimetres of the running text, and of the month in the answer. */
const WIDTH = 170;
const MONTH = 36;

/** Invented. */
const toInstitution = {
  postalCode: "8100000",
  address: "見本県例示市中央1丁目99番9号",
  name: "例示市立総合医療センター　医事課",
  honorific: "御中",
};

/** 支給申請の審査のための照会書. */
export const claimInquiry: Form<ClaimInquiryData> = {
  id: "letters/claim-inquiry",
  version: 1,
  title: "支給申請についての照会書",
  size: A4,
  wording: {
    intro:
      "　{program}の支給申請の審査のために必要がありますので、次の方の診療について、下の「回答」に記入し、{deadline}までにこの用紙を返送してください。",
    notes:
      "該当がないときは「該当なし」、分からないときは「不明」と記入してください。\nこの用紙に記載した内容は、上の目的のほかに使いません。",
  },
  blocks: (data, say) => {
    if (data.receipts.length === 0) throw new RangeError("an inquiry is about receipts");
    const { program, person, question } = data;
    const deadline = formatWareki(data.deadline);
    const answers = data.answers.length > 0 ? data.answers : ["回答"];
    return letterBlocks(
      claimInquiry,
      data,
      `${program}について（照会）`,
      [
        paragraph(say("intro", { program, deadline })),
        gap(4),
        facts([
          ...data.facts,
          { label: "フリガナ", value: person.kana, purpose: "name" },
          { label: "氏名", value: person.name, purpose: "name" },
          { label: "生年月日", value: formatWareki(person.birthDate) },
          { label: "回答の期限", value: deadline },
          { label: "根拠", value: data.basis },
        ]),
        heading("申請のあった領収書"),
        table(
          [
            { title: "診療年月", width: MONTH, value: ({ month }) => month },
            {
              title: "医療機関",
              width: 64,
              value: ({ institution }) => institution,
              purpose: "text",
              lines: 3,
            },
            { title: "区分", width: 22, value: ({ care }) => care },
            {
              title: "点数",
              width: 22,
              align: "right",
              value: ({ points }) => (points === undefined ? "" : points.toLocaleString("ja-JP")),
            },
            { title: "領収額", width: 26, align: "right", value: ({ paid }) => yen(paid) },
          ],
          data.receipts,
          { size: 10.5, smallest: 7, rowHeight: 10 },
        ),
        ...(question ? [heading("照会する事項"), paragraph(question)] : []),
        heading("回答"),
        table(
          [
            { title: "診療年月", width: MONTH, value: ({ month }) => month },
            ...answers.map((title) => ({
              title,
              width: (WIDTH - MONTH) / answers.length,
              value: () => "",
            })),
          ],
          data.receipts,
          { size: 10.5, smallest: 7, rowHeight: 12 },
        ),
      ],
      [
        gap(3),
        list(say("notes").split("\n")),
        gap(2),
        paragraph("回答した日　　　　　年　　　月　　　日　　回答した方と連絡先"),
      ],
    );
  },
  samples: samples(),
};

function samples(): Record<string, ClaimInquiryData> {
  const every = everyCase(
    ({ person }): ClaimInquiryData => ({
      ...letter,
      to: toInstitution,
      documentNumber: "見こ第1234号",
      facts: [{ label: "申請の番号", value: "R8-001234" }],
      basis: "見本市こども医療費助成条例第9条",
      deadline: "2026-12-18",
      person: { name: person.name, kana: person.kana, birthDate: person.birthDate },
      receipts: [
        {
          month: "令和8年10月5日",
          institution: "例示市立総合医療センター",
          care: "外来",
          points: 1067,
          paid: 9_990,
        },
      ],
      question: "領収額が、点数と負担割合から求めた額と違います。保険診療の分を教えてください。",
      answers: ["受診した日", "保険診療の点数", "領収した額"],
    }),
  );
  return {
    ...every,
    "保険者へ・多くの領収書": {
      ...every.通常,
      to: { ...toInstitution, name: "見本健康保険組合　給付課" },
      receipts: Array.from({ length: 14 }, (_, index) => ({
        month: `令和8年10月${index + 1}日`,
        institution: "例示市立総合医療センター サンマリノ小児科アレルギー科クリニック分院",
        care: index % 2 ? "入院" : "治療用装具",
        ...(index % 2 ? { points: 123_456 } : {}),
        paid: 370_370,
      })),
      question: undefined,
      answers: ["適用区分", "高額療養費の額", "附加給付の額", "療養費の額"],
    },
  };
}
