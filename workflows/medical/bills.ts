import { divideHalfUp } from "#workflows/money/rounding.ts";
import type { CareKind, ClaimChannel, InsurerGroup } from "./copay-plan.ts";
import type { FundPart } from "./public-funds.ts";

/** Why no subsidy is paid for a bill at all. */
export const exclusions = {
  "school-accident": "学校管理下のけが(災害共済給付)",
  "third-party": "第三者の行為による傷病",
  "work-accident": "業務・通勤による傷病(労災)",
} as const;

/** One visit or day of care. */
export interface Visit {
  /** Day of the month, 1 to 31. */
  readonly day: number;
  readonly points: number;
}

/** What an institution asks for a person's care in a month: a receipt, a row of a claim, or a bill that the person paid. */
export interface SubsidyBill {
  /** The caller's own name for it; comes back with the part it went into. */
  readonly id?: string | undefined;
  /** 医療機関コード, or whatever tells institutions apart. */
  readonly institution: string;
  readonly kind: CareKind;
  /** 歯科: counted apart from 医科 of the same institution. */
  readonly dental?: boolean | undefined;
  /** Of a pharmacy: the institution that prescribed (処方箋発行医療機関). */
  readonly prescriber?: string | undefined;
  /** The insurer's number and kind; bills of two insurers (a change in the month) are never added up. */
  readonly insurer?: string | undefined;
  readonly insurerGroup?: InsurerGroup | undefined;
  readonly points: number;
  /** Tenths that the insurance pays: 7, 8 or 9. */
  readonly insuranceTenths: number;
  /** Visits or days in the month. */
  readonly times: number;
  /** The visits one by one, where they are known. */
  readonly visits?: readonly Visit[] | undefined;
  /** 附加給付, yen. */
  readonly additionalBenefit?: number | undefined;
  /** Other public funds by payer; `points` of a part: what of the bill it covers, all where it isn't set. */
  readonly funds?: readonly (FundPart & { readonly points?: number | undefined })[] | undefined;
  /** What other public funds pay, where only the sum is known, yen. */
  readonly otherPublic?: number | undefined;
  /** 薬剤一部負担金 within the person's share, yen. */
  readonly drugCopay?: number | undefined;
  /** 食事療養標準負担額 of the month in yen, and the days with meals. */
  readonly meals?: number | undefined;
  readonly mealDays?: number | undefined;
  /** 選定療養 (長期収載品 and others): outside insurance and subsidy, yen. */
  readonly selectedCare?: number | undefined;
  readonly exclusion?: keyof typeof exclusions | undefined;
  readonly outsidePrefecture?: boolean | undefined;
  /** False where the certificate was not shown. */
  readonly certificateShown?: boolean | undefined;
  /** 限度額適用認定: the insurer paid what is above the limit of this bill in kind. */
  readonly limitShown?: boolean | undefined;
  /** How it reached the city, where it did. */
  readonly channel?: ClaimChannel | undefined;
}

/** Bills of one institution, kind and insurer in the month, added up: the law knows one receipt a month of them. */
export interface Part {
  readonly key: string;
  /** The part whose prescription this pharmacy filled, and what is looked at with it: 21,000 yen and the limits. */
  readonly groupKey: string;
  readonly first: SubsidyBill;
  readonly bills: readonly SubsidyBill[];
  readonly cost: number;
  /** Of the cost, what is left by the insurance. */
  readonly share: number;
}

function keyOf(bill: SubsidyBill, institution: string, kind: CareKind): string {
  return JSON.stringify([
    institution,
    kind,
    bill.dental === true,
    bill.insurer ?? "",
    bill.insurerGroup ?? "",
    bill.insuranceTenths,
    bill.exclusion ?? "",
  ]);
}

/** The cost of points, and what of it the insurance leaves, yen. */
export function costOf(points: number, tenths: number, yenPerPoint: number) {
  const cost = points * yenPerPoint;
  return { cost, share: divideHalfUp(cost * (10 - tenths), 10) };
}

/** The bills as parts, in an order that doesn't depend on theirs. */
export function partsOfMonth(bills: readonly SubsidyBill[], yenPerPoint: number): Part[] {
  const byKey = new Map<string, SubsidyBill[]>();
  for (const bill of bills) {
    const key = keyOf(bill, bill.institution, bill.kind) + (bill.prescriber ?? "");
    const found = byKey.get(key);
    if (found) found.push(bill);
    else byKey.set(key, [bill]);
  }
  return [...byKey]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, bills]) => {
      const [first] = bills;
      if (!first) return [];
      const groupKey =
        first.kind === "pharmacy" && first.prescriber !== undefined
          ? keyOf(first, first.prescriber, "outpatient")
          : key;
      const points = sum(bills, (bill) => bill.points);
      return [
        { key, groupKey, first, bills, ...costOf(points, first.insuranceTenths, yenPerPoint) },
      ];
    });
}

/** Parts that are looked at together, by their group, in the order of the groups. */
export function groupsOf(parts: readonly Part[]): Part[][] {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const found = groups.get(part.groupKey);
    if (found) found.push(part);
    else groups.set(part.groupKey, [part]);
  }
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** The sum of a figure over a list; nothing counts as 0. */
export function sum<T>(items: readonly T[], figure: (item: T) => number | undefined): number {
  return items.reduce((total, item) => total + (figure(item) ?? 0), 0);
}

/** Parts an amount by weights, to the yen: whole parts first, then one yen each by the largest fraction. No part is above its weight. */
export function apportion(amount: number, weights: readonly number[]): number[] {
  const all = BigInt(sum(weights, (weight) => weight));
  if (all === 0n || amount === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => BigInt(weight) * BigInt(amount));
  const parts = exact.map((product) => Number(product / all));
  let rest = amount - sum(parts, (part) => part);
  const order = exact
    .map((product, index) => ({ index, fraction: product % all }))
    .toSorted((a, b) =>
      a.fraction === b.fraction ? a.index - b.index : a.fraction < b.fraction ? 1 : -1,
    );
  for (const { index } of order) {
    if (rest <= 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    rest -= 1;
  }
  return parts;
}
