import type { IsoMonth } from "#workflows/dates/iso-date.ts";

/** How somebody was treated: 通院, 入院, 薬局 (調剤). */
export const visitWays = { outpatient: "通院", inpatient: "入院", pharmacy: "薬局" } as const;
export type VisitWay = keyof typeof visitWays;

/** What one institution certifies of a month (受診証明書): on which days, and what was paid. Amounts are whole yen. */
export interface Visit {
  /** The same for the same institution. */
  readonly institution: string;
  readonly month: IsoMonth;
  readonly way: VisitWay;
  /** Days of the month, 1 to 31. */
  readonly days: readonly number[];
  /** 自己負担額. */
  readonly paid: number;
  /** 入院時食事療養標準負担額等. */
  readonly meals: number;
  /** What others gave of it already: 高額療養費, 附加給付, 医療費助成. */
  readonly reimbursed: number;
  /** Whether care of this kind would have called for a stay (入院相当), of B類. */
  readonly hospitalEquivalent: boolean;
}

/** Days that count for 医療手当. */
export interface CountedDays {
  readonly outpatient: number;
  readonly inpatient: number;
}

/**
 * Days of a month for 医療手当 (予防接種健康被害救済制度の手引き, domain-facts-2 §A5): calendar days; several institutions on one day are
 * one; a day with a stay and a visit counts as one of the stay alone; a pharmacy's day does not count. The order of the visits
 * and how they are spread over certificates make no difference.
 */
export function countDays(visits: readonly Pick<Visit, "way" | "days">[]): CountedDays {
  const of = (way: VisitWay) => new Set(visits.flatMap((one) => (one.way === way ? one.days : [])));
  const inpatient = of("inpatient");
  return {
    outpatient: of("outpatient").difference(inpatient).size,
    inpatient: inpatient.size,
  };
}

/** What of the visits counts in a class: of B類 the care for which somebody has, or would have, stayed (予防接種法第16条第2項第1号). */
export const visitsThatCount = <V extends Pick<Visit, "way" | "hospitalEquivalent">>(
  inB: boolean,
  visits: readonly V[],
): V[] => visits.filter((one) => !inB || one.way === "inpatient" || one.hospitalEquivalent);

/** The days written as `1,3,5-9`, in order and once; nothing where something is no day of a month. */
export function readDays(text: string, last: number): number[] | undefined {
  const found = new Set<number>();
  for (const part of text
    .normalize("NFKC")
    .replaceAll(/[〜～‐–−ー]/gu, "-")
    .split(/[,、・\s]+/u)
    .filter(Boolean)) {
    const [, from, to] = /^(\d{1,2})(?:[-~](\d{1,2}))?$/u.exec(part) ?? [];
    const [first, end] = [Number(from), Number(to ?? from)];
    if (!(first >= 1 && end >= first && end <= last)) return undefined;
    for (let day = first; day <= end; day += 1) found.add(day);
  }
  return [...found].toSorted((a, b) => a - b);
}

/** Days as they are written: `1、3、5〜9`. */
export function writeDays(days: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const day of days.toSorted((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last && day === last[1] + 1) last[1] = day;
    else parts.push([day, day]);
  }
  return parts
    .map(([from, to]) =>
      from === to ? `${from}` : to === from + 1 ? `${from}、${to}` : `${from}〜${to}`,
    )
    .join("、");
}
