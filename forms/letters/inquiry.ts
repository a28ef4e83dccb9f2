import type { BirthDate } from "#workflows/dates/birth-date.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { LetterData } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { everyCase, letter, people } from "../samples/samples.ts";
import { letterBlocks } from "./letter.ts";

/** 照会書: what another authority is asked about people, with the part in which it answers. */
export interface InquiryData extends LetterData {
  /** 令和7年分の所得と扶養親族等の数 */
  readonly matter: string;
  readonly basis: string;
  /** By when the answer is to be here. */
  readonly deadline: IsoDate;
  readonly people: readonly {
    readonly name: string;
    readonly kana: string;
    readonly birthDate: BirthDate;
    readonly address: string;
  }[];
  /** Columns of the answer, left empty: 給与所得, 扶養親族等の数 … */
  readonly answers: readonly string[];
  /** Day of the first letter; a reminder names it. */
  readonly askedOn?: IsoDate;
}

/** Millimetres of the running text, and of the name in the answer. */
const WIDTH = 170;
const NAME = 34;

/** Invented. */
const toCity = {
  postalCode: "8100000",
  address: "見本県例示市中央1丁目99番9号",
  name: "例示市　市民税課",
  honorific: "御中",
};

/** 照会書 to another authority, and the 督促 of one that was not answered. */
export const inquiryLetter: Form<InquiryData> = {
  id: "letters/inquiry",
  version: 1,
  title: "照会書",
  size: A4,
  wording: {
    intro:
      "　{program}の審査のために必要がありますので、次の方について、下の「回答」に記入し、{deadline}までにこの用紙を返送してください。",
    reminder:
      "　{asked}付けで照会しましたが、まだ回答がありません。お手数ですが、下の「回答」に記入し、至急この用紙を返送してください。行き違いのときはご容赦ください。",
    notes:
      "該当がないときは「該当なし」、分からないときは「不明」と記入してください。\nこの用紙に記載した内容は、上の目的のほかに使いません。",
  },
  blocks: (data, say) => {
    const deadline = formatWareki(data.deadline);
    const { program, askedOn } = data;
    return letterBlocks(
      inquiryLetter,
      data,
      askedOn ? `${program}について（再度の照会）` : `${program}について（照会）`,
      [
        paragraph(
          askedOn
            ? say("reminder", { asked: formatWareki(askedOn) })
            : say("intro", { program, deadline }),
        ),
        gap(4),
        facts([
          { label: "照会する事項", value: data.matter },
          { label: "回答の期限", value: deadline },
          { label: "根拠", value: data.basis },
        ]),
        heading("照会する方"),
        table(
          [
            { title: "フリガナ", width: 32, value: ({ kana }) => kana, purpose: "name", lines: 4 },
            { title: "氏名", width: 34, value: ({ name }) => name, purpose: "name", lines: 4 },
            { title: "生年月日", width: 34, value: ({ birthDate }) => formatWareki(birthDate) },
            {
              title: "今の住所",
              width: 70,
              value: ({ address }) => address,
              purpose: "address",
              lines: 4,
            },
          ],
          data.people,
          { size: 10.5, smallest: 7, rowHeight: 17 },
        ),
        heading("回答"),
        table(
          [
            { title: "氏名", width: NAME, value: ({ name }) => name, purpose: "name", lines: 4 },
            ...data.answers.map((title) => ({
              title,
              width: (WIDTH - NAME) / data.answers.length,
              value: () => "",
            })),
          ],
          data.people,
          { size: 10.5, smallest: 7, rowHeight: 17 },
        ),
      ],
      [
        gap(3),
        list(say("notes").split("\n")),
        gap(2),
        paragraph("回答した日　　　　　年　　　月　　　日　　回答した課と担当者"),
      ],
    );
  },
  samples: samples(),
};

function samples(): Record<string, InquiryData> {
  const every = everyCase(
    ({ person, address }): InquiryData => ({
      ...letter,
      to: toCity,
      program: "ひとり親家庭等医療費助成",
      documentNumber: "見ひ第1234号",
      matter: "令和7年分の所得と扶養親族等の数",
      basis: "見本市ひとり親家庭等医療費助成条例第9条",
      deadline: "2026-12-18",
      people: [{ ...person, address }],
      answers: ["給与所得", "公的年金等", "その他の所得", "控除の内訳", "扶養親族等の数"],
    }),
  );
  return {
    ...every,
    "督促・三人": {
      ...every.通常,
      askedOn: "2026-10-30",
      people: [people.ordinary, people.longest, people.oldKanji].map((person) => ({
        ...person,
        address: "見本市見本町9番9号",
      })),
    },
    "多くの方・二ページ": {
      ...every.通常,
      people: Array.from({ length: 9 }, () => ({ ...people.plain, address: "見本市見本町9番9号" })),
    },
  };
}
