import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { presentSpans } from "../points.ts";
import { findVaccine } from "../schedule.ts";
import type { Person, Vaccine } from "../vocabulary.ts";
import { longIllnessTerm } from "./long-illness.ts";

/** Why a vaccine is not prolonged, in words for staff. */
export const exceptionRefusals = {
  "no-exception": "長期療養特例のない予防接種です。",
  "not-a-target": "受けられなかった間に、この予防接種の対象ではありませんでした。",
  "still-open": "通常の期間のうちに受けられるため、特例は要りません。",
  "too-old": "支障がなくなった日に、特例の上限の年齢を過ぎています。",
} as const;
export type ExceptionRefusal = keyof typeof exceptionRefusals;

export type JudgedException =
  | { readonly vaccine: string; readonly until: IsoDate; readonly by: "years" | "age" }
  | { readonly vaccine: string; readonly refusal: ExceptionRefusal };

/**
 * Whether 長期療養特例 prolongs a vaccine for somebody who could not be vaccinated from a day until another one: it has such an
 * exception, they were its target in that time (one day is enough), and without it their time would be over sooner.
 *
 * Basis: 予防接種法施行令3条2項; the law as it stands now.
 */
export function judgeException(
  vaccineId: string,
  person: Pick<Person, "birth" | "sex"> & Partial<Person>,
  hindrance: { readonly from: IsoDate; readonly to: IsoDate },
): JudgedException {
  const vaccine: Vaccine | undefined = findVaccine(vaccineId);
  const term = vaccine && longIllnessTerm(vaccine, person.birth, hindrance.to);
  if (!vaccine || !term) return { vaccine: vaccineId, refusal: "no-exception" };
  const { diedOn: _, conditions = [], ...rest } = person;
  const others = conditions.filter(({ kind }) => kind !== "long-illness");
  const met = presentSpans(vaccine, { ...rest, conditions: others }).filter(
    ({ from, to }) => from <= hindrance.to && hindrance.from <= to,
  );
  if (met.length === 0) return { vaccine: vaccineId, refusal: "not-a-target" };
  if (term.until < hindrance.to) return { vaccine: vaccineId, refusal: "too-old" };
  if (met.some(({ to }) => to >= term.until)) return { vaccine: vaccineId, refusal: "still-open" };
  return { vaccine: vaccineId, ...term };
}
