import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { citeRow, type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";
import type { CopayPlan, classRules, InsurerGroup } from "./copay-plan.ts";
import type { HighCostCategory } from "./high-cost.ts";

/** By which class 高額療養費 of recipients of a city's subsidy is reckoned, by kind of insurance, where a plan says nothing. */
export const classesByInsurer: DatedParameter<
  Readonly<Record<InsurerGroup, keyof typeof classRules>>
> = {
  name: "医療費助成の受給者の高額療養費の適用区分",
  rows: [
    {
      from: "2015-01-01",
      value: { employee: "ウ", national: "own", union: "own", elderly: "own" },
      source: "札幌市の取扱い(被用者保険は所得によらず区分ウ、国保・後期は本人の区分)",
      certainty: "probable",
    },
  ],
};

/** The classes for the bills of a kind of insurance (kubun_rule). Classes from 70 on are always the person's own. */
export function classOf(
  month: IsoMonth,
  plan: CopayPlan,
  insurer: InsurerGroup | undefined,
  own: {
    readonly category?: HighCostCategory | undefined;
    readonly outpatientCategory?: HighCostCategory | undefined;
  },
) {
  const { category, outpatientCategory } = own;
  if (insurer === undefined || category?.startsWith("70-") || outpatientCategory !== undefined)
    return { category, outpatientCategory, basis: [] };
  const told = plan.classes.find((row) => row.insurer === insurer)?.rule;
  const row = rowOn(classesByInsurer, `${month}-01` as IsoDate);
  const rule = told ?? row.value[insurer];
  const basis = told === undefined ? [citeRow(classesByInsurer, row)] : [];
  return { category: rule === "own" ? category : rule, outpatientCategory: undefined, basis };
}
