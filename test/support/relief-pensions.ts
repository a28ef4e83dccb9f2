import { addMonths, type IsoDate, monthStart } from "#workflows/dates/iso-date.ts";
import { sharesOf, survivorRanks } from "#workflows/vaccination/relief/survivors.ts";

type SurvivorRank = keyof typeof survivorRanks;

// What the database does in 74-relief-benefits.sql, said once more in the rules: tests hold the two against each other.

const TERM = 120;
const MOST_DEDUCTED = 84;

/**
 * For how many months 遺族年金 is paid: ten years, less the time for which 障害年金 was paid for the same harm, of which at most seven
 * years are taken off (予防接種法施行令第24条). So never fewer than three years.
 *
 * @param disabilityMonths months for which 障害年金 was paid to whoever died
 */
export const survivorTerm = (disabilityMonths: number): number =>
  TERM - Math.min(Math.max(0, disabilityMonths), MOST_DEDUCTED);

const inOrder = Object.keys(survivorRanks) as SurvivorRank[];

/** The rank that is due: the first one of which somebody is left; nothing where nobody is. */
export const dueRank = (ranks: readonly SurvivorRank[]): SurvivorRank | undefined =>
  inOrder.find((rank) => ranks.includes(rank));

/** The last month of a 遺族年金 that begins in a month, as its first day. */
export const lastSurvivorMonth = (from: IsoDate, disabilityMonths: number): IsoDate =>
  monthStart(addMonths(monthStart(from), survivorTerm(disabilityMonths) - 1));

/** What holds of a pension from a month on, as it was decided. */
export interface PensionTerm {
  /** First day of the month. */
  readonly from: IsoDate;
  readonly grade: number;
  readonly homeCare: boolean;
  /** What others pay in a year for the same, yen. */
  readonly otherBenefits: number;
}

/** A pension as it is reckoned. Months are written as their first day. */
export interface Pension {
  readonly id: string;
  readonly from: IsoDate;
  /** Its last month, where it has one: by its term, or since it ended. */
  readonly last?: IsoDate | undefined;
  /** In the order in which they were decided; of two for one month the later holds. */
  readonly terms: readonly PensionTerm[];
}

/** The term that holds in a month. */
export function termIn({ terms }: Pick<Pension, "terms">, month: IsoDate): PensionTerm | undefined {
  let found: PensionTerm | undefined;
  for (const term of terms)
    if (term.from <= month && (!found || term.from >= found.from)) found = term;
  return found;
}

/** Whether it runs in a month. */
const runs = ({ from, last }: Pick<Pension, "from" | "last">, month: IsoDate): boolean =>
  from <= month && (last === undefined || month <= last);

/** What a year comes to under a term in a month, yen; nothing where an amount is not known. */
export type YearlyOf = (term: PensionTerm, month: IsoDate) => number | undefined;

/**
 * What is due of a pension in a month: a twelfth of the year, whole yen, divided among those of its group that run in the month
 * (survivors of one rank). Whose part is withheld (差止め) runs on: the others get no more by it.
 *
 * @param group all pensions that share, in the order of their shares; of all other pensions it alone
 * @returns nothing where an amount is not known
 */
export function dueIn(
  pension: Pension,
  group: readonly Pension[],
  month: IsoDate,
  yearly: YearlyOf,
): number | undefined {
  const term = termIn(pension, month);
  if (!term || !runs(pension, month)) return 0;
  const year = yearly(term, month);
  if (year === undefined) return undefined;
  const sharing = group.filter((one) => runs(one, month));
  const place = sharing.findIndex(({ id }) => id === pension.id);
  return sharesOf(Math.floor(year / 12), sharing.length)[place] ?? 0;
}

/** What a run pays of a pension. */
export interface PensionPayment {
  /** Months whose amount differs from what was paid of them, with the difference. */
  readonly months: readonly { readonly month: IsoDate; readonly amount: number }[];
  /** What they come to; below 0 where too much was paid. */
  readonly amount: number;
}

/**
 * What is to be paid of a pension up to a month, with it: of each month what is due less what was paid. So a grade that changed for
 * months that were paid already is put right by the same reckoning, and nothing is paid twice.
 *
 * @param paid yen by month
 * @returns nothing where an amount is not known for one of the months
 */
export function paymentUpTo(
  pension: Pension,
  group: readonly Pension[],
  upTo: IsoDate,
  paid: ReadonlyMap<IsoDate, number>,
  yearly: YearlyOf,
): PensionPayment | undefined {
  const months: { month: IsoDate; amount: number }[] = [];
  for (let month = pension.from; month <= upTo; month = monthStart(addMonths(month, 1))) {
    const due = dueIn(pension, group, month, yearly);
    if (due === undefined) return undefined;
    const amount = due - (paid.get(month) ?? 0);
    if (amount !== 0) months.push({ month, amount });
  }
  return { months, amount: months.reduce((sum, { amount }) => sum + amount, 0) };
}
