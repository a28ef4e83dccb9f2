import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { flow, gap, heading, list, paragraph, together } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";

/** A 記録項目 of the document beside where it stands. */
export interface EvidenceItem {
  no: number;
  name: string;
  state: "保持" | "算出" | "未保持" | "所在不明";
  place: string;
}

/** A promise of the document beside what enforces and proves it. */
export interface EvidencePromise {
  id: string;
  group: string;
  text: string;
  /** `要確認`: what enforces it or its tests are not whole; `未対応`: nothing stands yet. */
  state: "実施" | "要確認" | "未対応";
  enforcement: { name: string; stands: boolean }[];
  tests: { file: string; result: string }[];
  missing?: string | undefined;
}

/** 点検報告: what the published assessment says and what the system does, side by side. */
export interface EvidenceData {
  city: string;
  program: string;
  madeOn: IsoDate;
  /** Day on which all tests were last run; none where they were not run here. */
  testedOn?: IsoDate | undefined;
  /** Fiscal year of the figures, such as 令和8年度. */
  year: string;
  files: { title: string; items: EvidenceItem[] }[];
  promises: EvidencePromise[];
  figures: { title: string; records: number; staff: number; people: number }[];
  /** Tables whose rows the program's role could read past every policy. */
  unguarded: string[];
}

const number = (value: number) => value.toLocaleString("ja-JP");

/** How many there are of each, in the order given. */
export const countsOf = <State extends string>(
  states: readonly State[],
  of: readonly { state: State }[],
): string =>
  states.map((state) => `${state} ${of.filter((one) => one.state === state).length}`).join("　");

/** What enforces and proves a promise, a line each. */
export const proofOf = ({ enforcement, tests, missing }: EvidencePromise): string[] => [
  ...enforcement.map(({ name, stands }) => (stands ? name : `${name}　見当たりません`)),
  ...tests.map(({ file, result }) => `試験 ${file}　${result}`),
  ...(missing ? [missing] : []),
];

/** 点検報告書, to be filed with the assessment. */
export const evidenceReport: Form<EvidenceData> = {
  id: "evidence/report",
  version: 1,
  title: "特定個人情報保護評価 点検報告書",
  size: A4,
  wording: {
    title: "特定個人情報保護評価　点検報告書",
    about:
      "公表した評価書が述べることと、このシステムが行うことを、実際のデータベースと試験の結果から突き合わせたものです。",
  },
  blocks: (data, say) => [
    title(14, say("title")),
    flow({ x: 15, y: 26, width: 180, bottom: 282, nextY: 15 }, [
      paragraph(
        [
          `市区町村　　${data.city}`,
          `事務　　　　${data.program}`,
          `作成日　　　${formatWareki(data.madeOn)}`,
          `試験の実施　${data.testedOn ? formatWareki(data.testedOn) : "この環境では実施していません"}`,
        ].join("\n"),
        { size: 10.5, leading: 1.5 },
      ),
      gap(2),
      paragraph(say("about"), { size: 10.5, leading: 1.5 }),
      heading(
        `1　記録項目（別添）　${countsOf(
          ["保持", "算出", "未保持", "所在不明"],
          data.files.flatMap(({ items }) => items),
        )}`,
      ),
      ...data.files.flatMap(({ title, items }) => [
        paragraph(title, { size: 10.5, leading: 1.6, face: "bold" }),
        table<EvidenceItem>(
          [
            { title: "番号", width: 12, value: ({ no }) => String(no), align: "right" },
            { title: "記録項目", width: 62, value: ({ name }) => name, lines: 2 },
            { title: "状態", width: 20, value: ({ state }) => state, align: "centre" },
            { title: "所在", width: 86, value: ({ place }) => place, lines: 2 },
          ],
          items,
          { size: 9, smallest: 6.5, rowHeight: 9 },
        ),
        gap(3),
      ]),
      heading(`2　約束した措置　${countsOf(["実施", "要確認", "未対応"], data.promises)}`),
      ...data.promises.map((promise) =>
        together([
          paragraph(`${promise.id}　${promise.group}　【${promise.state}】`, {
            size: 10.5,
            leading: 1.7,
            face: "bold",
          }),
          paragraph(promise.text, { size: 10, leading: 1.5 }),
          list(proofOf(promise), { size: 9, leading: 1.45 }),
          gap(2),
        ]),
      ),
      gap(3),
      heading(`3　${data.year}の記録`),
      ...(data.figures.length > 0
        ? [
            table<EvidenceData["figures"][number]>(
              [
                { title: "記録", width: 96, value: ({ title }) => title, lines: 2 },
                {
                  title: "件数",
                  width: 28,
                  value: ({ records }) => number(records),
                  align: "right",
                },
                { title: "職員", width: 28, value: ({ staff }) => number(staff), align: "right" },
                {
                  title: "対象の方",
                  width: 28,
                  value: ({ people }) => number(people),
                  align: "right",
                },
              ],
              data.figures,
              { size: 9, smallest: 7, rowHeight: 8 },
            ),
          ]
        : [paragraph("この年度の記録はありません。", { size: 10.5 })]),
      gap(3),
      heading("4　行の保護のない表"),
      paragraph(
        data.unguarded.length > 0
          ? data.unguarded.join("、")
          : "ありません。すべての表で、行ごとの保護が働いています。",
        { size: 10.5, leading: 1.5 },
      ),
    ]),
    pageFeet(evidenceReport, A4),
  ],
  samples: {
    途中の版: sampleOf(14),
    記録項目もまだない事務: {
      ...sampleOf(0),
      files: [],
      promises: [],
      figures: [],
      testedOn: undefined,
      unguarded: ["feeds.lot"],
    },
  },
};

function sampleOf(items: number): EvidenceData {
  const states = ["保持", "算出", "未保持", "所在不明"] as const;
  return {
    city: "見本市",
    program: "こども医療費助成",
    madeOn: "2026-11-20",
    testedOn: "2026-11-19",
    year: "令和8年度",
    files: [
      {
        title: "こども医療費助成資格情報",
        items: Array.from({ length: items }, (_, index) => ({
          no: index + 1,
          name: index % 5 === 3 ? "住民区分(住民、転出者、死亡者、住登外者)" : "資格取得日",
          state: states[index % 4] ?? "保持",
          place:
            index % 4 === 1
              ? "住民となった日・住民でなくなった日と事由、死亡日から"
              : "entitlements.entitlement.valid_from",
        })),
      },
    ],
    promises: [
      {
        id: "USE-6",
        group: "使用",
        text: "個人情報を見たこと・変えたことをすべて記録する（時刻、職員、所属、端末、目的、宛名番号、項目）。記録は気づかれずに書き換えられない。",
        state: "実施",
        enforcement: [
          { name: "データベースの関数 vault.look", stands: true },
          { name: "データベースのトリガー audit.record record_is_final", stands: true },
        ],
        tests: [{ file: "db/audit.test.ts", result: "合格 24件" }],
      },
      {
        id: "KEP-1",
        group: "保管・消去",
        text: "保存期間を過ぎた情報を毎年見つけ、承認を受けて消し、消した記録を残す。",
        state: "要確認",
        enforcement: [{ name: "データベースの関数 vault.erase_person", stands: false }],
        tests: [],
        missing: "毎年の検索はこの版にありません",
      },
    ],
    figures: [
      { title: "氏名・住所を見た", records: 12345, staff: 12, people: 4321 },
      { title: "申請を受け付けた", records: 504, staff: 4, people: 498 },
    ],
    unguarded: [],
  };
}
