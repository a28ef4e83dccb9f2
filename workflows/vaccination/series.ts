import { fiscalYear } from "#workflows/dates/ages.ts";
import { earlier, type IsoDate, isoDate, later } from "#workflows/dates/iso-date.ts";
import { floorOf, type Limit, limitsByOthers, limitsOf, type NumberedShot } from "./limits.ts";
import { afterInterval, type DateSpan, dateOf, inCohort, targetSpans } from "./points.ts";
import { asScheduled, productOf } from "./schedule.ts";
import type { Course, Dose, Person, Shot, Vaccine } from "./vocabulary.ts";
import { doseSpan } from "./windows.ts";

/** The next dose of a vaccine: what it is, and where it may fall. */
export interface NextDose {
  readonly dose: number;
  readonly rule: Dose;
  readonly limits: readonly Limit[];
  /** Spans of the target, cut to the ages of this dose. */
  readonly spans: readonly DateSpan[];
}

/**
 * A history as it counts: under the ids of the schedule, without what cannot have been given to the person. Whoever tells such
 * a shot is refused elsewhere; one that stands in old records neither opens nor closes anything.
 */
export function countedHistory({ birth, diedOn }: Person, history: readonly Shot[]): Shot[] {
  return history
    .filter(({ date }) => birth <= date && (diedOn === undefined || date <= diedOn))
    .map(asScheduled);
}

/** Shots of the vaccine's series in order of time, numbered; a day counts once, however often it is told. */
export function seriesShots(vaccine: Vaccine, history: readonly Shot[]): NumberedShot[] {
  const shots = history
    .filter((shot) => shot.vaccine === vaccine.id || vaccine.continues?.includes(shot.vaccine))
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : Number(orderOf(a) > orderOf(b))));
  const numbered: NumberedShot[] = [];
  for (const shot of shots)
    if (shot.date !== numbered.at(-1)?.date)
      numbered.push({ ...shot, dose: shot.dose ?? (numbered.at(-1)?.dose ?? 0) + 1 });
  return numbered;
}

/** By date; of one day the lower dose, so that the order in which a history is told does not matter. */
const orderOf = ({ date, dose = 0, vaccine, product = "" }: Shot): string =>
  [date, String(dose).padStart(3, "0"), vaccine, product].join(" ");

/** The course that a series follows; before its first shot, the one that a first dose on `on` begins. */
export function courseOf(
  vaccine: Vaccine,
  person: Person,
  shots: readonly NumberedShot[],
  on: IsoDate,
  product?: string,
): Course | undefined {
  const first = shots[0]?.date ?? on;
  const next = { vaccine: vaccine.id, date: on, product };
  const told = productOf(vaccine, shots[0] ?? next);
  const products = [...shots, next].map((shot) => productOf(vaccine, shot)?.names[0]);
  // Whoever goes on without telling the product goes on with the same.
  if (shots.length > 0 && product === undefined) products.pop();
  return (
    vaccine.courses.find((course) => {
      if (!inCohort(person.birth, course)) return false;
      const by = course.startBy && dateOf(course.startBy, person);
      if (by && first > by) return false;
      if (course.begunFrom && first < course.begunFrom) return false;
      if (course.begunTo && first > course.begunTo) return false;
      if (course.product && !told?.names.includes(course.product)) return false;
      if (course.only && products.some((name) => name !== course.only)) return false;
      if (products.some((name) => name && course.without?.includes(name))) return false;
      return !course.unless || !tooClose(course.unless, shots);
    }) ?? vaccine.courses.at(-1)
  );
}

function tooClose(
  { dose, within }: NonNullable<Course["unless"]>,
  shots: readonly NumberedShot[],
): boolean {
  const before = shots.find((shot) => shot.dose === dose - 1);
  const shot = shots.find((candidate) => candidate.dose === dose);
  return (
    before !== undefined && shot !== undefined && shot.date < afterInterval(before.date, within)
  );
}

/** What the next dose is asked from: the occasion's spans and shots, and all that was given before. */
export interface Series {
  readonly vaccine: Vaccine;
  readonly person: Person;
  readonly spans: readonly DateSpan[];
  readonly shots: readonly NumberedShot[];
  readonly history: readonly Shot[];
}

/**
 * The next dose of the series for somebody who comes on `on` or later, doses left out that can no
 * longer be given; nothing when the series is complete.
 */
export function nextDose(
  { vaccine, person, spans, shots, history }: Series,
  on: IsoDate,
  product?: string,
): NextDose | undefined {
  const course = courseOf(vaccine, person, shots, on, product);
  const last = shots.at(-1)?.dose ?? 0;
  let next: NextDose | undefined;
  for (const [index, rule] of (course?.doses ?? []).entries()) {
    if (index < last) continue;
    if (rule.leftOutWhen && leftOutBy(rule.leftOutWhen, person, shots)) continue;
    const limits = [
      ...limitsOf(rule, index + 1, shots, history),
      ...limitsByOthers({ vaccine: vaccine.id, date: on, product }, history),
    ];
    next = {
      dose: index + 1,
      rule,
      limits,
      spans: spans.map((span) => ({ ...span, ...doseSpan(rule, person, span) })),
    };
    const notAfter = rule.notAfter && dateOf(rule.notAfter, person);
    if (!notAfter || floorOf(limits, on) <= notAfter) break;
  }
  return next;
}

function leftOutBy(
  { dose, after }: NonNullable<Dose["leftOutWhen"]>,
  person: Person,
  shots: readonly NumberedShot[],
): boolean {
  const point = dateOf(after, person);
  return shots.some((shot) => shot.dose === dose && point !== undefined && shot.date > point);
}

/**
 * The occasions on which a vaccine may be given from `on` on: a life has one, but a season vaccine has
 * one each winter (the running and the next are told) and an expectant mother one each pregnancy.
 */
export function occasionsOf(
  vaccine: Vaccine,
  person: Person,
  history: readonly Shot[],
  on: IsoDate,
): Series[] {
  const all = seriesShots(vaccine, history);
  const spans = targetSpans(
    vaccine,
    person,
    all.map(({ date }) => date),
  );
  const series = { vaccine, person, history };
  if (!vaccine.again) return [{ ...series, spans, shots: all }];
  if (vaccine.again === "pregnancy")
    return spans.map((span) => ({
      ...series,
      spans: [span],
      shots: renumbered(all.filter(({ date }) => date >= span.from)),
    }));
  const year = fiscalYear(later(on, spans[0]?.from ?? on));
  return [year, year + 1].map((season) => ({
    ...series,
    spans: spans.flatMap((span) => winterOf(span, season)),
    shots: renumbered(all.filter(({ date }) => fiscalYear(date) === season)),
  }));
}

/** A span cut to the winter (October to March) of a fiscal year. */
function winterOf(span: DateSpan, year: number): DateSpan[] {
  const from = later(span.from, isoDate(year, 10, 1));
  const to = earlier(span.to, isoDate(year + 1, 3, 31));
  const law = { fromLaw: span.fromLaw || from > span.from, toLaw: span.toLaw || to < span.to };
  return from <= to ? [{ from, to, ...law }] : [];
}

function renumbered(shots: readonly NumberedShot[]): NumberedShot[] {
  return shots.map((shot, index) => ({ ...shot, dose: index + 1 }));
}
