import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { apportion, type SubsidyBill, sum } from "#workflows/medical/bills.ts";
import type { CopayPlanRows } from "#workflows/medical/copay-plan.ts";
import {
  type SubsidyMonth,
  type SubsidyPerson,
  subsidyOfMonth,
} from "#workflows/medical/subsidy-month.ts";
import type { AmountStep } from "#workflows/money/rounding.ts";
import { rowOn } from "#workflows/parameters/dated.ts";
import { borneOf, type ClaimReceipt, careKindOf, roundingOf, shareOf } from "./receipt.ts";

/** What was paid already for the person in the month: in kind by a レセプト, or by another claim. */
export type SettledCare = Pick<
  ClaimReceipt,
  | "institution"
  | "care"
  | "cost"
  | "insuranceTenths"
  | "times"
  | "paid"
  | "reimbursed"
  | "highCost"
  | "additionalBenefit"
  | "otherPublic"
  | "meals"
  | "mealDays"
  | "prescriber"
> & { readonly inKind: boolean /** What the city paid, yen. */; readonly subsidy: number };

/** What is refunded for a receipt, and how that comes about: the lines add up to the amount. */
export interface RefundedReceipt {
  readonly number: number;
  readonly amount: number;
  readonly lines: readonly AmountStep[];
  /** 高額療養費 that the rules find to fall on it. */
  readonly highCost: number;
}

/** A person's month with the receipts of a claim. */
export interface RefundMonth {
  readonly receipts: readonly RefundedReceipt[];
  readonly total: number;
  /** What was paid above what is due for the month by now; to be asked back, never taken off silently. */
  readonly overpaid: number;
  /** 高額療養費 could be due, and neither class nor amount is known. */
  readonly categoryMissing: boolean;
  readonly basis: readonly string[];
}

type Counted = SettledCare & { readonly id: string };

/**
 * What is refunded for the receipts of a person's month: the subsidy of all care of the month by the city's plan, less what was
 * paid for the other care already. So neither the order of receipts nor how they are spread over claims matters. A receipt
 * never gets more than the person bore of it, and never less than 0.
 *
 * @param receipts of one month, those that may be refunded
 * @throws InputError where the plan needs an age or income that is not known, MissingParameterError where no plan holds
 */
