import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Issuer, PrintedPerson } from "../data.ts";
import { flow, gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { issuedBy, pageFeet, title } from "../language/letter.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { everyCase, issuer, people, withoutSeal } from "../samples/samples.ts";
import { factsOfPerson } from "./person-facts.ts";

/** 予防接種済証 (予防接種法施行規則4条). */
export interface VaccinationRecordData {
  readonly person: PrintedPerson;
  readonly address: string;
  readonly vaccinations: readonly {
    readonly vaccine: string;
    readonly dose: string;
    readonly date: IsoDate;
    /** Maker and lot, as the 予診票 says. */
    readonly lot: string;
    readonly place: string;
  }[];
  readonly documentNumber: string;
  readonly date: IsoDate;
  readonly issuer: Issuer;
}

/** 予防接種済証: one or more vaccinations of a person, certified. */
export const vaccinationRecord: Form<VaccinationRecordData> = {
  id: "vaccination/record",
  version: 1,
  title: "予防接種済証",
  size: A4,
  wording: { statement: "　上記のとおり予防接種を受けたことを証明します。" },
  blocks: (data, say) => [
    title(28, "予防接種済証"),
    flow({ x: 20, y: 46, width: 170, bottom: 275, nextY: 22 }, [
      facts(factsOfPerson(data.person, data.address)),
      gap(6),
      table(
        [
          { title: "予防接種の種類", width: 46, value: ({ vaccine }) => vaccine, lines: 2 },
          { title: "回数", width: 34, value: ({ dose }) => dose, align: "centre", lines: 2 },
          {
            title: "接種年月日",
            width: 32,
            value: ({ date }) => formatWareki(date),
            align: "centre",
          },
          { title: "メーカー・ロット", width: 28, value: ({ lot }) => lot, lines: 2 },
          {
            title: "実施場所",
            width: 30,
            value: ({ place }) => place,
            purpose: "address",
            lines: 2,
          },
        ],
        data.vaccinations,
        { size: 11, smallest: 7, rowHeight: 12 },
      ),
      gap(8),
      paragraph(say("statement"), { keep: 40 }),
      gap(6),
      paragraph(`${data.documentNumber}　${formatWareki(data.date)}`),
      (area) => issuedBy(data.issuer, 100, area.take(24) + 8, 90)(area.paper),
    ]),
    pageFeet(vaccinationRecord, A4),
  ],
  samples: {
    ...everyCase(({ person, address }) => ({ ...recordSample(3), person, address })),
    "接種が多く2ページ・公印省略": {
      ...recordSample(26),
      person: people.longest,
      issuer: withoutSeal,
    },
  },
};

function recordSample(count: number): VaccinationRecordData {
  const kinds = [
    ["五種混合", "第1期 初回 1回目", "見本製薬 AB123"],
    ["小児用肺炎球菌", "初回 1回目", "例示ファーマ XY-4567"],
    ["B型肝炎", "1回目", "見本製薬 HB0089"],
  ] as const;
  return {
    person: people.ordinary,
    address: "熊本市中央区手取本町99番1号 見本マンション305号",
    vaccinations: Array.from({ length: count }, (_, index) => {
      const [vaccine, dose, lot] = kinds[index % kinds.length] ?? kinds[0];
      return {
        vaccine,
        dose,
        date: `2026-0${4 + Math.floor(index / 6)}-${20 + (index % 6)}` as IsoDate,
        lot,
        place: "例示こどもクリニック",
      };
    }),
    documentNumber: "見感対第890号",
    date: "2026-11-20",
    issuer,
  };
}
