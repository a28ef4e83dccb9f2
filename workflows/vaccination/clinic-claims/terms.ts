import { z } from "zod";
import { addDays, addMonths, earlier, type IsoDate, monthEnd } from "#workflows/dates/iso-date.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import { wholeField, wholeSchema } from "#workflows/rules/rule.ts";

/** By which terms a city takes claims of clinics. */
export interface ClinicClaimTerms {
  /** The day of the month after, until which a claim has to be here; 31 is the last one. */
  readonly deadlineDay: number;
  /** So many months before the month claimed may a shot lie that is claimed with it. */
  readonly lateMonths: number;
}

/** 委託料の請求の取扱い. Nothing of it is set by law: contracts have it (翌月10日, 15日必着), so nothing holds before two people have set it. */
export const clinicClaimTerms: CityParameter<ClinicClaimTerms> = {
  key: "vaccination.clinic-claims",
  title: "委託料の請求の取扱い",
  hint: "請求月の末日に有効な値で、請求の期限と、さかのぼって請求できる月数を決めます。",
  fields: {
    deadlineDay: wholeField("請求の期限（翌月の何日。31は末日）", 10, 1, 31),
    lateMonths: wholeField("さかのぼって請求できる月数", 12, 0, 24),
  },
  schema: z.object({
    deadlineDay: wholeSchema(1, 31),
    lateMonths: wholeSchema(0, 24),
  }) as unknown as z.ZodType<ClinicClaimTerms>,
};

/** First and last day of a month, `2026-11`. */
export function daysOfMonth(month: string): { first: IsoDate; last: IsoDate } {
  const first = `${month}-01` as IsoDate;
  return { first, last: monthEnd(first) };
}

/** The last day on which a claim of a month comes in time. */
export function claimDueOn(month: string, { deadlineDay }: ClinicClaimTerms): IsoDate {
  const next = addMonths(daysOfMonth(month).first, 1);
  return earlier(addDays(next, deadlineDay - 1), monthEnd(next));
}

/** The first day of which slips are taken into a claim of a month. */
export const slipsSince = (month: string, { lateMonths }: ClinicClaimTerms): IsoDate =>
  addMonths(daysOfMonth(month).first, -lateMonths);
