import { yearEndAfterReaching } from "#workflows/dates/ages.ts";
import { addDays, type IsoDate, later, monthStart } from "#workflows/dates/iso-date.ts";
import { citeRow, type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";

/** How a city's ordinance sets the period of こども医療費助成. */
export interface PeriodPlan {
  /** Applied for within so many days of birth or in-move, the period begins on that very day. */
  readonly reachBackDays: number;
  /** Otherwise it begins on the day of application, or on the first of its month. */
  readonly otherwise: "application-date" | "first-of-month";
  /** It ends on the first March 31 on or after the day of reaching this age. */
  readonly endAge: number;
}

/** What is known of a child when an application is decided. */
export interface PeriodFacts {
  readonly birth: IsoDate;
  readonly appliedOn: IsoDate;
  /** Since when the child lives in the city; from birth where it is not told. */
  readonly residentFrom?: IsoDate | undefined;
}

/** The period, both ends inclusive, with the reason for its beginning; or why there is none. */
export type PeriodDecision = { readonly basis: readonly string[] } & (
  | { readonly from: IsoDate; readonly to: IsoDate; readonly reason: string }
  | { readonly none: string }
);

const AGE_BASIS = "年齢計算ニ関する法律、民法第143条";

/** The period for which a child is entitled, by the city's plan of the day of application. */
export function childMedicalPeriod(
  facts: PeriodFacts,
  plans: DatedParameter<PeriodPlan>,
): PeriodDecision {
  const row = rowOn(plans, facts.appliedOn);
  const basis = [AGE_BASIS, citeRow(plans, row)];
  const { reachBackDays, otherwise, endAge } = row.value;
  const to = yearEndAfterReaching(facts.birth, endAge);
  const begun = later(facts.birth, facts.residentFrom ?? facts.birth);
  if (facts.appliedOn < begun) return { none: "申請日が出生日または転入日より前です。", basis };
  const inTime = facts.appliedOn <= addDays(begun, reachBackDays);
  const ordinary =
    otherwise === "first-of-month" ? later(monthStart(facts.appliedOn), begun) : facts.appliedOn;
  const from = inTime ? begun : ordinary;
  if (from > to) return { none: `対象年齢(${to}まで)を過ぎています。`, basis };
  const event = begun === facts.birth ? "出生日" : "転入日";
  const reason = inTime
    ? `${event}から${reachBackDays}日以内の申請のため、${event}から`
    : `${event}から${reachBackDays}日を過ぎた申請のため、${otherwise === "first-of-month" ? "申請月の初日" : "申請日"}から`;
  return { from, to, reason, basis };
}