export function refundOfMonth(
  month: IsoMonth,
  receipts: readonly ClaimReceipt[],
  settled: readonly SettledCare[],
  plans: CopayPlanRows,
  person: Pick<SubsidyPerson, "birth" | "income">,
): RefundMonth {
  const { yenPerPoint } = rowOn(plans, `${month}-01` as IsoDate).value;
  // Told once for the month, in whatever receipt.
  const group =
    receipts
      .map((one) => one.insurerGroup ?? "")
      .toSorted()
      .at(-1) || undefined;
  const category =
    receipts
      .map((one) => one.category ?? "")
      .toSorted()
      .at(-1) || undefined;
  const about = {
    ...person,
    category: category as SubsidyPerson["category"],
    multiple: receipts.some(({ multiple }) => multiple),
  };
  const own = receipts.toSorted(inOrder).map((one): Counted & ClaimReceipt => ({
    ...one,
    id: `r${one.number}`,
    inKind: false,
    subsidy: 0,
  }));
  const before = settled.map((one, index): Counted => ({ ...one, id: `s${index}` }));
  const reckon = (some: readonly Counted[]): SubsidyMonth | undefined =>
    some.length === 0
      ? undefined
      : subsidyOfMonth(
          month,
          some.toSorted(inOrder).map((one, at) =>
            billOf(one, {
              at: at + 1,
              group,
              category,
              yenPerPoint,
              dental: isDental(one, [...before, ...own]),
            }),
          ),
          plans,
          about,
        );
  const inKind = before.filter((one) => one.inKind);
  const refunded = [...before.filter((one) => !one.inKind), ...own];
  const all = reckon([...before, ...own]);
  if (!all) return { receipts: [], total: 0, overpaid: 0, categoryMissing: false, basis: [] };

  const shares = sharesOf(all, [...before, ...own], (one) => reckon([one])?.copay ?? 0);
  const differenceOf = (one: Counted) => difference(one, shares.get(one.id));
  /** What is due for some care of the month, its parts each by itself: a copay that takes all of one leaves nothing to take. */
  const dueFor = (found: SubsidyMonth | undefined, some: ReadonlyMap<string, Counted>): number =>
    sum(found?.parts ?? [], ({ ids, subsidy }) =>
      Math.max(
        0,
        subsidy +
          sum(ids, (id) => {
            const one = some.get(id);
            return one && subsidy > 0 ? differenceOf(one) : 0;
          }),
      ),
    );
  const due =
    dueFor(all, new Map(refunded.map((one) => [one.id, one]))) -
    dueFor(reckon(inKind), new Map()) -
    sum(
      before.filter((one) => !one.inKind),
      ({ subsidy }) => subsidy,
    );
  const most = own.map((one) => borneOf(one) + (shares.get(one.id)?.meals ?? 0));
  const total = Math.max(
    0,
    Math.min(
      due,
      sum(most, (yen) => yen),
    ),
  );
  const wanted = own.map((one, index) => {
    const { left = 0, copay = 0, meals = 0 } = shares.get(one.id) ?? {};
    const amount = left + differenceOf(one) - copay + meals;
    return Math.max(0, Math.min(amount, most[index] ?? 0));
  });
  const amounts = apportion(total, total <= sum(wanted, (yen) => yen) ? wanted : most);
  const results = own.map((one, index) => {
    const share = shares.get(one.id) ?? { highCost: 0, copay: 0, meals: 0 };
    const amount = amounts[index] ?? 0;
    return {
      number: one.number,
      amount,
      highCost: share.highCost,
      lines: linesOf(one, share, amount),
    };
  });
  const someReceived = [...before, ...own].some((one) => one.highCost > 0);
  return {
    receipts: results.toSorted((a, b) => a.number - b.number),
    total,
    overpaid: Math.max(0, -due),
    categoryMissing: all.categoryMissing && !someReceived,
    basis: all.basis,
  };
}

/**
 * By how much what was paid differs from what the points leave: tens of yen at the counter, and what insurer or fund took over
 * before the person paid (限度額適用認定). What was paid beyond the rounding is no care that is insured.
 */
function difference(one: Counted, share: Share | undefined): number {
  const asked = shareOf(one);
  const off = roundingOf(one);
  const paid = Math.min(one.paid - one.reimbursed, asked + off);
  const bore = paid - one.highCost - one.additionalBenefit - one.otherPublic;
  const left = share?.left ?? 0;
  return bore < left ? bore - left : Math.max(-off, Math.min(paid - asked, off));
}

type Ordered = Pick<
  ClaimReceipt,
  "institution" | "care" | "cost" | "paid" | "times" | "prescriber"
> & {
  readonly inKind?: boolean;
};

