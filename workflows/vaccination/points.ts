import {
  fiscalYear,
  fiscalYearEnd,
  fiscalYearStart,
  reach,
  reachAge,
  schoolStart,
} from "#workflows/dates/ages.ts";
import {
  addDays,
  addMonths,
  addYears,
  earlier,
  type IsoDate,
  later,
} from "#workflows/dates/iso-date.ts";
import { longIllnessTerm } from "./special/long-illness.ts";
import type {
  Cohort,
  ConditionKind,
  Interval,
  Person,
  Point,
  Target,
  Vaccine,
} from "./vocabulary.ts";

/** Stands for "no end". */
export const FOREVER: IsoDate = "9999-12-31";

/** Both ends inclusive; `fromLaw` and `toLaw` say that a change of law, not the age, sets the end. */
export interface DateSpan {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly fromLaw?: boolean;
  readonly toLaw?: boolean;
}

const TERM_DAYS = 280;

/** The date of a point in a life; nothing for a point of pregnancy when no expected delivery is told. */
export function dateOf(point: Point, person: Person): IsoDate | undefined {
  const { birth } = person;
  if ("days" in point) return addDays(birth, point.days);
  if ("months" in point) return addDays(reach(birth, point.months), point.plus ?? 0);
  if ("years" in point) return addDays(reachAge(birth, point.years), point.plus ?? 0);
  if ("fiscalYearStart" in point)
    return fiscalYearStart(fiscalYear(reachAge(birth, point.fiscalYearStart)));
  if ("fiscalYearEnd" in point)
    return fiscalYearEnd(fiscalYear(reachAge(birth, point.fiscalYearEnd)));
  if ("beforeSchool" in point)
    return point.beforeSchool === "first"
      ? addYears(schoolStart(birth), -1)
      : addDays(schoolStart(birth), -1);
  const pregnancy = conditionOf(person, "pregnant");
  return (
    pregnancy &&
    addDays(pregnancy.expectedDelivery, point.pregnancyWeeks * 7 + point.pregnancyDays - TERM_DAYS)
  );
}

/** The condition of a kind that is told of a person. */
export function conditionOf<K extends ConditionKind>(person: Person, kind: K) {
  return person.conditions?.find(
    (condition): condition is Extract<typeof condition, { kind: K }> => condition.kind === kind,
  );
}

/** The first day that lies far enough after a date. n日以上 means n full days between. */
export function afterInterval(date: IsoDate, interval: Interval): IsoDate {
  return "days" in interval ? addDays(date, interval.days + 1) : addMonths(date, interval.months);
}

/** How an interval reads: `27日以上`, `6月以上`. */
export function intervalLabel(interval: Interval): string {
  return "days" in interval ? `${interval.days}日以上` : `${interval.months}月以上`;
}

/** Whether a birth belongs to a cohort. */
export function inCohort(birth: IsoDate, { bornFrom, bornTo }: Cohort): boolean {
  return (bornFrom === undefined || bornFrom <= birth) && (bornTo === undefined || birth <= bornTo);
}

/**
 * The spans of dates in which the vaccine is a routine one for the person by the law as it stands now, in order of time,
 * none within another. Empty when the person does not belong to the target.
 */
export function presentSpans(vaccine: Vaccine, person: Person): DateSpan[] {
  return spansOf(vaccine, person, vaccine.targets);
}

/**
 * The same by the law as it stood on each day, with the special targets that have ended (HPV のキャッチアップ, 風しん5期);
 * spans that follow one another are one.
 *
 * @param dates of the shots of the series; left out, a target that asks for a history is in, whatever came before
 */
export function targetSpans(
  vaccine: Vaccine,
  person: Person,
  dates?: readonly IsoDate[],
): DateSpan[] {
  const targets = (vaccine.dated ?? vaccine.targets).filter(
    ({ begun, unbegun }) =>
      !dates ||
      ((!begun || dates.some((date) => begun.from <= date && date <= begun.to)) &&
        (!unbegun || dates.length === 0)),
  );
  const spans: DateSpan[] = [];
  for (const span of spansOf(vaccine, person, targets)) {
    const before = spans.at(-1);
    if (before && span.from <= addDays(before.to, 1))
      spans[spans.length - 1] = { ...before, to: span.to, toLaw: span.toLaw ?? false };
    else spans.push(span);
  }
  return spans;
}

function spansOf(vaccine: Vaccine, person: Person, targets: readonly Target[]): DateSpan[] {
  if (vaccine.sex !== undefined && vaccine.sex !== person.sex) return [];
  const spans = targets
    .flatMap((target) => targetSpan(target, person) ?? [])
    .map((span) => prolonged(vaccine, person, span))
    .flatMap((span) => inLife(span, person) ?? [])
    .toSorted((a, b) => (a.from < b.from || (a.from === b.from && a.to > b.to) ? -1 : 1));
  return spans.filter((span, index) => !spans.slice(0, index).some((other) => other.to >= span.to));
}

/** What of a span lies before the death of the person. */
function inLife(span: DateSpan, { diedOn }: Person): DateSpan | undefined {
  if (diedOn === undefined || diedOn >= span.to) return span;
  return diedOn < span.from ? undefined : { ...span, to: diedOn, toLaw: false };
}

function targetSpan(target: Target, person: Person): DateSpan | undefined {
  if (!inCohort(person.birth, target)) return undefined;
  if (target.condition && !conditionOf(person, target.condition)) return undefined;
  const from = dateOf(target.from, person);
  const to = target.to ? dateOf(target.to, person) : FOREVER;
  if (!from || !to) return undefined;
  const { since = from, until = to } = target;
  const clipped = {
    from: later(from, since),
    to: earlier(to, until),
    fromLaw: since > from,
    toLaw: until < to,
  };
  return clipped.from <= clipped.to ? clipped : undefined;
}

/** 予防接種法施行令3条2項: a long illness that met the target prolongs it from the day on which the hindrance ended. */
function prolonged(vaccine: Vaccine, person: Person, span: DateSpan): DateSpan {
  const ends = (person.conditions ?? []).flatMap((condition) => {
    if (condition.kind !== "long-illness" || condition.until < span.from) return [];
    const { from = span.from, until, vaccines } = condition;
    if (from > span.to || (vaccines && !vaccines.includes(vaccine.id))) return [];
    return longIllnessTerm(vaccine, person.birth, until)?.until ?? [];
  });
  return ends.length === 0 ? span : { ...span, to: ends.reduce(later, span.to) };
}
