import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { LetterData, PrintedPerson } from "../data.ts";
import { gap, heading, list, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { letterBlocks } from "../letters/letter.ts";
import { everyCase, letter } from "../samples/samples.ts";
import { factsOfPerson } from "./person-facts.ts";

/** 回答書 to another municipality that asked about somebody who moved there. */
export interface RecordAnswerData extends LetterData {
  readonly person: PrintedPerson;
  /** 文書番号 of their inquiry and the day on which it came. */
  readonly theirNumber: string;
  readonly receivedOn: IsoDate;
  readonly basis: string;
  readonly vaccinations: readonly {
    readonly vaccine: string;
    readonly dose: string;
    readonly date: IsoDate;
    readonly lot: string;
    readonly place: string;
  }[];
}

/** Invented. */
const toCity = {
  postalCode: "8100000",
  address: "見本県例示市中央1丁目99番9号",
  name: "例示市　健康増進課",
  honorific: "御中",
};

/** 接種記録の回答書. */
export const recordAnswer: Form<RecordAnswerData> = {
  id: "vaccination/record-answer",
  version: 1,
  title: "接種記録の回答書",
  size: A4,
  wording: {
    intro: "　照会のあった次の方の予防接種の記録について、次のとおり回答します。",
    none: "　この方の予防接種の記録は、本市にありません。",
    notes:
      "本市に記録がある予防接種だけを記載しています。記載のないものを受けていないことを示すものではありません。",
  },
  blocks: (data, say) =>
    letterBlocks(
      recordAnswer,
      data,
      "予防接種の記録について（回答）",
      [
        paragraph(say("intro")),
        gap(3),
        facts([
          { label: "照会の文書番号", value: data.theirNumber },
          { label: "照会を受けた日", value: formatWareki(data.receivedOn) },
          { label: "根拠", value: data.basis },
          ...factsOfPerson(data.person, ""),
        ]),
        heading("予防接種の記録"),
        data.vaccinations.length === 0
          ? paragraph(say("none"))
          : table(
              [
                { title: "予防接種の種類", width: 54, value: ({ vaccine }) => vaccine, lines: 2 },
                { title: "回数", width: 28, value: ({ dose }) => dose, align: "centre", lines: 2 },
                {
                  title: "接種年月日",
                  width: 32,
                  value: ({ date }) => formatWareki(date),
                  align: "centre",
                },
                { title: "製品・ロット", width: 28, value: ({ lot }) => lot, lines: 2 },
                {
                  title: "実施場所",
                  width: 28,
                  value: ({ place }) => place,
                  purpose: "address",
                  lines: 2,
                },
              ],
              data.vaccinations,
              { size: 10, smallest: 7, rowHeight: 10 },
            ),
      ],
      [gap(3), list(say("notes").split("\n"))],
    ),
  samples: {
    ...everyCase(({ person }) => sample(person, 4)),
    記録なし: sample(
      { name: "髙橋 さくら", kana: "タカハシ サクラ", birthDate: "2025-04-01", sex: "女" },
      0,
    ),
    接種が多く2ページ: sample(
      { name: "𠮷田 太郎", kana: "ヨシダ タロウ", birthDate: "2020-04-02", sex: "男" },
      26,
    ),
  },
};

function sample(person: PrintedPerson, count: number): RecordAnswerData {
  const kinds = [
    ["五種混合", "第1期 初回 1回目", "見本製薬 AB123"],
    ["小児用肺炎球菌", "初回 1回目", "例示ファーマ XY-4567"],
    ["B型肝炎", "1回目", "HB0089"],
  ] as const;
  return {
    ...letter,
    to: toCity,
    program: "予防接種",
    documentNumber: "見予第R8-000713号",
    person,
    theirNumber: "例健第R8-0456号",
    receivedOn: "2026-11-12",
    basis: "予防接種法施行令第6条の2に基づく記録の提供",
    vaccinations: Array.from({ length: count }, (_, n) => {
      const [vaccine, dose, lot] = kinds[n % kinds.length] ?? kinds[0];
      return {
        vaccine,
        dose,
        lot,
        date: `2026-0${4 + (n % 5)}-20` as IsoDate,
        place: "例示こどもクリニック",
      };
    }),
  };
}
