import { z } from "zod";
import { ageOn } from "#workflows/dates/ages.ts";
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
import type { PricedOutcome } from "./contract-prices.ts";
import { schedule } from "./schedule.ts";

/** What somebody pays at the clinic (自己負担) for a vaccine: for everybody, or between two ages; for all products or one. Yen. */
export interface CopayRow {
  readonly vaccine: string;
  readonly product?: string | undefined;
  /** Completed years on the day of the shot, both inclusive. */
  readonly ageFrom?: number | undefined;
  readonly ageTo?: number | undefined;
  /** For the shot, unless it says that something is paid for the screening alone. */
  readonly outcome?: PricedOutcome | undefined;
  readonly amount: number;
}

export interface CopayTable {
  readonly copays: readonly CopayRow[];
}

/** A類 is given free of charge: no copay may be set for it. */
const charged = Object.fromEntries(
  schedule
    .filter(({ category }) => category === "B")
    .map(({ id, label, period }) => [id, [label, period].filter(Boolean).join(" ")]),
) as Record<string, string>;
const outcomes = { given: "接種", screened: "予診のみ" } as const;

const rowFields: Fields = {
  vaccine: choiceField("予防接種", charged, Object.keys(charged)[0] ?? ""),
  product: optional(textField("製品（製品で違うときだけ）", "シングリックス")),
  ageFrom: optional(wholeField("何歳から（空欄は全年齢）", 65, 0, 150)),
  ageTo: optional(wholeField("何歳まで（空欄は上限なし）", 150, 0, 150)),
  outcome: optional(choiceField("区分（空欄は接種）", outcomes, "given")),
  amount: wholeField("自己負担額（円）", 1500, 0, 1_000_000),
};
const rowSchema = z
  .object({
    vaccine: choiceSchema(charged),
    product: z.string().trim().min(1).max(60, { error: "60文字までです。" }).optional(),
    ageFrom: wholeSchema(0, 150).optional(),
    ageTo: wholeSchema(0, 150).optional(),
    outcome: choiceSchema(outcomes).optional(),
    amount: wholeSchema(0, 1_000_000),
  })
  .refine(({ ageFrom = 0, ageTo = 150 }) => ageFrom <= ageTo, {
    path: ["ageTo"],
    error: "何歳からより下の年齢です。",
  });

/** Two rows that would both say what one person pays. */
const overlap = (a: CopayRow, b: CopayRow): boolean =>
  a.vaccine === b.vaccine &&
  a.product === b.product &&
  (a.outcome ?? "given") === (b.outcome ?? "given") &&
  (a.ageFrom ?? 0) <= (b.ageTo ?? 150) &&
  (b.ageFrom ?? 0) <= (a.ageTo ?? 150);

/**
 * 自己負担額: what the person pays at the clinic, so that the city pays the price without it. Nothing of it is set by law; two people
 * set it, from a day on. A vaccine that the table does not name is free of charge.
 */
export const copays: CityParameter<CopayTable> = {
  key: "vaccination.copays",
  title: "予防接種の自己負担額",
  hint: "接種を受けた日に有効な額を、契約単価から引いて委託料を計算します。A類は無料です。減免を受ける人からは引きません。",
  fields: { copays: listField("自己負担額", rowFields, z.array(rowSchema), []) },
  schema: z.object({ copays: z.array(rowSchema) }).superRefine((table, context) => {
    for (const [index, row] of table.copays.entries())
      if (table.copays.slice(0, index).some((other) => overlap(row, other)))
        context.addIssue({
          code: "custom",
          path: ["copays", index, "vaccine"],
          message: "同じ予防接種・製品・年齢の自己負担額が、上の行にあります。",
        });
  }) as unknown as z.ZodType<CopayTable>,
};

/** A dose for which somebody may pay. */
export interface Charged {
  readonly vaccine: string;
  readonly product?: string | undefined;
  readonly outcome: PricedOutcome;
  readonly on: IsoDate;
  /** By which the age is counted; where it is not known, no age can be asked for. */
  readonly bornOn: IsoDate | undefined;
}

/**
 * What is paid at the clinic for a dose, yen: nothing for A類; the row of its product before one for all products, 0 where the
 * table has none.
 *
 * @throws MissingParameterError where no table of the day has been set: what is not set is never read as 0
 */
export function copayOf(
  tables: DatedParameter<CopayTable>,
  { vaccine, product, outcome, on, bornOn }: Charged,
): number {
  if (!Object.hasOwn(charged, vaccine)) return 0;
  const { value } = rowOn(tables, on);
  const age = bornOn === undefined || on < bornOn ? undefined : ageOn(bornOn, on).years;
  const fitting = value.copays.filter(
    (one) =>
      one.vaccine === vaccine &&
      (one.outcome ?? "given") === outcome &&
      (age === undefined
        ? one.ageFrom === undefined && one.ageTo === undefined
        : (one.ageFrom ?? 0) <= age && age <= (one.ageTo ?? 150)),
  );
  const found =
    fitting.find((one) => one.product !== undefined && one.product === product) ??
    fitting.find((one) => one.product === undefined);
  return found?.amount ?? 0;
}
