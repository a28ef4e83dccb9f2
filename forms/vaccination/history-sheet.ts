import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { Issuer, PrintedPerson } from "../data.ts";
import { flow, gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { facts } from "../language/grid.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { everyCase, issuer, people } from "../samples/samples.ts";
import { factsOfPerson } from "./person-facts.ts";

/** 予防接種履歴票: all that the city has recorded of a person; certifies nothing. */
export interface HistorySheetData {
  readonly person: PrintedPerson;
  readonly address: string;
  readonly vaccinations: readonly {
    readonly vaccine: string;
    readonly dose: string;
    readonly date: IsoDate;
    readonly lot: string;
    readonly place: string;
    /** How the city knows of it. */
    readonly source: string;
  }[];
  readonly date: IsoDate;
  readonly issuer: Issuer;
}

/** 予防接種履歴票. */
export const historySheet: Form<HistorySheetData> = {
  id: "vaccination/history-sheet",
  version: 1,
  title: "予防接種履歴票",
  size: A4,
  wording: {
    note: "　この票は、市に記録がある予防接種の一覧です。予防接種を受けたことの証明ではありません。市の記録にないものは載りません。",
  },
  blocks: (data, say) => [
    title(24, "予防接種履歴票"),
    flow({ x: 15, y: 40, width: 180, bottom: 278, nextY: 20 }, [
      facts(factsOfPerson(data.person, data.address)),
      gap(5),
      table(
        [
          { title: "予防接種の種類", width: 44, value: ({ vaccine }) => vaccine, lines: 2 },
          { title: "回数", width: 26, value: ({ dose }) => dose, align: "centre", lines: 2 },
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
          { title: "記録の経路", width: 22, value: ({ source }) => source, lines: 2 },
        ],
        data.vaccinations,
        { size: 10, smallest: 7, rowHeight: 10 },
      ),
      gap(6),
      paragraph(say("note"), { keep: 20 }),
      gap(4),
      paragraph(`${formatWareki(data.date)}　${data.issuer.title}　${data.issuer.name}`),
    ]),
    pageFeet(historySheet, A4),
  ],
  samples: {
    ...everyCase(({ person, address }) => ({ ...sample(4), person, address })),
    接種が多く2ページ: { ...sample(32), person: people.longest },
  },
};

function sample(count: number): HistorySheetData {
  const kinds = [
    ["五種混合", "第1期 初回 1回目", "見本製薬 AB123", "予診票"],
    ["小児用肺炎球菌", "初回 1回目", "例示ファーマ XY-4567", "連携ファイル"],
    ["B型肝炎", "1回目", "HB0089", "転入前の自治体"],
  ] as const;
  return {
    person: people.ordinary,
    address: "熊本市中央区手取本町99番1号 見本マンション305号",
    vaccinations: Array.from({ length: count }, (_, n) => {
      const [vaccine, dose, lot, source] = kinds[n % kinds.length] ?? kinds[0];
      return {
        vaccine,
        dose,
        lot,
        source,
        date: `2026-0${4 + (n % 5)}-20` as IsoDate,
        place: "例示こどもクリニック",
      };
    }),
    date: "2026-11-20",
    issuer,
  };
}
