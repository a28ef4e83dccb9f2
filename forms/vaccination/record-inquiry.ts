import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { LetterData, PrintedPerson } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { letterBlocks } from "../letters/letter.ts";
import { everyCase, letter, people } from "../samples/samples.ts";
import { factsOfPerson } from "./person-facts.ts";

/** 照会書 to another municipality or an insurer: whom it is about, what is asked, and the part in which it answers. */
export interface RecordInquiryData extends LetterData {
  readonly person: PrintedPerson;
  /** Present address; empty where it is withheld. */
  readonly address: string;
  /** 転入前の接種歴 */
  readonly matter: string;
  /** 照会番号 of ours, to be named in the answer. */
  readonly inquiryNumber: string;
  readonly basis: string;
  /** By when the answer is to be here. */
  readonly deadline: IsoDate;
  /** Columns of the answer, and how many lines it has. */
  readonly answers: readonly string[];
  readonly lines: number;
  /** Day of the first letter; a reminder names it. */
  readonly askedOn?: IsoDate;
}

/** Millimetres of the running text. */
const WIDTH = 170;

/** Invented. */
const toCity = {
  postalCode: "8100000",
  address: "見本県例示市中央1丁目99番9号",
  name: "例示市　健康増進課",
  honorific: "御中",
};

/** 接種歴等の照会書, and the 督促 of one that was not answered. */
export const recordInquiry: Form<RecordInquiryData> = {
  id: "vaccination/record-inquiry",
  version: 1,
  title: "接種歴等の照会書",
  size: A4,
  wording: {
    intro:
      "　{program}の事務のために必要がありますので、次の方について、下の「回答」に記入し、{deadline}までにこの用紙を返送してください。記録の写しを添えていただいても差し支えありません。",
    reminder:
      "　{asked}付けで照会しましたが、まだ回答がありません。お手数ですが、下の「回答」に記入し、至急この用紙を返送してください。行き違いのときはご容赦ください。",
    notes:
      "記録がないときは、回答の欄に「記録なし」と記入してください。\n封筒とこの用紙に記載した内容は、上の目的のほかに使いません。",
  },
  blocks: (data, say) => {
    const deadline = formatWareki(data.deadline);
    const { program, askedOn } = data;
    return letterBlocks(
      recordInquiry,
      data,
      askedOn ? `${data.matter}について（再度の照会）` : `${data.matter}について（照会）`,
      [
        paragraph(
          askedOn
            ? say("reminder", { asked: formatWareki(askedOn) })
            : say("intro", { program, deadline }),
        ),
        gap(3),
        facts([
          { label: "照会番号", value: data.inquiryNumber },
          { label: "照会する事項", value: data.matter },
          { label: "回答の期限", value: deadline },
          { label: "根拠", value: data.basis },
        ]),
        heading("照会する方"),
        facts(factsOfPerson(data.person, data.address)),
        heading("回答"),
        table(
          data.answers.map((title) => ({
            title,
            width: WIDTH / data.answers.length,
            value: () => "",
          })),
          Array.from({ length: data.lines }, () => ({})),
          { size: 10.5, smallest: 7, rowHeight: 8 },
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

function samples(): Record<string, RecordInquiryData> {
  const every = everyCase(
    ({ person, address }): RecordInquiryData => ({
      ...letter,
      to: toCity,
      program: "予防接種",
      documentNumber: "見予第R8-000712号",
      person,
      address,
      matter: "転入前の接種歴",
      inquiryNumber: "Q000012",
      basis: "予防接種法施行令第6条の2に基づく記録の保管のため",
      deadline: "2026-12-18",
      answers: ["予防接種の種類", "回数", "接種年月日", "製造番号", "医療機関"],
      lines: 10,
    }),
  );
  return {
    ...every,
    督促: { ...every.通常, askedOn: "2026-10-30", person: people.oldKanji },
    手当の照会: {
      ...every.通常,
      matter: "障害を有する方への手当",
      answers: ["手当の名称", "支給の期間", "等級", "月額"],
      lines: 3,
      person: people.longest,
    },
  };
}
