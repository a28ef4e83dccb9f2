import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";

/** Days from 妊娠28週0日 and 36週6日 to 出産予定日 (40週0日). */
const FROM_28_WEEKS = 84;
const FROM_36_WEEKS_6_DAYS = 22;
/** Pregnancy begins so many days before 出産予定日 (0週0日). */
const TERM = 280;

/** The days on which a mother may be given the RSV vaccine: 妊娠28週0日 to 36週6日, both inclusive. Basis: 施行令3条 (令和8年4月1日). */
export const rsvDays = (dueOn: IsoDate): { readonly from: IsoDate; readonly to: IsoDate } => ({
  from: addDays(dueOn, -FROM_28_WEEKS),
  to: addDays(dueOn, -FROM_36_WEEKS_6_DAYS),
});

/** Whether a day lies in a pregnancy with that 出産予定日; its end is not known, and is taken to be 42週0日. */
export const isInPregnancy = (dueOn: IsoDate, day: IsoDate): boolean =>
  addDays(dueOn, -TERM) <= day && day <= addDays(dueOn, 14);
