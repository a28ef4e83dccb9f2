import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { storeBarcode } from "#workflows/payments/store-barcode.ts";
import { yen } from "#workflows/text/yen.ts";
import type { LetterData } from "../data.ts";
import type { Item } from "../language/flow.ts";
import type { Say } from "../language/form.ts";
import type { Block } from "../language/paper.ts";
import { table } from "../language/table.ts";
import { letter, type SampleCase } from "../samples/samples.ts";
import type { PaymentSlip } from "./slip.ts";
import { slipPages } from "./slips.ts";

/** What is to be paid by when. */
export interface DuePart {
  /** 第1回; where all is paid at once 全額. */
  readonly name: string;
  readonly due: IsoDate;
  /** Whole yen. */
  readonly amount: number;
}

/** What every letter about a 返還金 says, and the slips behind it. */
export interface RepaymentLetterData extends LetterData {
  /** Number of the 返還金, on the letter and as 納付番号 on its slips: H000012. */
  readonly number: string;
  /** Whole yen that the decision asked for. */
  readonly amount: number;
  /** What of it is not asked for any more, and what came in or was set off. */
  readonly reducedBy: number;
  readonly received: number;
  /** What the letter asks for, at least one part. */
  readonly parts: readonly DuePart[];
  /** Slips behind the letter; none where the person is to come to the counter. */
  readonly slips: readonly PaymentSlip[];
  /** 市 named on the slips. */
  readonly municipality: string;
}

export const sumOf = (rows: readonly { readonly amount: number }[]): number =>
  rows.reduce((sum, { amount }) => sum + amount, 0);

/** A letter that asks for nothing is a mistake of whoever makes it. */
export function requireParts(parts: readonly DuePart[]): void {
  if (parts.length === 0) throw new RangeError("a letter about a repayment asks for something");
}

/** Lines about the sums: what was decided, what is off, what is left. */
export const sumFacts = ({ number, amount, reducedBy, received }: RepaymentLetterData) => [
  { label: "返還金の番号", value: number },
  { label: "返還を求める額", value: yen(amount) },
  ...(reducedBy > 0 ? [{ label: "減額した額", value: yen(reducedBy) }] : []),
  ...(received > 0 ? [{ label: "納付・充当済の額", value: yen(received) }] : []),
];

/** Parts with their days, and the sum of them. */
export function partsTable(parts: readonly DuePart[], dueTitle = "納期限"): Item {
  const rows = [
    ...parts.map(({ name, due, amount }) => [name, formatWareki(due), yen(amount)]),
    ...(parts.length > 1 ? [["合計", "", yen(sumOf(parts))]] : []),
  ];
  return table<readonly string[]>(
    [
      { title: "回", width: 40, value: ([name = ""]) => name, align: "centre" },
      { title: dueTitle, width: 80, value: ([, due = ""]) => due, align: "centre" },
      { title: "額", width: 50, value: ([, , amount = ""]) => amount, align: "right" },
    ],
    rows,
    { size: 12, smallest: 9, rowHeight: 8 },
  );
}

/** The slips of a letter, three a page, on sheets of their own. */
export const slipsOf = (data: RepaymentLetterData, say: Say): Block[] =>
  slipPages(slipHead(data, say), data.slips);

export const slipHead = (
  data: Pick<RepaymentLetterData, "program" | "number" | "municipality" | "to">,
  say: Say,
) => ({
  title: `${data.program} 返還金`,
  payer: data.to.name,
  number: data.number,
  municipality: data.municipality,
  note: say("slipNote"),
  noStore: say("noStore"),
});

/** Of a sample: a letter asking for 12,345 yen at once, or in parts. */
export function repaymentSample(
  { to, person }: SampleCase,
  parts: readonly DuePart[] = [{ name: "全額", due: "2026-12-25", amount: 12_345 }],
): RepaymentLetterData {
  return {
    ...letter,
    to,
    documentNumber: "見こ医第R8-000123号",
    facts: [
      { label: "対象のお子さま", value: person.name, purpose: "name" },
      { label: "返還の事由", value: "資格喪失後の受診" },
    ],
    number: "H000012",
    amount: sumOf(parts),
    reducedBy: 0,
    received: 0,
    parts,
    slips: parts.map(({ name, due, amount }, index) => ({
      instalment: name,
      due,
      amount,
      barcode: storeBarcode({
        company: "999999",
        free: `00000012${String(index + 1).padStart(3, "0")}`,
        reissue: 0,
        due,
        amount,
      }),
    })),
    municipality: "見本市",
  };
}

/** So many monthly parts of 5,000 yen. */
export const monthlyParts = (count: number): DuePart[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `第${index + 1}回`,
    due: `${2027 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}-25` as IsoDate,
    amount: 5000,
  }));
