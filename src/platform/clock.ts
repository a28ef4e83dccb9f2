import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** The date and time on which business is done; injected, so that a year can be played through. */
export interface BusinessClock {
  /** The business date in Japan. */
  today(): IsoDate;
  /** The instant, for time stamps people see. */
  now(): Date;
}

const japaneseDate = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" });

/** The calendar day of an instant in Japan. */
export const dayOf = (at: Date): IsoDate => japaneseDate.format(at) as IsoDate;

/** The wall clock in Japan. */
export const systemClock: BusinessClock = {
  today: () => dayOf(new Date()),
  now: () => new Date(),
};
