import { borneOf, type ClaimReceipt, roundingOf, shareOf } from "#workflows/claims/receipt.ts";
import {
  linesOf,
  type RefundedReceipt,
  type RefundMonth,
  type SettledCare,
} from "#workflows/claims/refund.ts";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { apportion, sum } from "#workflows/medical/bills.ts";
import type { HighCostCategory } from "#workflows/medical/high-cost.ts";
import { classFrom70, isFrom70 } from "./from-70.ts";
import { intractableMonth } from "./month.ts";

/** What the certificate of the month says, and of the person what the classes of 高額療養費 follow from. */
export interface RefundTerms {
  readonly cap: number;
  /** 適用区分 of the certificate; nothing while the insurer has not answered. */
  readonly limitCategory?: HighCostCategory | undefined;
  readonly birth?: IsoDate | undefined;
}

/** The lowest limit of all classes below 70 (区分オ、多数回該当): below it no class changes anything. */
const LOWEST_LIMIT = 24_600;

/**
 * 償還払い of a person's month: what they paid at designated institutions without the certificate, less what they would have paid
 * with it, which is two tenths up to what is left of the cap. What they paid under 54 in the month, by receipts or after earlier
 * refunds, counts towards the cap. 高額療養費 is the insurer's and is never refunded, claimed or not.
 *
 * @param counted of one month, those that may be refunded
 * @throws MissingParameterError where no limit of the class holds in the month
 */
export function refundUnderCap(
  month: IsoMonth,
  counted: readonly ClaimReceipt[],
  settled: readonly SettledCare[],
  terms: RefundTerms,
): RefundMonth {
  const basis = new Set<string>();
  const paidBefore = sum(settled, paidUnder54);
  let paid = paidBefore;
  let categoryMissing = false;
  const groups = [...Map.groupBy(counted.toSorted(inOrder), groupOf).values()];
  const receipts = groups.flatMap((some): RefundedReceipt[] => {
    const [first] = some;
    if (!first) return [];
    const category = categoryOf(month, first, terms);
    const cost = sum(some, (one) => one.cost);
    const weights = some.map(shareOf);
    if (category === undefined && first.insuranceTenths > 0)
      categoryMissing ||= sum(weights, (yen) => yen) > LOWEST_LIMIT;
    const found = intractableMonth([{ total: cost, covered: cost }], {
      month,
      category,
      multiple: some.some(({ multiple }) => multiple),
      cap: terms.cap,
      paidBefore: paid,
      insuranceTenths: first.insuranceTenths,
    });
    paid += found.coveredShare;
    for (const line of found.basis) basis.add(line);
    const left = apportion(found.coveredShare + found.publicPays, weights);
    const shares = apportion(found.coveredShare, left);
    return some.map((one, index) => {
      const [own = 0, share = 0] = [left[index], shares[index]];
      const bore = borneOf(one);
      // Tens of yen at the counter are refunded; what is above the insurer's limit is not.
      const counts = bore <= own + roundingOf(one) ? bore : own;
      const amount = Math.max(0, counts - share);
      const highCost = (weights[index] ?? 0) - own;
      return {
        number: one.number,
        amount,
        highCost,
        lines: linesOf(
          one,
          { highCost, copay: share, copayTitle: "特定医療費の自己負担", meals: 0 },
          amount,
        ),
      };
    });
  });
  return {
    receipts: receipts.toSorted((a, b) => a.number - b.number),
    total: sum(receipts, ({ amount }) => amount),
    overpaid: 0,
    categoryMissing: categoryMissing && !counted.some(({ highCost }) => highCost > 0),
    basis: [...basis],
  };
}

/** What the person paid of care of the month that was settled already. */
function paidUnder54(one: SettledCare): number {
  const { inKind, highCost, otherPublic, subsidy, paid, reimbursed, additionalBenefit } = one;
  const bore = inKind
    ? shareOf(one) - highCost - otherPublic
    : paid - reimbursed - highCost - additionalBenefit - otherPublic;
  return Math.max(0, bore - subsidy);
}

/** Institution, 入院 or not, 歯科 or not; a pharmacy with who prescribed, where that is known. */
const groupOf = ({ institution, care, prescriber }: ClaimReceipt) =>
  JSON.stringify([
    care === "pharmacy" ? (prescriber ?? institution) : institution,
    care === "inpatient",
    care === "dental",
  ]);

function categoryOf(
  month: IsoMonth,
  { category, care, insurerGroup }: ClaimReceipt,
  { limitCategory, birth }: RefundTerms,
): HighCostCategory | undefined {
  if (category !== undefined || limitCategory === undefined) return category;
  return isFrom70(month, { birth, elderly: insurerGroup === "elderly" })
    ? classFrom70(limitCategory, care === "inpatient")
    : limitCategory;
}

/** By day, and then in an order that does not depend on how they came. */
function inOrder(a: ClaimReceipt, b: ClaimReceipt): number {
  const key = ({ day = 99, institution, care, cost, paid }: ClaimReceipt) =>
    JSON.stringify([String(day).padStart(2, "0"), institution, care, cost, paid]);
  const [first, second] = [key(a), key(b)];
  return first < second ? -1 : first > second ? 1 : a.number - b.number;
}
