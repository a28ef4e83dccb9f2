import { findVaccine } from "#workflows/vaccination/schedule.ts";

/** A vaccine with its 期: `MR 1期`. */
export function vaccineTitle(id: string): string {
  const vaccine = findVaccine(id);
  return vaccine ? [vaccine.label, vaccine.period].filter(Boolean).join(" ") : id;
}

/** Several of them, as they stand in one line. */
export const vaccineTitles = (ids: readonly string[]): string => ids.map(vaccineTitle).join("、");
