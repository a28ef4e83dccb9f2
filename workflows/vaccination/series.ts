import { fiscalYear } from "#workflows/dates/ages.ts";
import { addDays, earlier, type IsoDate, isoDate, later } from "#workflows/dates/iso-date.ts";
import {
  afterInterval,
  type DateSpan,
  dateOf,
  inCohort,
  intervalLabel,
  targetSpans,
} from "./points.ts";
import { isInjectedLive, productOf } from "./schedule.ts";
import type { Course, Dose, Person, Shot, Vaccine } from "./vocabulary.ts";
import { doseSpan } from "./windows.ts";

/** Days that have to lie between two different injected live vaccines (since 2020-10-01). */
const LIVE_INTERVAL = { days: 27 } as const;

/** A shot with its number within the series. */
export interface NumberedShot extends Shot {
  readonly dose: number;
}

/** A least date that a former shot sets, and how to say so. */
export interface Limit {
  readonly code: "interval-too-short" | "live-interval-too-short";
  readonly earliest: IsoDate;
  readonly message: string;
}

/** The next dose of a vaccine: what it is, and where it may fall. */
export interface NextDose {
  readonly dose: number;
  readonly rule: Dose;
  readonly limits: readonly Limit[];
  /** Spans of the target, cut to the ages of this dose. */
  readonly spans: readonly DateSpan[];
}

/** Shots of the vaccine's series in order of time, numbered. */
export function seriesShots(vaccine: Vaccine, history: readonly Shot[]): NumberedShot[] {
  const shots = history
    .filter((shot) => shot.vaccine === vaccine.id || vaccine.continues?.includes(shot.vaccine))
    .toSorted((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)));
  const numbered: NumberedShot[] = [];
  for (const shot of shots)
    numbered.push({ ...shot, dose: shot.dose ?? (numbered.at(-1)?.dose ?? 0) + 1 });
  return numbered;
}

/** The course that a series follows; before its first shot, the one that a first dose on `on` begins. */
export function courseOf(
  vaccine: Vaccine,
  person: Person,
  shots: readonly NumberedShot[],
  on: IsoDate,
  product?: string,
): Course | undefined {
  const first = shots[0]?.date ?? on;
  const told = productOf(vaccine, {
    vaccine: vaccine.id,
    date: on,
    product: shots[0]?.product ?? product,
  });
  return (
    vaccine.courses.find((course) => {
      if (!inCohort(person.birth, course)) return false;
      const by = course.startBy && dateOf(course.startBy, person);
      if (by && first > by) return false;
      if (course.product && !told?.names.includes(course.product)) return false;
      if (course.pure && shots.some((shot) => shot.vaccine !== vaccine.id)) return false;
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
      ...liveLimits({ vaccine: vaccine.id, date: on, product }, history),
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

/** The day from which former shots let a dose be given, `on` at the earliest. */
export function floorOf(limits: readonly Limit[], on: IsoDate): IsoDate {
  return limits.map(({ earliest }) => earliest).reduce(later, on);
}

function leftOutBy(
  { dose, after }: NonNullable<Dose["leftOutWhen"]>,
  person: Person,
  shots: readonly NumberedShot[],
): boolean {
  const point = dateOf(after, person);
  return shots.some((shot) => shot.dose === dose && point !== undefined && shot.date > point);
}

function limitsOf(
  rule: Dose,
  dose: number,
  shots: readonly NumberedShot[],
  history: readonly Shot[],
): Limit[] {
  const limits: Limit[] = [];
  const interval = (earliest: IsoDate, message: string) =>
    limits.push({ code: "interval-too-short", earliest, message });
  const previous = shots.at(-1);
  if (previous) {
    const least = (previous.dose < dose - 1 && rule.afterSkip) || rule.afterPrevious;
    if (least)
      interval(
        afterInterval(previous.date, least),
        `前回の接種から${intervalLabel(least)}の間隔が必要です。`,
      );
    else interval(addDays(previous.date, 1), "前回の接種より後の日であることが必要です。");
    const first = shots[0];
    if (rule.afterFirst && first)
      interval(
        afterInterval(first.date, rule.afterFirst),
        `1回目の接種から${intervalLabel(rule.afterFirst)}の間隔が必要です。`,
      );
  }
  const other = rule.afterVaccine;
  const latest = history
    .filter((shot) => shot.vaccine === other?.vaccine)
    .map(({ date }) => date)
    .toSorted()
    .at(-1);
  if (other && latest)
    interval(
      afterInterval(latest, other.interval),
      `1期の終了から${intervalLabel(other.interval)}の間隔が必要です。`,
    );
  return limits;
}

/** What other injected live vaccines ask of a shot; none when the shot is not one itself. */
export function liveLimits(shot: Shot, history: readonly Shot[]): Limit[] {
  if (!isInjectedLive(shot)) return [];
  return history
    .filter(
      (other) =>
        other.vaccine !== shot.vaccine && isInjectedLive(other) && other.date !== shot.date,
    )
    .map((other) => ({
      code: "live-interval-too-short",
      earliest: afterInterval(other.date, LIVE_INTERVAL),
      message: `ほかの注射生ワクチンの接種から${intervalLabel(LIVE_INTERVAL)}の間隔が必要です。`,
    }));
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
  const spans = targetSpans(vaccine, person);
  const all = seriesShots(vaccine, history);
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
