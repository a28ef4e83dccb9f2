import {
  addDays,
  daysBetween,
  earlier,
  type IsoDate,
  type IsoMonth,
  monthEnd,
} from "#workflows/dates/iso-date.ts";
import { dateOf } from "./points.ts";
import { schedule } from "./schedule.ts";
import type { Sex, Vaccine, VaccineId } from "./vocabulary.ts";
import { windowsOf } from "./windows.ts";

/** Births (both inclusive) for whom the window of a dose opens within a month. */
export interface BirthRange {
  readonly vaccine: VaccineId;
  readonly dose: number;
  /** Only this sex, where the vaccine asks for one. */
  readonly sex?: Sex;
  readonly bornFrom: IsoDate;
  readonly bornTo: IsoDate;
}

const OLDEST_BIRTH: IsoDate = "1900-01-01";
/** Any birth: only the distance to its points matters, give or take a year of school or of clamping. */
const SAMPLE_BIRTH: IsoDate = "2000-04-02";
const MARGIN_DAYS = 800;

/**
 * For a calendar month: whose windows open in it, by vaccine and dose, so that a query can preselect
 * exactly those people by birth date and sex. Targets that hang on a condition are left out.
 */
export function birthDatesBecomingDue(
  month: IsoMonth,
  vaccines: readonly VaccineId[] = schedule.map(({ id }) => id),
): BirthRange[] {
  return schedule
    .filter(({ id }) => vaccines.includes(id))
    .flatMap((vaccine) => rangesOf(vaccine, `${month}-01` as IsoDate))
    .toSorted((a, b) => a.dose - b.dose)
    .toSorted((a, b) => vaccines.indexOf(a.vaccine) - vaccines.indexOf(b.vaccine));
}

function rangesOf(vaccine: Vaccine, first: IsoDate): BirthRange[] {
  const last = monthEnd(first);
  const sex = vaccine.sex && { sex: vaccine.sex };
  const ranges: BirthRange[] = [];
  const end = latestBirth(vaccine, last);
  for (let birth = earliestBirth(vaccine, first, last); birth <= end; birth = addDays(birth, 1))
    for (const { dose, from } of windowsOf(vaccine, { birth, sex: vaccine.sex ?? "female" })) {
      if (from < first || from > last) continue;
      const index = ranges.findIndex(
        (range) => range.dose === dose && addDays(range.bornTo, 1) >= birth,
      );
      const range = ranges[index];
      if (range) ranges[index] = { ...range, bornTo: birth };
      else ranges.push({ vaccine: vaccine.id, dose, ...sex, bornFrom: birth, bornTo: birth });
    }
  return ranges;
}

/** Days from birth to each point at which a window of the vaccine may open. */
function openingAges(vaccine: Vaccine): number[] {
  const person = { birth: SAMPLE_BIRTH, sex: "female" } as const;
  return [
    ...vaccine.targets.map(({ from }) => from),
    ...vaccine.courses.flatMap(({ doses }) => doses.flatMap(({ notBefore }) => notBefore ?? [])),
  ].flatMap((point) => {
    const date = dateOf(point, person);
    return date ? [daysBetween(SAMPLE_BIRTH, date)] : [];
  });
}

/** A law that begins in the month opens windows of people of any age. */
function beginsWithin(vaccine: Vaccine, first: IsoDate, last: IsoDate): boolean {
  return vaccine.targets.some(
    ({ since }) => since !== undefined && first <= since && since <= last,
  );
}

function earliestBirth(vaccine: Vaccine, first: IsoDate, last: IsoDate): IsoDate {
  const ages = openingAges(vaccine);
  if (beginsWithin(vaccine, first, last)) return OLDEST_BIRTH;
  return ages.length > 0 ? addDays(first, -Math.max(...ages) - MARGIN_DAYS) : addDays(last, 1);
}

function latestBirth(vaccine: Vaccine, last: IsoDate): IsoDate {
  const youngest = Math.min(...openingAges(vaccine));
  return Number.isFinite(youngest) ? earlier(last, addDays(last, MARGIN_DAYS - youngest)) : last;
}
