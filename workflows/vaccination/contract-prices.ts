import { z } from "zod";
import { fiscalYear, fiscalYearEnd, fiscalYearStart } from "#workflows/dates/ages.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import { type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";
import {
  choiceField,
  choiceSchema,
  type Fields,
  listField,
  optional,
  textField,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";
import { schedule } from "./schedule.ts";
import type { VaccineId } from "./vocabulary.ts";

/** By which contract a shot is given: each has a table of prices of its own. What is given on a letter is refunded by `individual`. */
export const contractKinds = {
  individual: "市内個別",
  mutual: "県内相互乗入れ",
  regional: "広域化",
  mass: "集団",
} as const;
export type ContractKind = keyof typeof contractKinds;

/** What is paid for: the shot, or the screening alone after which it was put off (予診のみ、接種見合せ). */
export type PricedOutcome = "given" | "screened";

/** A price of a table: for all doses and products of the vaccine, or for those named. Yen, tax included. */
export interface PriceRow {
  readonly vaccine: VaccineId;
  /** From which dose on and up to which; all where none is named. */
  readonly doseFrom?: number | undefined;
  readonly doseTo?: number | undefined;
  /** The product as the record names it, where prices differ by product (B型肝炎 ビームゲン, ヘプタバックス). */
  readonly product?: string | undefined;
  readonly given: number;
  /** Left out where the contract pays no screening alone. */
  readonly screened?: number | undefined;
}

/** The prices of one contract in one 年度. */
export interface PriceTable {
  /** Percent of the 消費税 that the prices include. */
  readonly taxPercent: number;
  readonly prices: readonly PriceRow[];
}

const vaccines = Object.fromEntries(
  schedule.map(({ id, label, period }) => [id, [label, period].filter(Boolean).join(" ")]),
) as Record<VaccineId, string>;

const rowFields: Fields = {
  vaccine: choiceField("予防接種", vaccines, "hepb"),
  doseFrom: optional(wholeField("何回目から（空欄は全回）", 1, 1, 9)),
  doseTo: optional(wholeField("何回目まで（空欄は全回）", 3, 1, 9)),
  product: optional(textField("製品（製品で違うときだけ）", "ビームゲン")),
  given: wholeField("接種の単価（税込・円）", 6600, 1, 1_000_000),
  screened: optional(wholeField("予診のみの単価（税込・円）", 3190, 1, 1_000_000)),
};
const rowSchema = z
  .object({
    vaccine: choiceSchema(vaccines),
    doseFrom: wholeSchema(1, 9).optional(),
    doseTo: wholeSchema(1, 9).optional(),
    product: z.string().trim().min(1).max(60, { error: "60文字までです。" }).optional(),
    given: wholeSchema(1, 1_000_000),
    screened: wholeSchema(1, 1_000_000).optional(),
  })
  .refine(({ doseFrom = 1, doseTo = 9 }) => doseFrom <= doseTo, {
    path: ["doseTo"],
    error: "何回目からより前の回です。",
  });

/** What two rows would both be the price of. */
const overlap = (a: PriceRow, b: PriceRow): boolean =>
  a.vaccine === b.vaccine &&
  a.product === b.product &&
  (a.doseFrom ?? 1) <= (b.doseTo ?? 9) &&
  (b.doseFrom ?? 1) <= (a.doseTo ?? 9);

const tableSchema = z
  .object({
    taxPercent: wholeSchema(0, 30),
    prices: z.array(rowSchema).min(1, { error: "単価を1件以上入力してください。" }),
  })
  .superRefine(({ prices }, context) => {
    for (const [index, row] of prices.entries())
      if (prices.slice(0, index).some((other) => overlap(row, other)))
        context.addIssue({
          code: "custom",
          path: ["prices", index, "vaccine"],
          message: "同じ予防接種・回・製品の単価が、上の行にあります。",
        });
  });

/** 契約単価 of a kind of contract, a row a 年度: two people set it, clinics are paid and shots are refunded by it. */
const pricesOf = (kind: ContractKind): CityParameter<PriceTable> => ({
  key: `vaccination.prices-${kind}`,
  title: `予防接種の契約単価（${contractKinds[kind]}）`,
  hint: "接種を受けた日に有効な表の単価で、委託料と払戻しの額を計算します。年度ごとに、4月1日から登録します。",
  fields: {
    taxPercent: wholeField("単価に含まれる消費税の率（%）", 10, 0, 30),
    prices: listField("単価", rowFields, z.array(rowSchema), []),
  },
  schema: tableSchema as unknown as z.ZodType<PriceTable>,
});

/** The tables of prices by kind of contract. */
export const contractPrices: Readonly<Record<ContractKind, CityParameter<PriceTable>>> = {
  individual: pricesOf("individual"),
  mutual: pricesOf("mutual"),
  regional: pricesOf("regional"),
  mass: pricesOf("mass"),
};

/** What is priced: a dose, the product where it is known, on its day. */
export interface Priced {
  readonly vaccine: string;
  readonly dose: number;
  readonly product?: string | undefined;
  readonly outcome: PricedOutcome;
  readonly on: IsoDate;
}

/** A price with the tax in it, yen, and where it stands. */
export interface ContractPrice {
  readonly amount: number;
  /** 内消費税, what is left over below a yen cut off. */
  readonly tax: number;
  readonly basis: string;
}

/**
 * The price of a dose by the table of its 年度: the row of its product before one for all products. Nothing where the table has
 * none, which is never read as 0 yen.
 *
 * @throws MissingParameterError where no table of the 年度 has been set. One that was not closed counts for its own 年度 alone:
 * prices of another year are not carried on
 */
export function contractPrice(
  tables: DatedParameter<PriceTable>,
  { vaccine, dose, product, outcome, on }: Priced,
): ContractPrice | undefined {
  const ofYear: DatedParameter<PriceTable> = {
    ...tables,
    rows: tables.rows.filter(({ from }) => {
      const year = fiscalYear(on);
      return fiscalYearStart(year) <= from && from <= fiscalYearEnd(year);
    }),
  };
  const row = rowOn(ofYear, on);
  const fitting = row.value.prices.filter(
    (one) => one.vaccine === vaccine && (one.doseFrom ?? 1) <= dose && dose <= (one.doseTo ?? 9),
  );
  const found =
    fitting.find((one) => one.product !== undefined && one.product === product) ??
    fitting.find((one) => one.product === undefined);
  const amount = found?.[outcome];
  if (amount === undefined) return undefined;
  const percent = row.value.taxPercent;
  return {
    amount,
    tax: Math.floor((amount * percent) / (100 + percent)),
    basis: `${tables.name} ${row.from}から（${row.source}）`,
  };
}
