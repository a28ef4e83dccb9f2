import { yearEndAfterReaching } from "#workflows/dates/ages.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** What the period is calculated from. */
export interface PeriodInput {
  birth: IsoDate;
  appliedOn: IsoDate;
  residentFrom: IsoDate;
  residentTo?: IsoDate;
}

/** A line of the calculation as the screen shows it. */
export interface PeriodStep {
  label: string;
  value: string;
}

export type CalculatedPeriod = { steps: PeriodStep[]; basis: string[] } & (
  | { granted: true; from: IsoDate; to: IsoDate; reachedOn: IsoDate }
  | { granted: false; reason: string }
);

/** The period of entitlement. */
export function calculatePeriod({ birth, appliedOn }: PeriodInput): CalculatedPeriod {
  const to = yearEndAfterReaching(birth, 18);
  return { granted: true, from: appliedOn, to, reachedOn: to, steps: [], basis: [] };
}
