import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Limit } from "./limits.ts";
import { requireRules } from "./older-rules.ts";
import { dateOf } from "./points.ts";
import { asScheduled, findVaccine, productOf } from "./schedule.ts";
import { countedHistory, nextDose, occasionsOf, type Series, seriesShots } from "./series.ts";
import type { Person, Shot, Vaccine } from "./vocabulary.ts";

export type ShotProblemCode =
  | "before-target-age"
  | "after-target-age"
  | "interval-too-short"
  | "live-interval-too-short"
  | "not-in-schedule"
  | "already-complete"
  | "wrong-sex"
  | "product-mismatch";

/** What is wrong with a shot, in words for staff; `earliest` is the first day on which this would be right. */
export interface ShotProblem {
  readonly code: ShotProblemCode;
  readonly message: string;
  readonly earliest?: IsoDate;
}

/**
 * What is wrong with a shot that was given, or is about to be: nothing when it is a routine
 * vaccination in order by the law of its day. Only shots up to its date count as history.
 *
 * @throws MissingParameterError for a day before the table of the law
 */
export function checkShot(person: Person, history: readonly Shot[], shot: Shot): ShotProblem[] {
  const given = asScheduled(shot);
  const vaccine = findVaccine(given.vaccine);
  if (!vaccine) return [{ code: "not-in-schedule", message: "定期接種のワクチンではありません。" }];
  if (given.date < person.birth)
    return [{ code: "before-target-age", message: "生まれる前の日付です。" }];
  if (person.diedOn !== undefined && given.date > person.diedOn)
    return [{ code: "after-target-age", message: "死亡日より後の日付です。" }];
  if (vaccine.sex !== undefined && vaccine.sex !== person.sex) {
    const whose = vaccine.sex === "female" ? "女性" : "男性";
    return [{ code: "wrong-sex", message: `${nameOf(vaccine)}の定期接種は${whose}が対象です。` }];
  }
  requireRules(vaccine, given.date);
  const past = countedHistory(person, history).filter(({ date }) => date <= given.date);
  const series = occasionAt(vaccine, person, past, given);
  return [
    ...productProblems(vaccine, person, past, given),
    ...(series.spans.length === 0 ? [notATarget(vaccine)] : doseProblems(series, given)),
  ];
}

/** 5期 of MR is for men, 1期 for all: of such a vaccine the 期 is named. */
const nameOf = ({ label, period, sex }: Vaccine) =>
  [label, sex === "male" ? period : undefined].filter(Boolean).join(" ");

/** The occasion that the shot belongs to: the one it falls in, or the one nearest before it. */
function occasionAt(
  vaccine: Vaccine,
  person: Person,
  history: readonly Shot[],
  given: Shot,
): Series {
  const none: Series = { vaccine, person, history, spans: [], shots: [] };
  const occasions = occasionsOf(vaccine, person, history, given.date);
  return occasions.find(({ spans }) => spans.length > 0) ?? none;
}

function notATarget(vaccine: Vaccine): ShotProblem {
  return {
    code: "not-in-schedule",
    message: `この方は${vaccine.label}の定期接種の対象ではありません。`,
  };
}

function doseProblems(series: Series, given: Shot): ShotProblem[] {
  const next = nextDose(series, given.date, given.product);
  if (!next || (given.dose !== undefined && given.dose < next.dose && wasGiven(series, given.dose)))
    return [
      { code: "already-complete", message: "この接種は必要な回数を終えています。" },
      ...(next ? [] : ageProblems(series.spans, given.date)),
    ];
  const early = strictest(next.limits.filter(({ earliest }) => given.date < earliest));
  const misnumbered =
    given.dose !== undefined && given.dose > next.dose
      ? [{ code: "not-in-schedule", message: `${next.rule.label}の接種歴がありません。` } as const]
      : [];
  return [...ageProblems(next.spans, given.date), ...early, ...misnumbered];
}

/** Of limits that read alike, the one that asks for the latest day. */
function strictest(limits: readonly Limit[]): ShotProblem[] {
  const byMessage = new Map<string, ShotProblem>();
  for (const { code, message, earliest } of limits)
    if ((byMessage.get(message)?.earliest ?? "") < earliest)
      byMessage.set(message, { code, message, earliest });
  return [...byMessage.values()];
}

function wasGiven({ shots }: Series, dose: number): boolean {
  return shots.some((shot) => shot.dose === dose);
}

function ageProblems(spans: Series["spans"], date: IsoDate): ShotProblem[] {
  if (spans.some(({ from, to }) => from <= date && date <= to)) return [];
  const next = spans.find(({ from, to }) => date < from && from <= to);
  if (next)
    return next.fromLaw
      ? [
          {
            code: "not-in-schedule",
            message: `${next.from}より前は定期接種ではありません。`,
            earliest: next.from,
          },
        ]
      : [{ code: "before-target-age", message: "対象年齢に達していません。", earliest: next.from }];
  const last = spans.at(-1);
  return last?.toLaw
    ? [{ code: "not-in-schedule", message: `${last.to}で定期接種が終わっています。` }]
    : [{ code: "after-target-age", message: "対象年齢を過ぎています。" }];
}

function productProblems(
  vaccine: Vaccine,
  person: Person,
  history: readonly Shot[],
  given: Shot,
): ShotProblem[] {
  const product = productOf(vaccine, given);
  const problems: ShotProblem[] = [];
  if (
    product &&
    ((product.since ?? given.date) > given.date || (product.until ?? given.date) < given.date)
  )
    problems.push({
      code: "not-in-schedule",
      message: "この製品は、接種日には定期接種に使えません。",
    });
  const from = product?.from && dateOf(product.from, person);
  if (from && given.date < from)
    problems.push({
      code: "before-target-age",
      message: "この製品の対象年齢に達していません。",
      earliest: from,
    });
  const other = vaccine.insteadOf?.some((id) => history.some((shot) => shot.vaccine === id));
  const begun = seriesShots(vaccine, history)[0];
  const begunWith = begun && productOf(vaccine, begun);
  const mixed =
    vaccine.courses.some((course) => course.product) &&
    product &&
    begunWith &&
    product !== begunWith;
  if (other || mixed)
    problems.push({
      code: "product-mismatch",
      message: "はじめに接種した製品と違います。同じ製品で完了してください。",
    });
  return problems;
}
