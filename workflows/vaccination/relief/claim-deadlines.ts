import {
  addDays,
  addMonths,
  addYears,
  type IsoDate,
  monthStart,
} from "#workflows/dates/iso-date.ts";
import { type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";
import type { ReliefBenefit, ReliefClass } from "./benefits.ts";

/** Years within which B類 benefits are to be claimed. */
export interface ReliefDeadlines {
  /** 医療費: from the payment. */
  readonly cost: number;
  /** 医療手当: from the first day of the month after. */
  readonly allowance: number;
  /** 遺族年金, 遺族一時金, 葬祭料: from the death. */
  readonly death: number;
  /** The same, where 医療費, 医療手当 or 障害年金 was decided before the death. */
  readonly deathAfterDecision: number;
}

/** Common knowledge of the field (予防接種法施行令第18条 and on), not seen in the text: whoever decides looks it up. */
export const reliefDeadlines: DatedParameter<ReliefDeadlines> = {
  name: "予防接種健康被害救済(B類)の請求の期限",
  rows: [
    {
      from: "2013-04-01",
      value: { cost: 5, allowance: 5, death: 5, deathAfterDecision: 2 },
      source: "予防接種法施行令(条文は未確認)",
      certainty: "probable",
    },
  ],
};

/** From what the time for a claim runs. */
export interface DeadlineFacts {
  readonly class: ReliefClass;
  readonly benefit: ReliefBenefit;
  /** 医療費: the day of the payment. */
  readonly paidOn?: IsoDate | undefined;
  /** 医療手当: a day of the month. */
  readonly month?: IsoDate | undefined;
  readonly diedOn?: IsoDate | undefined;
  readonly decidedBefore?: boolean | undefined;
}

/**
 * The last day on which it can be claimed: of B類 alone (A類 and 臨時 know none; of the city's own scheme none is known). Nothing where
 * there is none, or the day it runs from is not known.
 */
export function claimableUntil(facts: DeadlineFacts): IsoDate | undefined {
  if (facts.class !== "B") return undefined;
  const after = (start: IsoDate | undefined, years: (of: ReliefDeadlines) => number) =>
    start && lastDayOf(start, years(rowOn(reliefDeadlines, start).value));
  switch (facts.benefit) {
    case "medical-cost":
      return after(facts.paidOn && addDays(facts.paidOn, 1), ({ cost }) => cost);
    case "medical-allowance":
      return after(
        facts.month && addMonths(monthStart(facts.month), 1),
        ({ allowance }) => allowance,
      );
    case "survivor-pension":
    case "survivor-lump-sum":
    case "funeral":
      return after(facts.diedOn && addDays(facts.diedOn, 1), (of) =>
        facts.decidedBefore ? of.deathAfterDecision : of.death,
      );
    default:
      return undefined;
  }
}

/** The last day of a time of years that begins with a day: the one before the day of its name, or the month's last where there is none (民法第143条第2項). */
function lastDayOf(start: IsoDate, years: number): IsoDate {
  const end = addYears(start, years);
  return end.endsWith(start.slice(7)) ? addDays(end, -1) : end;
}
