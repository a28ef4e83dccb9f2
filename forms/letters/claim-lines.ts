import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import type { Appeal, Fact, LetterData } from "../data.ts";
import { type Column, table } from "../language/table.ts";
import { appeal, letter, type SampleCase } from "../samples/samples.ts";

/** One receipt of a claim for 償還払い, and how its amount came about: amount = paid − deductions. Whole yen. */
export interface ClaimLine {
  /** 令和8年10月 */
  readonly month: string;
  readonly institution: string;
  /** 入院, 外来, 調剤, 訪問看護 … */
  readonly care: string;
  /** 保険点数; none of what has no points. */
  readonly points?: number | undefined;
  /** What the person paid. */
  readonly paid: number;
  /** 高額療養費, 附加給付, ほかの公費, 一部負担金, 対象外の費用 …, each with what it takes off; below 0 where it is added. */
  readonly deductions: readonly { readonly label: string; readonly amount: number }[];
  readonly amount: number;
  /** Why nothing or less is paid for this receipt. */
  readonly note?: string | undefined;
}

/** 支給決定, 一部支給決定, 不支給決定 on a claim for 償還払い. */
export interface ClaimDecisionData extends LetterData {
  /** In the order of month and institution, at least one. */
  readonly lines: readonly ClaimLine[];
  /** How it is paid; none where nothing is paid. */
  readonly payment?:
    | {
        readonly payOn: IsoDate;
        /** Bank, branch and the account with all but the last figures hidden: 見本銀行 本店 普通 ****567 */
        readonly account: string;
      }
    | undefined;
  readonly basis: string;
  readonly appeal: Appeal;
}

export const takenOff = ({ deductions }: ClaimLine): number =>
  deductions.reduce((sum, { amount }) => sum + amount, 0);

/** Sums of all lines. */
export const totalOfLines = (lines: readonly ClaimLine[]) =>
  lines.reduce(
    (sum, line) => ({
      paid: sum.paid + line.paid,
      off: sum.off + takenOff(line),
      amount: sum.amount + line.amount,
    }),
    { paid: 0, off: 0, amount: 0 },
  );

/** A decision says of every receipt how its amount came about. @throws RangeError where there is none, or one does not add up */
export function requireSoundLines({ lines, payment }: ClaimDecisionData): void {
  if (lines.length === 0) throw new RangeError("a decision on a claim has lines");
  for (const line of lines)
    if (line.paid - takenOff(line) !== line.amount || line.amount < 0)
      throw new RangeError(`a line of ${line.month} does not add up`);
  if (totalOfLines(lines).amount > 0 !== (payment !== undefined))
    throw new RangeError("what is paid is paid somewhere");
}

export const paymentFacts = ({ lines, payment }: ClaimDecisionData): Fact[] => [
  { label: "支給する額", value: yen(totalOfLines(lines).amount) },
  ...(payment
    ? [
        { label: "振込の予定日", value: formatWareki(payment.payOn) },
        { label: "振込先", value: payment.account, purpose: "name" as const },
      ]
    : []),
];

/** 一部負担金 500円; what is added stands with a plus. */
export const deductionInWords = ({ label, amount }: ClaimLine["deductions"][number]): string =>
  `${label} ${amount < 0 ? "＋" : ""}${yen(Math.abs(amount))}`;

type Row = readonly [month: string, where: string, care: string, points: string, ...string[]];

/** All receipts with what is taken off, and the sums. */
export function linesTable(lines: readonly ClaimLine[]) {
  const sum = totalOfLines(lines);
  const rows: Row[] = [
    ...lines.map(
      (line): Row => [
        line.month,
        [line.institution, line.note && `（${line.note}）`].filter(Boolean).join("\n"),
        line.care,
        line.points === undefined ? "―" : line.points.toLocaleString("ja-JP"),
        yen(line.paid),
        line.deductions.length === 0 ? "なし" : line.deductions.map(deductionInWords).join("\n"),
        yen(line.amount),
      ],
    ),
    ["合計", `${lines.length}件`, "", "", yen(sum.paid), yen(sum.off), yen(sum.amount)],
  ];
  const at = (index: number) => (row: Row) => row[index] ?? "";
  const columns: Column<Row>[] = [
    { title: "診療月", width: 19, value: at(0), align: "centre", lines: 2 },
    { title: "医療機関など", width: 49, value: at(1), purpose: "address", lines: 4 },
    { title: "区分", width: 13, value: at(2), align: "centre", lines: 2 },
    { title: "点数", width: 15, value: at(3), align: "right" },
    { title: "支払った額", width: 21, value: at(4), align: "right" },
    { title: "差し引く額", width: 32, value: at(5), align: "right", lines: 4 },
    { title: "支給する額", width: 21, value: at(6), align: "right" },
  ];
  return table(columns, rows, { size: 10, smallest: 6.5, rowHeight: 12.5 });
}

/** Two receipts of a child, one of them with less than was paid. */
export function sampleClaim({ to, person }: SampleCase): ClaimDecisionData {
  return {
    ...letter,
    to,
    documentNumber: "見こ医第R8-000321号",
    facts: [
      { label: "申請日", value: "令和8年11月10日" },
      { label: "対象のお子さま", value: person.name, purpose: "name" },
      { label: "受給者番号", value: "1234567" },
    ],
    lines: [
      {
        month: "令和8年9月",
        institution: "例示市 例示こどもクリニック",
        care: "外来",
        points: 1067,
        paid: 3200,
        deductions: [{ label: "一部負担金", amount: 500 }],
        amount: 2700,
      },
      {
        month: "令和8年10月",
        institution: "例示薬局 駅前店",
        care: "調剤",
        points: 843,
        paid: 2530,
        deductions: [],
        amount: 2530,
      },
    ],
    payment: { payOn: "2026-12-15", account: "見本銀行 本店営業部 普通 ****567" },
    basis: "見本市こども医療費助成条例第6条",
    appeal,
  };
}

/** So many stays in a hospital with the longest name, each with all that can be taken off. */
export const manyLines = (count: number): ClaimLine[] =>
  Array.from({ length: count }, (_, index) => ({
    month: `令和${7 + Math.floor(index / 12)}年${(index % 12) + 1}月`,
    institution:
      "独立行政法人 例示県立こども総合医療センター 附属周産期母子医療リハビリテーション分院",
    care: "入院",
    points: 123_456 + index,
    paid: 370_368 + index,
    deductions: [
      { label: "高額療養費", amount: 280_000 },
      { label: "附加給付", amount: 20_000 },
      { label: "食事・室料", amount: 12_340 },
    ],
    amount: 58_028 + index,
  }));
