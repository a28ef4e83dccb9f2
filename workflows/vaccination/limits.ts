import { addDays, earlier, type IsoDate, later } from "#workflows/dates/iso-date.ts";
import { lawDates } from "./law-dates.ts";
import { afterInterval, intervalLabel } from "./points.ts";
import { findVaccine, isInjectedLive, isLive, seriesOf } from "./schedule.ts";
import type { Dose, Shot } from "./vocabulary.ts";

/** Full days that have to lie between two different injected live vaccines; until 2020-09 after any live one. */
const AFTER_LIVE = { days: 27 } as const;
/** Until 2020-09: after a different inactivated vaccine. */
const AFTER_INACTIVATED = { days: 6 } as const;

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

/** The day from which former shots let a dose be given, `on` at the earliest. */
export function floorOf(limits: readonly Limit[], on: IsoDate): IsoDate {
  return limits.map(({ earliest }) => earliest).reduce(later, on);
}

/** What the shots of the series, and of another that comes before it, ask of a dose. */
export function limitsOf(
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

/** 1期 and 2期 of one vaccine (日本脳炎). */
const isSameVaccine = (one: Shot, other: Shot): boolean =>
  findVaccine(one.vaccine)?.label === findVaccine(other.vaccine)?.label;

/**
 * What shots of other vaccines ask of a shot on its day: since 2020-10-01 injected live ones of an injected live one, before
 * that all of all. Shots of the same day ask nothing.
 */
export function limitsByOthers(shot: Shot, history: readonly Shot[]): Limit[] {
  const changed = lawDates.liveInterval.from;
  return history.flatMap((other) => {
    if (other.date === shot.date || seriesOf(other.vaccine) === seriesOf(shot.vaccine)) return [];
    const injected = isInjectedLive(shot) && isInjectedLive(other);
    if (!injected && (shot.date >= changed || isSameVaccine(shot, other))) return [];
    const live = isLive(other);
    const least = live ? AFTER_LIVE : AFTER_INACTIVATED;
    const after = afterInterval(other.date, least);
    const kind = injected ? "ほかの注射生" : live ? "ほかの生" : "ほかの不活化";
    return [
      {
        code: live ? "live-interval-too-short" : "interval-too-short",
        // From the change on nothing but the live ones is asked.
        earliest: injected ? after : earlier(after, changed),
        message: `${kind}ワクチンの接種から${intervalLabel(least)}の間隔が必要です。`,
      },
    ];
  });
}
