import {
  beforeBirth,
  type Hindrance,
  notResident,
  type OpeningFacts,
} from "#workflows/cases/opening.ts";
import { yearEndAfterReaching } from "#workflows/dates/ages.ts";
import { addDays, later } from "#workflows/dates/iso-date.ts";
import { citeRow, type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";
import type { PeriodPlan } from "./period.ts";

/**
 * Whether an application reaches back to birth or in-move by the plan of its day (遡及): then it is received although the
 * child has left the city or died since.
 */
export function reachesBack(
  { receivedOn, birth, residentFrom }: Pick<OpeningFacts, "receivedOn" | "birth" | "residentFrom">,
  plans: DatedParameter<PeriodPlan>,
): boolean {
  const { reachBackDays } = rowOn(plans, receivedOn).value;
  return receivedOn <= addDays(later(birth, residentFrom), reachBackDays);
}

/** What stands against an application for こども医療費助成, by the city's plan of the day on which it is received. */
export function childHindrances(
  facts: OpeningFacts,
  plans: DatedParameter<PeriodPlan>,
): readonly Hindrance[] {
  const unborn = beforeBirth(facts);
  if (unborn) return [unborn];
  const row = rowOn(plans, facts.receivedOn);
  const found: Hindrance[] = [];
  const gone = notResident(facts);
  const late = gone && gone.code !== "not-yet-resident" && reachesBack(facts, plans);
  if (gone && !late) found.push({ ...gone, basis: [...gone.basis, citeRow(plans, row)] });
  if (yearEndAfterReaching(facts.bornNotAfter ?? facts.birth, row.value.endAge) < facts.receivedOn)
    found.push({
      code: "age",
      reason: `対象年齢（${row.value.endAge}歳に達する日以後の最初の3月31日まで）を過ぎています。`,
      advice: "対象となる子どもの画面から受け付けてください。",
      basis: [citeRow(plans, row), "年齢計算ニ関する法律、民法第143条"],
    });
  return found;
}
