import { addDays, addMonths, type IsoDate, type IsoMonth } from "#workflows/dates/iso-date.ts";

/** 健康保険法第193条、国民健康保険法第110条、高齢者の医療の確保に関する法律第160条: two years. */
const YEARS = 2;
/** How long before that day it is told. */
const WARNED_MONTHS = 6;

/**
 * The last day on which an insurer may be asked for the 高額療養費 of a month: two years from the first day of the month after. Where
 * the person paid later than in that month, the time runs from the day after they paid; of what the city paid in kind that is not so.
 *
 * @public The database reckons the same as it keeps a line; a test holds both together.
 */
export const lapsesOn = (month: IsoMonth): IsoDate =>
  addDays(addMonths(`${month}-01`, 1 + 12 * YEARS), -1);

/** What lapses before this day is told to be short of time, or too late. */
export const lapseWarnedBefore = (today: IsoDate): IsoDate => addMonths(today, WARNED_MONTHS);
