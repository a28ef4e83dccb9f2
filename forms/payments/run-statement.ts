import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { Office } from "../data.ts";
import { flow, gap, heading, paragraph } from "../language/flow.ts";
import type { Form } from "../language/form.ts";
import { pageFeet, title } from "../language/letter.ts";
import { A4 } from "../language/shapes.ts";
import { table } from "../language/table.ts";
import { longestCase, office, oldKanjiCase, people, recipients } from "../samples/samples.ts";

/** One payment of a run. */
export interface RunStatementLine {
  /** P0000012 */
  readonly number: string;
  /** Name of who is paid; empty where it may not be shown (支援措置). */
  readonly name: string;
  /** Bank, branch and account, with all but the last figures hidden from whoever has no right to it. */
  readonly account: string;
  /** Whole yen. */
  readonly amount: number;
  readonly office: string;
}

/** 支払明細書 of a payment run, or the part of it that is printed in one go. */
export interface RunStatementData {
  readonly program: string;
  /** S000012 */
  readonly run: string;
  readonly closingOn: IsoDate;
  readonly payOn: IsoDate;
  /** 承認待ち, 承認済 … as it stood. */
  readonly state: string;
  readonly printedOn: IsoDate;
  readonly office: Office;
  /** Count and sum of the whole run, as the database counted them; by office too. */
  readonly count: number;
  readonly sum: number;
  readonly offices: readonly {
    readonly name: string;
    readonly count: number;
    readonly sum: number;
  }[];
  /** From which of the payments of the run this part begins, counted from 1. */
  readonly from: number;
  /** At least one. */
  readonly lines: readonly RunStatementLine[];
  readonly preparedBy: string;
}

/** 支払明細書: what a run pays to whom, for whoever approves it, with the sums by office. */
export const runStatement: Form<RunStatementData> = {
  id: "payments/run-statement",
  version: 1,
  title: "支払明細書",
  size: A4,
  wording: {
    note: "個人情報が書かれています。決裁の後は、保存する綴りのほかは裁断してください。",
    withheld: "（支援措置のため省略）",
  },
  blocks: (data, say) => {
    const { lines, from, count } = data;
    if (lines.length === 0) throw new RangeError("a statement of a run has lines");
    const last = from + lines.length - 1;
    const rows = lines.map((line, index) => ({ ...line, place: from + index }));
    const part = lines.reduce((sum, { amount }) => sum + amount, 0);
    return [
      title(14, `${data.program}　支払明細書`),
      flow({ x: 15, y: 27, width: 180, bottom: 280, nextY: 15 }, [
        paragraph(
          [
            `支払の回　${data.run}（${data.state}）　締日 ${formatWareki(data.closingOn)}　振込指定日 ${formatWareki(data.payOn)}`,
            `件数　　　${count.toLocaleString("ja-JP")}件　　支払額　${yen(data.sum)}`,
            `この明細　${from.toLocaleString("ja-JP")}件目から${last.toLocaleString("ja-JP")}件目まで　${yen(part)}`,
            `準備　　　${data.preparedBy}　　印刷　${formatWareki(data.printedOn)}　${data.office.name}`,
          ].join("\n"),
          { size: 10.5, leading: 1.5 },
        ),
        gap(1),
        paragraph(say("note"), { size: 10, leading: 1.5, face: "bold" }),
        gap(2),
        table<(typeof rows)[number]>(
          [
            { title: "順", width: 12, value: ({ place }) => String(place), align: "right" },
            { title: "支払番号", width: 22, value: ({ number }) => number, align: "centre" },
            {
              title: "支払う相手",
              width: 46,
              value: ({ name }) => name || say("withheld"),
              purpose: ({ name }) => (name ? "name" : "text"),
              lines: 2,
            },
            {
              title: "振込先",
              width: 54,
              value: ({ account }) => account,
              purpose: "name",
              lines: 2,
            },
            { title: "支払額", width: 24, value: ({ amount }) => yen(amount), align: "right" },
            { title: "区・課", width: 22, value: ({ office: name }) => name, lines: 2 },
          ],
          rows,
          { size: 9, smallest: 6, rowHeight: 9 },
        ),
        ...(last === count
          ? [
              heading("区・課ごとの計"),
              table<(typeof data.offices)[number]>(
                [
                  { title: "区・課", width: 90, value: ({ name }) => name },
                  {
                    title: "件数",
                    width: 40,
                    value: (one) => `${one.count.toLocaleString("ja-JP")}件`,
                    align: "right",
                  },
                  { title: "支払額", width: 50, value: (one) => yen(one.sum), align: "right" },
                ],
                [...data.offices, { name: "合計", count, sum: data.sum }],
                { size: 10, smallest: 7, rowHeight: 8 },
              ),
            ]
          : []),
      ]),
      pageFeet(runStatement, A4),
    ];
  },
  samples: {
    "30件で2ページ": sample(30),
    途中の明細: { ...sample(40), from: 1001, count: 3000, sum: 45_000_000 },
  },
};

function sample(count: number): RunStatementData {
  const names = [
    recipients.ordinary.name,
    longestCase.to.name,
    oldKanjiCase.to.name,
    people.plain.name,
    "",
  ];
  const lines = Array.from({ length: count }, (_, index) => ({
    number: `P${String(index + 12).padStart(7, "0")}`,
    name: names[index % names.length] ?? "",
    account:
      index % 3 === 0
        ? "見本銀行 本店営業部 普通 ****567"
        : "例示県信用農業協同組合連合会 見本中央支所 普通 ****890",
    amount: 1000 * (index + 1),
    office: index % 2 === 0 ? "中央区役所 保健こども課" : "南区役所 保健こども課",
  }));
  const byOffice = Object.entries(Object.groupBy(lines, (line) => line.office));
  return {
    program: "こども医療費助成",
    run: "S000012",
    closingOn: "2026-10-31",
    payOn: "2026-11-30",
    state: "承認待ち",
    printedOn: "2026-11-20",
    office,
    count,
    sum: lines.reduce((sum, { amount }) => sum + amount, 0),
    offices: byOffice.map(([name, own = []]) => ({
      name,
      count: own.length,
      sum: own.reduce((sum, { amount }) => sum + amount, 0),
    })),
    from: 1,
    lines,
    preparedBy: "準備　花子",
  };
}
