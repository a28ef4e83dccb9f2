import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki, formatWarekiShort } from "#workflows/dates/wareki.ts";
import type { Office, PrintedPerson } from "../data.ts";
import { flow, gap, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A4Landscape } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { office, people } from "../samples/samples.ts";

/** One place of a session. */
export interface SessionLine {
  readonly seat: number;
  /** 13:00 */
  readonly time: string;
  readonly person: Pick<PrintedPerson, "name" | "kana" | "birthDate">;
  readonly vaccine: string;
  readonly dose: string;
}

/** 集団接種の名簿: who comes when, with room for what came of it. */
export interface SessionListData {
  readonly place: string;
  readonly heldOn: IsoDate;
  readonly lines: readonly SessionLine[];
  readonly office: Office;
}

/** 集団接種名簿, in the order of the session. */
export const sessionList: Form<SessionListData> = {
  id: "vaccination/session-list",
  version: 1,
  title: "集団接種名簿",
  size: A4Landscape,
  wording: {
    note: "受付、予診の結果、接種のロット番号を記入し、終了後に担当課へ戻してください。名簿は施錠して保管し、写しを取らないでください。",
  },
  blocks: (data, say) => [
    title(13, `集団接種名簿（${data.lines.length}人）`),
    flow({ x: 15, y: 26, width: 267, bottom: 192, nextY: 15 }, [
      paragraph(
        `会場　${data.place}\n期日　${formatWareki(data.heldOn)}\n担当　${data.office.name}`,
        { size: 11, leading: 1.5, purpose: "name" },
      ),
      paragraph(say("note"), { size: 10, leading: 1.4 }),
      gap(2),
      table<SessionLine>(
        [
          { title: "番号", width: 13, value: ({ seat }) => String(seat), align: "right" },
          { title: "受付", width: 16, value: ({ time }) => time, align: "centre" },
          {
            title: "氏名",
            width: 56,
            value: ({ person }) => person.name,
            purpose: "name",
            lines: 3,
          },
          { title: "フリガナ", width: 42, value: ({ person }) => person.kana, lines: 3 },
          {
            title: "生年月日",
            width: 24,
            value: ({ person }) => formatWarekiShort(person.birthDate),
            align: "centre",
          },
          { title: "予防接種", width: 30, value: ({ vaccine }) => vaccine, lines: 2 },
          { title: "回", width: 20, value: ({ dose }) => dose, align: "centre", lines: 2 },
          { title: "予診の結果", width: 30, value: () => "□接種　□見合せ", align: "centre" },
          { title: "ロット・医師", width: 36, value: () => "" },
        ],
        data.lines,
        { size: 10, smallest: 6.5, rowHeight: 14 },
      ),
    ]),
    pageFeet(sessionList, A4Landscape),
  ],
  samples: {
    通常: sample(8),
    名前の長い方が並び3ページ: sample(30),
  },
};

function sample(count: number): SessionListData {
  const every = [people.ordinary, people.longest, people.oldKanji, people.plain];
  return {
    place: "見本市保健センター 2階 集団健診室",
    heldOn: "2026-12-10",
    office: { ...office, name: "見本市 健康福祉局 保健衛生部 感染症対策課" },
    lines: Array.from({ length: count }, (_, index) => ({
      seat: index + 1,
      time: `13:${String(Math.floor(index / 5) * 10).padStart(2, "0")}`,
      person: every[index % every.length] ?? people.ordinary,
      vaccine: "BCG",
      dose: "1回",
    })),
  };
}
