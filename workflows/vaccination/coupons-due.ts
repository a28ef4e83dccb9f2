import type { DayRange } from "#workflows/dates/birth-date.ts";
import {
  addDays,
  addMonths,
  addYears,
  type IsoDate,
  type IsoMonth,
  later,
  monthEnd,
} from "#workflows/dates/iso-date.ts";
import { dueDose } from "./due.ts";
import { FOREVER, targetSpans } from "./points.ts";
import { getVaccine } from "./schedule.ts";
import type { Shot, Vaccine, VaccineId } from "./vocabulary.ts";

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

/** Births, both ends inclusive. */
export interface Births {
  from: IsoDate;
  to: IsoDate;
}

/** An order made ready to be held against many people. */
export interface CouponSelection {
  /** Births outside of which no coupon of the order can fall. */
  births: Births[];
  /** The coupons that fall to a person. */
  dueTo(person: CouponPerson): CouponDue[];
  /**
   * The coupons that may fall to somebody who was born on one of some days, and no one knows which: the next dose of each
   * vaccine that is open to some of them.
   */
  mayFallTo(born: DayRange, history: readonly Shot[]): string[];
}

/**
 * Coupons fall to a person for the next dose of each vaccine, if the law and the history let it be
 * given on a day of the month.
 */
export function selectCoupons(order: CouponOrder): CouponSelection {
  const first = firstOf(order.month);
  const last = monthEnd(first);
  const vaccines = order.vaccines.map((id) => {
    const vaccine = getVaccine(id);
    return { vaccine, births: birthsOf(vaccine, first, last) };
  });
  const dueTo = (person: CouponPerson): CouponDue[] => {
    // Where the register knows no sex, a coupon too many is turned away at the clinic; one too few is not missed.
    const sex = person.sex === "unknown" ? "female" : person.sex;
    const { birth, history } = person;
    const isNew = person.residentFrom >= first && person.residentFrom <= last;
    const coupons: CouponDue[] = [];
    const taken = new Set<VaccineId>();
    for (const { vaccine, births } of vaccines) {
      if (!births.some(({ from, to }) => from <= birth && birth <= to)) continue;
      if (vaccine.insteadOf?.some((other) => taken.has(other))) continue;
      // Asked from the day before, so that what could be given earlier shows that day.
      const due = dueDose(vaccine, { birth, sex }, addDays(first, -1), history);
      if (!due || due.earliest > last || due.latest < first) continue;
      if (order.scope === "new" && due.earliest < first && !isNew) continue;
      taken.add(vaccine.id);
      const subject = subjectOf(vaccine.id, due.dose);
      coupons.push({ subject, sent: person.sent.has(subject) });
    }
    return coupons;
  };
  const mayFallTo = (born: DayRange, history: readonly Shot[]): string[] => {
    const taken = new Set<VaccineId>();
    return vaccines.flatMap(({ vaccine, births }) => {
      if (!births.some(({ from, to }) => from <= born.to && born.from <= to)) return [];
      if (vaccine.insteadOf?.some((other) => taken.has(other))) return [];
      const doses = Math.max(...vaccine.courses.map((course) => course.doses.length));
      const next = history.filter((shot) => shot.vaccine === vaccine.id).length + 1;
      if (next > doses) return [];
      taken.add(vaccine.id);
      return [subjectOf(vaccine.id, next)];
    });
  };
  return { mayFallTo, births: merged(vaccines.flatMap(({ births }) => births)), dueTo };
}

const step = 15;
/** Nobody older is a target: A類 by birth date end at twenty-nine at the latest (HPV のキャッチアップ), B類 with life. */
const oldest = { A: 30, B: 125 } as const;

/** Births to whom the vaccine is open in a month: by samples every half month, half a month of margin on both sides. */
export function birthsOf(vaccine: Vaccine, first: IsoDate, last: IsoDate): Births[] {
  const ranges: Births[] = [];
  const start = addYears(first, -oldest[vaccine.category]);
  for (let birth = start; birth <= addMonths(last, 1); birth = addDays(birth, step)) {
    const spans = targetSpans(vaccine, { birth, sex: vaccine.sex ?? "female" });
    if (
      spans.some(
        ({ from, to }) =>
          addDays(from, -step) <= last && (to === FOREVER || addDays(to, step) >= first),
      )
    )
      ranges.push({ from: addDays(birth, -step), to: addDays(birth, step) });
  }
  return merged(ranges);
}

function merged(ranges: readonly Births[]): Births[] {
  const union: Births[] = [];
  for (const range of ranges.toSorted((one, other) => (one.from < other.from ? -1 : 1))) {
    const before = union.at(-1);
    if (before && before.to >= range.from)
      union[union.length - 1] = { from: before.from, to: later(before.to, range.to) };
    else union.push(range);
  }
  return union;
}
