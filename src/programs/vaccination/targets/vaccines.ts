import { cityParameterRows } from "#src/platform/parameters/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { DatedRow } from "#workflows/parameters/dated.ts";
import { findVaccine, schedule, vaccineLabel } from "#workflows/vaccination/schedule.ts";
import {
  asVaccine,
  type CityVaccine,
  cityVaccines,
  footings,
} from "#workflows/vaccination/targets/city-vaccines.ts";
import type { Vaccine } from "#workflows/vaccination/vocabulary.ts";
import { diseasesOf } from "../vaccines.ts";

/** A vaccine that people can be looked for of: those of the schedule, and the city's own. */
export interface TargetVaccine {
  readonly vaccine: Vaccine;
  /** As it stands on papers: 麻しん風しん混合(MR), おたふくかぜ. */
  readonly name: string;
  /** MR 2期, おたふくかぜ（任意接種の助成）. */
  readonly title: string;
  readonly diseases: string;
  /** 券種 of the 18 digits: 1 A類, 2 B類, 3 the city's own. */
  readonly kind: "1" | "2" | "3";
}

/** All of a day: the schedule first, then what two people have entered for the city. */
export async function targetVaccines(work: Work, on: IsoDate): Promise<TargetVaccine[]> {
  const rows = await cityParameterRows(work, cityVaccines);
  const row = rows.rows.find(({ from, to }) => from <= on && (to === undefined || on <= to));
  return [...ofSchedule, ...(row ? ofCity(row) : [])];
}

const ofSchedule: readonly TargetVaccine[] = schedule.map((vaccine) => ({
  vaccine,
  name: vaccine.label,
  title: [vaccine.label, vaccine.period].filter(Boolean).join(" "),
  diseases: diseasesOf(vaccine.id),
  kind: vaccine.category === "A" ? "1" : "2",
}));

const ofCity = ({
  value,
  source,
}: DatedRow<{ readonly vaccines: readonly CityVaccine[] }>): TargetVaccine[] =>
  value.vaccines.map((one) => ({
    vaccine: asVaccine(one, source),
    name: one.name,
    title: `${one.name}（${footings[one.footing]}）`,
    diseases: one.diseases,
    kind: "3",
  }));

/** MR 2期; of the city's own its number, where its name cannot be looked up. */
export const vaccineTitle = (id: string): string =>
  [vaccineLabel(id), findVaccine(id)?.period].filter(Boolean).join(" ");

/** How a vaccine stands on a coupon, where it is one of the schedule. */
export function scheduleVaccine(id: string): TargetVaccine {
  const found = ofSchedule.find(({ vaccine }) => vaccine.id === id);
  if (!found) throw new RangeError("the vaccine is not in the schedule");
  return found;
}

/** The city's own vaccines among some ids, as they stood on a day: their names are with the city. */
export async function cityVaccinesOf(
  work: Work,
  ids: readonly string[],
  on: IsoDate,
): Promise<ReadonlyMap<string, TargetVaccine>> {
  if (!ids.some((id) => id.startsWith("city-"))) return new Map();
  const known = await targetVaccines(work, on);
  return new Map(known.map((one) => [one.vaccine.id as string, one]));
}
