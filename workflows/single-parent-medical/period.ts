import {
  daysInMonth,
  type IsoDate,
  isoDate,
  later,
  monthStart,
  partsOf,
} from "#workflows/dates/iso-date.ts";
import { citeRow, type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";
import { type ChildFacts, childUntil } from "./child-period.ts";

/** How a city's ordinance sets the period of ひとり親家庭等医療費助成. */
export interface HouseholdPeriodPlan {
  /** On the day of application, or on the first of its month; never before the category has begun. */
  readonly begins: "application-date" | "first-of-month";
  /**
   * Month and day (`MM-DD`) on which each benefit year ends and what goes on is renewed (年次更新); a
   * day that the month lacks is its last. Without it nothing is renewed.
   */
  readonly renewal?: `${number}-${number}`;
}

/** What is known of a person when the household's application is decided. */
export interface HouseholdPeriodFacts {
  /** Of a child that child alone; of a parent or 養育者 all the children, as long as one of whom counts. */
  readonly children: readonly ChildFacts[];
  readonly appliedOn: IsoDate;
  /** 事由発生日: the day of the divorce, the death and so on. */
  readonly categoryFrom: IsoDate;
  /** Since when the household lives in the city, where it moved in. */
  readonly residentFrom?: IsoDate | undefined;
}

/** A day on the way to the period, for the screen. */
export interface DateStep {
  readonly label: string;
  readonly date: IsoDate;
}

/** 資格取得事由: what the first day goes by. */
export const acquisitions = {
  application: "新規の申請",
  category: "ひとり親等の事由の発生",
  "move-in": "市外からの転入",
  birth: "出生",
} as const;
type Beginning = DateStep & { readonly code: keyof typeof acquisitions };

/** The period, both ends inclusive; or why there is none. */
export type HouseholdPeriod = { readonly basis: readonly string[] } & (
  | {
      readonly from: IsoDate;
      readonly to: IsoDate;
      /** Last day of the benefit year in which it begins; null where it has ended by then or nothing is renewed. */
      readonly nextRenewal: IsoDate | null;
      /** Why it begins on that day, in words and as 資格取得事由. */
      readonly reason: string;
      readonly acquisition: keyof typeof acquisitions;
      readonly steps: readonly DateStep[];
    }
  | { readonly none: string }
);

const BASIS = [
  "児童扶養手当法第3条第1項",
  "年齢計算ニ関する法律",
  "市のひとり親家庭等医療費助成条例",
] as const;

/** The period for which a person of the household is entitled, by the city's plan of the day of application. */
export function householdPeriod(
  facts: HouseholdPeriodFacts,
  plans: DatedParameter<HouseholdPeriodPlan>,
): HouseholdPeriod {
  const row = rowOn(plans, facts.appliedOn);
  const basis = [...BASIS, citeRow(plans, row)];
  const begun = beginnings(facts);
  if (typeof begun === "string") return { none: begun, basis };

  const base = baseOf(facts.appliedOn, row.value.begins);
  const latest = begun.reduce((last, one) => (one.date > last.date ? one : last), base);
  const from = latest.date;
  const ends = facts.children
    .filter(({ birth }) => birth <= facts.appliedOn)
    .map((child, at) => ({
      label: `児童${at + 1}(${child.birth}生まれ)の最後の日`,
      date: childUntil(child),
    }));
  const to = ends.map(({ date }) => date).reduce(later);
  if (from > to) return { none: `対象年齢(${to}まで)を過ぎています。`, basis };

  const nextRenewal = renewalAfter(from, to, row.value.renewal);
  const steps = [
    { label: "申請日", date: facts.appliedOn },
    ...begun.filter(({ label }) => label !== "出生日").map(({ label, date }) => ({ label, date })),
    { label: "始まる日", date: from },
    ...ends,
    { label: "終わる日", date: to },
    ...(nextRenewal ? [{ label: "更新の日", date: nextRenewal }] : []),
  ];
  const { label, code: acquisition } = latest;
  return { from, to, nextRenewal, reason: `${label}から`, acquisition, steps, basis };
}

const baseOf = (appliedOn: IsoDate, begins: HouseholdPeriodPlan["begins"]): Beginning =>
  begins === "first-of-month"
    ? { label: "申請月の初日", date: monthStart(appliedOn), code: "application" }
    : { label: "申請日", date: appliedOn, code: "application" };

/** The days before which there is no entitlement; or why nobody can have applied yet. */
function beginnings(facts: HouseholdPeriodFacts): Beginning[] | string {
  const births = facts.children.map(({ birth }) => birth).sort();
  const [firstBirth] = births;
  if (!firstBirth) return "児童がいません。";
  const days: Beginning[] = [
    { label: "事由発生日", date: facts.categoryFrom, code: "category" },
    ...(facts.residentFrom
      ? [{ label: "転入日", date: facts.residentFrom, code: "move-in" } as const]
      : []),
    { label: "出生日", date: firstBirth, code: "birth" },
  ];
  const ahead = days.find(({ date }) => facts.appliedOn < date);
  return ahead ? `申請日が${ahead.label}より前です。` : days;
}

/** Last day of the benefit year in which a day lies, where the entitlement goes on after it (年次更新). */
export function renewalAfter(
  from: IsoDate,
  to: IsoDate,
  renewal: HouseholdPeriodPlan["renewal"],
): IsoDate | null {
  if (!renewal) return null;
  const [month = 12, day = 31] = renewal.split("-").map(Number);
  const endOf = (year: number) => isoDate(year, month, Math.min(day, daysInMonth(year, month)));
  const { year } = partsOf(from);
  const next = endOf(year) < from ? endOf(year + 1) : endOf(year);
  return next < to ? next : null;
}
