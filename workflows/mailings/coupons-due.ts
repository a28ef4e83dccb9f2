import {
  addDays,
  addMonths,
  type IsoDate,
  type IsoMonth,
  monthEnd,
} from "#workflows/dates/iso-date.ts";
import { dueDose } from "#workflows/vaccination/due.ts";
import { targetSpans } from "#workflows/vaccination/points.ts";
import { getVaccine } from "#workflows/vaccination/schedule.ts";
import type { Shot, VaccineId } from "#workflows/vaccination/vocabulary.ts";

/** Which coupons (接種券) are to be sent. */
export interface CouponOrder {
  month: IsoMonth;
  /** Of vaccines that stand for one another (ロタ1価, 5価) the first named is sent to those who begin. */
  vaccines: readonly VaccineId[];
  /** `new`: doses that may be given from this month on, and people who came in this month; `all`: also those left from before. */
  scope: "new" | "all";
}

/** A person as far as the choice of coupons goes. */
export interface CouponPerson {
  birth: IsoDate;
  sex: "female" | "male" | "unknown";
  residentFrom: IsoDate;
  history: readonly Shot[];
  /** Coupons that count, as `mr1:1`. */
  sent: ReadonlySet<string>;
}

/** A coupon that falls to a person: `mr1:1`, and whether it was sent before. */
export interface CouponDue {
  subject: string;
  sent: boolean;
}

export const subjectOf = (vaccine: string, dose: number): string => `${vaccine}:${dose}`;

/** Vaccine and dose of a subject; throws a RangeError when it is none. */
export function readSubject(subject: string): { vaccine: VaccineId; dose: number } {
  const [id = "", dose = ""] = subject.split(":");
  if (!/^[1-9]\d?$/.test(dose)) throw new RangeError("not a subject of a coupon");
  return { vaccine: getVaccine(id).id, dose: Number(dose) };
}

export const firstOf = (month: IsoMonth): IsoDate => `${month}-01` as IsoDate;

/**
 * The coupons that fall to a person in the month: the next dose of each vaccine, if the law and the
 * history let it be given on a day of the month.
 */
export function couponsDue(order: CouponOrder, person: CouponPerson): CouponDue[] {
  const first = firstOf(order.month);
  const last = monthEnd(first);
  // Where the register knows no sex, a coupon too many is turned away at the clinic; one too few is not missed.
  const known = {
    birth: person.birth,
    sex: person.sex === "unknown" ? ("female" as const) : person.sex,
  };
  const isNew = person.residentFrom >= first && person.residentFrom <= last;
  const coupons: CouponDue[] = [];
  const taken = new Set<VaccineId>();
  for (const id of order.vaccines) {
    const vaccine = getVaccine(id);
    if (vaccine.insteadOf?.some((other) => taken.has(other))) continue;
    // Asked from the day before, so that what could be given earlier shows that day.
    const due = dueDose(vaccine, known, addDays(first, -1), person.history);
    if (!due || due.earliest > last || due.latest < first) continue;
    if (order.scope === "new" && due.earliest < first && !isNew) continue;
    taken.add(id);
    const subject = subjectOf(id, due.dose);
    coupons.push({ subject, sent: person.sent.has(subject) });
  }
  return coupons;
}

const step = 15;
const oldest: IsoDate = "1900-01-01";

/**
 * Births, both ends inclusive, outside of which no coupon of the order can fall: by samples every half
 * month, half a month of margin on both sides.
 */
export function birthsFor({ month, vaccines }: CouponOrder): { from: IsoDate; to: IsoDate }[] {
  const first = firstOf(month);
  const last = monthEnd(first);
  const wanted = vaccines.map(getVaccine);
  const ranges: { from: IsoDate; to: IsoDate }[] = [];
  for (let birth = oldest; birth <= addMonths(last, 1); birth = addDays(birth, step)) {
    const open = wanted.some((vaccine) =>
      targetSpans(vaccine, { birth, sex: vaccine.sex ?? "female" }).some(
        (span) => addDays(span.from, -step) <= last && span.to >= addDays(first, -step),
      ),
    );
    if (!open) continue;
    const [from, to] = [addDays(birth, -step), addDays(birth, step)];
    const range = ranges.at(-1);
    if (range && range.to >= from) range.to = to;
    else ranges.push({ from, to });
  }
  return ranges;
}