/** An order that does not depend on how they came. */
function inOrder(a: Ordered, b: Ordered): number {
  const key = ({ inKind = false, institution, care, cost, paid, times, prescriber }: Ordered) =>
    JSON.stringify([!inKind, institution, care, cost, paid, times, prescriber ?? ""]);
  const [first, second] = [key(a), key(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** 歯科; and a prescription of a dentist, which goes with the dental care of the month. */
function isDental(one: Ordered, all: readonly Ordered[]): boolean {
  if (one.care !== "pharmacy") return one.care === "dental";
  const prescribed = all.filter(({ institution }) => institution === one.prescriber);
  return prescribed.length > 0 && prescribed.every(({ care }) => care === "dental");
}

function billOf(
  one: Counted & Partial<ClaimReceipt>,
  {
    at,
    group,
    category,
    yenPerPoint,
    dental,
  }: {
    /** Its place among the bills of the month. */
    at: number;
    group: string | undefined;
    category: string | undefined;
    yenPerPoint: number;
    dental: boolean;
  },
): SubsidyBill {
  return {
    id: one.id,
    institution: one.institution,
    kind: careKindOf(one.care),
    dental,
    ...(one.care === "pharmacy" && one.prescriber !== undefined
      ? { prescriber: one.prescriber }
      : {}),
    insurerGroup: group as SubsidyBill["insurerGroup"],
    points: one.cost / yenPerPoint,
    insuranceTenths: one.insuranceTenths,
    times: one.times,
    visits: visitsOf(one, one.cost / yenPerPoint, at),
    // Where the class is not known, what the insurer paid stands for it.
    additionalBenefit:
      one.additionalBenefit + (category === undefined && !group ? one.highCost : 0),
    otherPublic: one.otherPublic,
    meals: one.meals,
    mealDays: one.mealDays,
    outsidePrefecture: one.outsidePrefecture,
    certificateShown: one.certificateShown,
    channel: one.inKind ? "receipt" : "refund",
  };
}

/** The visits of a receipt, alike where it is of several; those of no known day are each of a day of its own. */
function visitsOf(one: Counted & Partial<ClaimReceipt>, points: number, at: number) {
  const each = Math.floor(points / one.times);
  return Array.from({ length: one.times }, (_, index) => ({
    day: one.times === 1 && one.day !== undefined ? one.day : at * 100 + index,
    points: index === 0 ? points - each * (one.times - 1) : each,
  }));
}

interface Share {
  /** What insurer and other funds leave of it. */
  readonly left: number;
  readonly highCost: number;
  readonly copay: number;
  readonly meals: number;
}

/** What of the amounts of each part falls on each bill in it, by its share; by `id`. */
function sharesOf(
  month: SubsidyMonth,
  counted: readonly Counted[],
  /** What the copay of a bill would be if it were the only one of the month. */
  copayAlone: (one: Counted) => number,
): ReadonlyMap<string, Share> {
  const byId = new Map(counted.map((one) => [one.id, one]));
  const shares = new Map<string, Share>();
  for (const part of month.parts) {
    const ids = part.ids.toSorted((a, b) => {
      const [first, second] = [byId.get(a), byId.get(b)];
      return first && second ? inOrder(first, second) : 0;
    });
    const weights = ids.map((id) => shareOf(byId.get(id) ?? { cost: 0, insuranceTenths: 10 }));
    const meals = ids.map((id) => byId.get(id)?.meals ?? 0);
    const left = apportion(part.patientBefore, weights);
    const highCost = apportion(part.highCost, weights);
    const alone = ids.map((id, index) => {
      const one = byId.get(id);
      return one && ids.length > 1 ? Math.min(copayAlone(one), left[index] ?? 0) : 0;
    });
    const copay = apportion(part.copay, sum(alone, (yen) => yen) >= part.copay ? alone : left);
    const subsidised = apportion(part.mealsSubsidy, meals);
    ids.forEach((id, index) => {
      shares.set(id, {
        left: left[index] ?? 0,
        highCost: highCost[index] ?? 0,
        copay: copay[index] ?? 0,
        meals: subsidised[index] ?? 0,
      });
    });
  }
  return shares;
}

/** Line by line from 領収額 to what is paid; what is 0 is left out. The lines add up to the amount. */
export function linesOf(
  one: ClaimReceipt,
  share: Pick<Share, "highCost" | "copay" | "meals"> & {
    /** What the copay is called. */
    readonly copayTitle?: string;
  },
  amount: number,
): AmountStep[] {
  const lines: AmountStep[] = [
    { label: "領収額（保険診療分）", amount: one.paid },
    { label: "保険者からの療養費", amount: -one.reimbursed },
    { label: "高額療養費", amount: -Math.max(one.highCost, share.highCost) },
    { label: "附加給付", amount: -one.additionalBenefit },
    { label: "ほかの公費", amount: -one.otherPublic },
    { label: share.copayTitle ?? "一部負担金", amount: -share.copay },
    { label: "食事療養の助成", amount: share.meals },
  ];
  const rest = amount - sum(lines, (line) => line.amount);
  return [...lines, { label: "同じ月の診療との調整・端数", amount: rest }].filter(
    (line) => line.amount !== 0,
  );
}
