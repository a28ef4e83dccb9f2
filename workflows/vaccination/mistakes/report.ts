import { fiscalYear } from "#workflows/dates/ages.ts";
import { type IsoDate, isoDate } from "#workflows/dates/iso-date.ts";

/** Last day of the yearly report of a fiscal year: 30 April after it (定期接種実施要領). */
export const reportDueOn = (year: number): IsoDate => isoDate(year + 1, 4, 30);

/**
 * Fiscal year whose report an incident belongs to: that of the shot; where that report was due already as the incident became
 * known, the year of that day. The second half is ours: nothing is established of what becomes known too late.
 */
export function reportYear({ givenOn, knownOn }: { givenOn: IsoDate; knownOn: IsoDate }): number {
  const year = fiscalYear(givenOn);
  return knownOn <= reportDueOn(year) ? year : fiscalYear(knownOn);
}
