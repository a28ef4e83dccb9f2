import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { dueDose } from "#workflows/vaccination/due.ts";
import { getVaccine, periodLabel, vaccineLabel } from "#workflows/vaccination/schedule.ts";
import type { Person, Shot, Vaccine, VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { windowsOf } from "#workflows/vaccination/windows.ts";
import { couponVaccines } from "./vaccines.ts";

/** A field of the 母子手帳 grid. */
export type HandbookCell =
  | { state: "done"; on: IsoDate; product?: string | undefined }
  /** May be given now, or from a day to come. */
  | { state: "due" | "ahead"; from: IsoDate; to: IsoDate }
  /** The time in which the law lets it be given is over. */
  | { state: "late"; to: IsoDate }
  /** The series needs no such dose, or not yet. */
  | { state: "none" };

export interface HandbookRow {
  vaccine: VaccineId;
  title: string;
  cells: HandbookCell[];
}

/** Vaccine by dose as in the 母子手帳: done, due, too late; vaccines that are not for this person have no row. */
export function handbookOf(
  person: Person,
  history: readonly Shot[],
  today: IsoDate,
): HandbookRow[] {
  return couponVaccines.flatMap((id) => {
    const vaccine = getVaccine(id);
    const shots = history.filter((shot) => shot.vaccine === id);
    if (shots.length === 0 && isReplaced(vaccine, history)) return [];
    const windows = windowsOf(vaccine, person);
    if (windows.length === 0 && shots.length === 0) return [];
    const due = dueDose(vaccine, person, today, history);
    const last = Math.max(
      0,
      ...shots.map(({ dose = 0 }) => dose),
      ...windows.map(({ dose }) => dose),
    );
    const cells = Array.from({ length: last }, (_, index): HandbookCell => {
      const dose = index + 1;
      const shot = shots.find((one) => one.dose === dose);
      if (shot) return { state: "done", on: shot.date, product: shot.product };
      if (due?.dose === dose)
        return {
          state: due.earliest <= today ? "due" : "ahead",
          from: due.earliest,
          to: due.latest,
        };
      const ends = windows.filter((window) => window.dose === dose).map(({ to }) => to);
      const end = ends.toSorted().at(-1);
      return !due && end && end < today ? { state: "late", to: end } : { state: "none" };
    });
    return [
      { vaccine: id, title: [vaccineLabel(id), periodLabel(id)].filter(Boolean).join(" "), cells },
    ];
  });
}

/** Another vaccine stands in this one's place, or it is only for those who began with it. */
const isReplaced = (vaccine: Vaccine, history: readonly Shot[]): boolean =>
  vaccine.begunOnly === true ||
  [...(vaccine.insteadOf ?? []), ...(vaccine.continues ?? [])].some((other) =>
    history.some((shot) => shot.vaccine === other),
  );
