import { fiscalYear, fiscalYearStart, reachAge } from "#workflows/dates/ages.ts";
import { addDays, addYears, earlier, type IsoDate } from "#workflows/dates/iso-date.ts";
import { lawDates } from "../law-dates.ts";
import { schedule } from "../schedule.ts";
import type { Target, Vaccine } from "../vocabulary.ts";

/** Which records the rule looks at to say what is due of a vaccine on a day; all others change nothing. */
export interface LookedAt {
  /** Ids whose shots count for the series, stand for it, or come before it. */
  readonly series: readonly string[];
  /** Those of them that are doses of the series itself. */
  readonly own: readonly string[];
  /** From which day on they count: the season's first, where the vaccine is given each season. */
  readonly from?: IsoDate;
  /** Ids of injected live vaccines, which set a distance to another one. */
  readonly live: readonly string[];
  readonly liveFrom?: IsoDate;
  /** Doses of the longest course: who has had so many is done; none where it is given again. */
  readonly most?: number;
  /**
   * Of people without circumstances who were born up to this day the rule says the same, whenever that was: they were old enough
   * before the season's year began. None where more than that hangs on the birth.
   */
  readonly bornAlike?: IsoDate;
}

/** Live vaccines of 27日以上: whoever had one before that many days is free again. */
const LIVE_DAYS = 28;

const idsOf = ({ id, continues = [], products = [] }: Vaccine): string[] => [
  id,
  ...continues,
  ...products.flatMap(({ ids = [] }) => ids),
];

/**
 * What of a history matters for {@link dueDose} of the vaccine, asked on `on`. Asked before 2020-10-01 other vaccines set distances that
 * are not looked at here: a RangeError.
 */
export function lookedAt(
  vaccine: Vaccine,
  on: IsoDate,
  /** Ids of the city's own live vaccines. */
  cityLive: readonly string[] = [],
): LookedAt {
  if (on < lawDates.liveInterval.from)
    throw new RangeError("people are not looked for by the distances before October 2020");
  const own = [...new Set(idsOf(vaccine))];
  const before = vaccine.courses.flatMap(({ doses }) =>
    doses.flatMap(({ afterVaccine }) => (afterVaccine ? [afterVaccine.vaccine] : [])),
  );
  const series = [...new Set([...own, ...(vaccine.insteadOf ?? []), ...before])];
  const live =
    vaccine.kind === "injected-live"
      ? [
          ...schedule
            .filter(
              ({ kind, products }) =>
                kind === "injected-live" || products?.some((product) => product.live),
            )
            .map(({ id }) => id as string),
          ...cityLive,
        ].filter((id) => !series.includes(id))
      : [];
  return {
    series,
    own,
    live,
    ...(live.length > 0 && { liveFrom: addDays(on, -LIVE_DAYS) }),
    ...(vaccine.again === "season" && { from: fiscalYearStart(fiscalYear(on)) }),
    ...alike(vaccine, on),
    ...(!vaccine.again && {
      most: Math.max(...vaccine.courses.map(({ doses }) => doses.length)),
    }),
  };
}

/** Only where the birth opens the target at an age and does nothing else: no cohort, no end, no course or dose by age. */
function alike(vaccine: Vaccine, on: IsoDate): Pick<LookedAt, "bornAlike"> {
  const targets = (vaccine.dated ?? vaccine.targets).filter(({ condition }) => !condition);
  const plain =
    vaccine.again === "season" &&
    targets.length > 0 &&
    vaccine.courses.every(
      (course) =>
        Object.keys(course).join() === "doses" &&
        course.doses.every((dose) => Object.keys(dose).join() === "label"),
    );
  const start = fiscalYearStart(fiscalYear(on));
  const births = targets.flatMap((target) => lastOldEnough(target, start) ?? []);
  if (!plain || births.length < targets.length) return {};
  return { bornAlike: births.reduce(earlier) };
}

/** The last birth that a target for life, from an age on, is open to on a day; nothing of other targets. */
function lastOldEnough(target: Target, on: IsoDate): IsoDate | undefined {
  const others = Object.keys(target).filter((key) => !["from", "since", "until"].includes(key));
  if (others.length > 0 || !("years" in target.from) || target.from.plus) return undefined;
  let birth = addDays(addYears(on, -target.from.years), 4);
  while (reachAge(birth, target.from.years) > on) birth = addDays(birth, -1);
  return birth;
}
