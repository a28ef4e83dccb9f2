import { reachAge, yearEndAfterReaching } from "#workflows/dates/ages.ts";
import { type IsoDate, type IsoMonth, monthEnd } from "#workflows/dates/iso-date.ts";
import { InputError } from "#workflows/rules/rule.ts";
import type { bandEnds, CopayPlan, PlanBand } from "./copay-plan.ts";

/** The last day of a band that ends with an age. */
export function bandEnd(
  birth: IsoDate,
  { age, end }: { readonly age: number; readonly end: keyof typeof bandEnds },
): IsoDate {
  if (end === "year-end") return yearEndAfterReaching(birth, age);
  const reached = reachAge(birth, age);
  return end === "month-end" ? monthEnd(reached) : reached;
}

/**
 * The band of a plan that a person is in for a month: the first that fits. Throws an InputError that names `birth` or `income`
 * where the plan needs it and it isn't known, or where no band fits.
 */
export function planBandOf(
  plan: CopayPlan,
  month: IsoMonth,
  person: { readonly birth?: IsoDate | undefined; readonly income?: number | undefined },
): PlanBand {
  const first = `${month}-01` as IsoDate;
  const on = plan.bandDay === "first" ? first : monthEnd(first);
  const found = plan.bands.find(
    (band) => agedFor(band, person.birth, on) && earnsFor(band, person.income),
  );
  if (!found)
    throw new InputError("birth", "年齢・所得が、市の一部負担金のどの区分にも当たりません。");
  return found;
}

function agedFor(band: PlanBand, birth: IsoDate | undefined, on: IsoDate): boolean {
  if (band.ageFrom === undefined && band.ageTo === undefined) return true;
  if (birth === undefined)
    throw new InputError("birth", "一部負担金が年齢で分かれるので、生年月日を入力してください。");
  if (band.ageFrom !== undefined && on < reachAge(birth, band.ageFrom)) return false;
  return band.ageTo === undefined || on <= bandEnd(birth, { age: band.ageTo, end: band.end });
}

function earnsFor(band: PlanBand, income: number | undefined): boolean {
  if (band.incomeFrom === undefined && band.incomeBelow === undefined) return true;
  if (income === undefined)
    throw new InputError("income", "一部負担金が所得で分かれるので、所得を入力してください。");
  return (
    income >= (band.incomeFrom ?? 0) &&
    (band.incomeBelow === undefined || income < band.incomeBelow)
  );
}
