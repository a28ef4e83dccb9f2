import { type ReliefBenefit, reliefBenefits } from "#workflows/vaccination/relief/benefits.ts";
import { schedule, vaccineLabel } from "#workflows/vaccination/schedule.ts";

/** A vaccine of the schedule by its name, or what was written where it is none of it. */
export function vaccineName(written: string): string {
  const known = schedule.find(({ id }) => id === written);
  return known ? vaccineLabel(known.id) : written;
}

export const benefitNames = (benefits: readonly string[]): string[] =>
  benefits.map((one) => reliefBenefits[one as ReliefBenefit] ?? one);
