import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** The vaccines of routine vaccination (定期接種), by the ids of the record. */
export const vaccineIds = [
  "hepb",
  "rota1",
  "rota5",
  "pcv",
  "5mix",
  "4mix",
  "hib",
  "bcg",
  "mr1",
  "mr2",
  "mr5",
  "vzv",
  "je1",
  "je2",
  "dt2",
  "hpv9",
  "rsv",
  "flu",
  "ppv",
  "covid",
  "zoster",
] as const;

export type VaccineId = (typeof vaccineIds)[number];

export type Sex = "female" | "male";

/** A circumstance of a person that opens or prolongs a target. */
export type Condition =
  | { readonly kind: "disability-60-64" }
  | { readonly kind: "hiv-60-64" }
  | { readonly kind: "pregnant"; readonly expectedDelivery: IsoDate }
  /** Was tested, and has too few antibodies against rubella (風しん5期). */
  | { readonly kind: "rubella-antibody-low" }
  /** Missed MR in fiscal year 2024 because there was no vaccine. */
  | { readonly kind: "supply-shortage" }
  /**
   * Could not be vaccinated for a long illness; `until` is the day on which the hindrance ended, `from` that on which it began
   * (left out: before any target ended). For the vaccines named, or for all.
   */
  | {
      readonly kind: "long-illness";
      readonly until: IsoDate;
      readonly from?: IsoDate | undefined;
      readonly vaccines?: readonly VaccineId[] | undefined;
    };

export type ConditionKind = Condition["kind"];

/** What the rules need to know of a person. */
export interface Person {
  readonly birth: IsoDate;
  readonly sex: Sex;
  /** Nothing is given after it. */
  readonly diedOn?: IsoDate | undefined;
  readonly conditions?: readonly Condition[];
}

/** A shot that was given, or is to be judged. Vaccines outside the schedule have ids of their own. */
export interface Shot {
  readonly vaccine: string;
  readonly date: IsoDate;
  /** Number within the vaccine, boosters included; counted by date where it is not told. */
  readonly dose?: number | undefined;
  readonly product?: string | undefined;
  /** Says of a vaccine outside the schedule that it is an injected live one. */
  readonly live?: boolean | undefined;
}

/** A point in a life, from which the dates of a person are computed. */
export type Point =
  /** `days` after birth. */
  | { readonly days: number }
  /** The day on which the age is reached (平成26年3月11日事務連絡), and `plus` days. */
  | { readonly months: number; readonly plus?: number }
  | { readonly years: number; readonly plus?: number }
  /** First or last day of the fiscal year in which the age is reached. */
  | { readonly fiscalYearStart: number }
  | { readonly fiscalYearEnd: number }
  /** First or last day of the year before elementary school. */
  | { readonly beforeSchool: "first" | "last" }
  /** Day of pregnancy, as weeks and days; the expected delivery is 40 weeks and 0 days. */
  | { readonly pregnancyWeeks: number; readonly pregnancyDays: number };

/** Time that has to lie between: n days between mean day n+1; months mean the same day, clamped. */
export type Interval = { readonly days: number } | { readonly months: number };

/** Both ends inclusive. */
export interface Span {
  readonly from: Point;
  readonly to: Point;
}

/** Births from and to, both inclusive. */
export interface Cohort {
  readonly bornFrom?: IsoDate;
  readonly bornTo?: IsoDate;
}

/** A stretch of life in which the vaccine is a routine one, for a cohort or under a condition. */
export interface Target extends Cohort {
  readonly from: Point;
  /** No end: for life. */
  readonly to?: Point;
  readonly condition?: ConditionKind;
  /** Dates of vaccination between which the target exists. */
  readonly since?: IsoDate;
  readonly until?: IsoDate;
  /** Only for those who had a dose of the series between these dates, both inclusive. */
  readonly begun?: { readonly from: IsoDate; readonly to: IsoDate };
  /** Only for those who had no dose of the series. */
  readonly unbegun?: true;
}

export interface Dose {
  /** As it stands on the coupon, e.g. `1期初回1回目`. */
  readonly label: string;
  /** Least time after the dose before. */
  readonly afterPrevious?: Interval;
  /** Least time after dose 1. */
  readonly afterFirst?: Interval;
  /** Least time after the dose before where doses between were left out. */
  readonly afterSkip?: Interval;
  /** Least time after the last dose of another vaccine. */
  readonly afterVaccine?: { readonly vaccine: VaccineId; readonly interval: Interval };
  readonly notBefore?: Point;
  /** Later the dose is left out, and the next one follows. */
  readonly notAfter?: Point;
  /** The dose is left out when that dose was given later than the point. */
  readonly leftOutWhen?: { readonly dose: number; readonly after: Point };
  /** Recommended age (標準的な接種期間). */
  readonly standard?: Span;
}

/** A series of doses; the first course whose conditions hold is the one of a person. */
export interface Course extends Cohort {
  /** The first dose falls on this day at the latest. */
  readonly startBy?: Point;
  /** The first dose was given between these dates. */
  readonly begunFrom?: IsoDate;
  readonly begunTo?: IsoDate;
  /** Products that belong to this course. */
  readonly product?: string;
  /** Not this course where a dose was of one of these products. */
  readonly without?: readonly string[];
  /** Only where all doses were of this product. */
  readonly only?: string;
  /** Not this course when that dose followed the one before in less. */
  readonly unless?: { readonly dose: number; readonly within: Interval };
  readonly doses: readonly Dose[];
}

export interface Product {
  readonly names: readonly string[];
  /** Ids of their own under which records of the past name the product: `hpv4`. */
  readonly ids?: readonly string[];
  readonly since?: IsoDate;
  readonly until?: IsoDate;
  readonly from?: Point;
  readonly live?: true;
}

export interface Vaccine {
  readonly id: VaccineId;
  readonly label: string;
  /** 期 of the law, where the vaccine has several. */
  readonly period?: string;
  readonly category: "A" | "B";
  readonly kind: "inactivated" | "injected-live" | "oral-live";
  readonly sex?: Sex;
  /** As the law stands now; what is told of the windows of a person. */
  readonly targets: readonly Target[];
  /** As the law stood on each day since 2013-04-01, where that is another thing than now: what shots are judged by. */
  readonly dated?: readonly Target[];
  /** Was routine before 2013-04-01 too, by rules that are not established here. */
  readonly olderThanTable?: true;
  readonly courses: readonly Course[];
  /** Vaccines whose shots count as doses of this series. */
  readonly continues?: readonly string[];
  /** Vaccines of which one only may be used for a person. */
  readonly insteadOf?: readonly VaccineId[];
  /** Only for those who have begun with it. */
  readonly begunOnly?: true;
  /** Given again: in each season (October to March), or in each pregnancy. */
  readonly again?: "season" | "pregnancy";
  /** Products that may be told, each with the dates and the age from which it is a routine one. */
  readonly products?: readonly Product[];
  /** Oldest age to which a long illness prolongs the target, and the years it gives; none: it does not. */
  readonly longIllness?: { readonly years: number; readonly below?: number };
  readonly basis: readonly string[];
}
