import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { bandEnds } from "#workflows/medical/copay-plan.ts";
import { bandEnd } from "#workflows/medical/plan-band.ts";
import type { Copay } from "#workflows/medical/subsidy.ts";
import { citeRow, type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";

/** One band of a city's plan: up to which age and below which income (yen) it goes, and its copays. */
export interface CopayBand {
  readonly title: string;
  readonly age: number;
  readonly end: keyof typeof bandEnds;
  readonly incomeBelow?: number | undefined;
  readonly copay: readonly Copay[];
}

/** An example for trying out; no city's rule. */
export const exampleBands: DatedParameter<readonly CopayBand[]> = {
  name: "一部負担金の年齢・所得の区分(例)",
  rows: [
    {
      from: "2019-04-01",
      value: [
        { title: "3歳未満", age: 3, end: "month-end", copay: [] },
        {
          title: "就学前",
          age: 6,
          end: "year-end",
          copay: [{ kind: "outpatient", unit: "visit", amount: 300, maxTimes: 2 }],
        },
        {
          title: "小学生以上(市町村民税所得割が一定額未満)",
          age: 18,
          end: "year-end",
          incomeBelow: 235_000,
          copay: [{ kind: "outpatient", unit: "visit", amount: 500, maxTimes: 2 }],
        },
        {
          title: "小学生以上",
          age: 18,
          end: "year-end",
          copay: [
            { kind: "outpatient", unit: "visit", amount: 800 },
            { kind: "inpatient", unit: "day", amount: 500, maxTimes: 10 },
          ],
        },
      ],
      source: "条例の一例。実在の市の規定ではない",
      certainty: "assumed",
    },
  ],
};

/**
 * The band a child is in on a day: the first of the plan that has not ended and whose income holds.
 * `income` is asked for only where the plan looks at it: then `needsIncome` is told instead of a band.
 */
export function copayBandOn(
  facts: { readonly birth: IsoDate; readonly on: IsoDate; readonly income?: number | undefined },
  plan: DatedParameter<readonly CopayBand[]>,
): {
  readonly band?: CopayBand;
  readonly until?: IsoDate;
  readonly needsIncome: boolean;
  readonly basis: readonly string[];
} {
  const row = rowOn(plan, facts.on);
  const basis = ["年齢計算ニ関する法律、民法第143条", citeRow(plan, row)];
  for (const band of row.value) {
    const until = bandEnd(facts.birth, band);
    if (until < facts.on) continue;
    if (band.incomeBelow === undefined) return { band, until, needsIncome: false, basis };
    if (facts.income === undefined) return { needsIncome: true, basis };
    if (facts.income < band.incomeBelow) return { band, until, needsIncome: false, basis };
  }
  return { needsIncome: false, basis };
}
