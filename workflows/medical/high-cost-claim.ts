import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import type { AmountStep } from "#workflows/money/rounding.ts";
import {
  citeRow,
  type DatedParameter,
  MissingParameterError,
  rowOn,
} from "#workflows/parameters/dated.ts";
import { partsOfMonth, type SubsidyBill, sum } from "./bills.ts";
import { type CopayPlanRows, type InsurerGroup, insurerGroups } from "./copay-plan.ts";
import type { HighCostCategory } from "./high-cost.ts";
import { classOf } from "./high-cost-class.ts";
import { highCostOfInsurer } from "./high-cost-month.ts";
import type { SubsidyPerson } from "./subsidy-month.ts";

/** Whether the insurers of a kind pay the city only with the insured person's 委任状. A kind that isn't set is not established. */
export type MandateRule = Readonly<Partial<Record<InsurerGroup, "needed" | "not-needed">>>;

/** A bill of the ledger with what the city paid of it in kind, yen. */
export interface CityBill extends SubsidyBill {
  readonly cityPaid: number;
}

/** What is due from one insurer for a person's month; yen. */
export interface HighCostClaim {
  readonly insurer: string | undefined;
  readonly insurerGroup: InsurerGroup | undefined;
  readonly category: HighCostCategory | undefined;
  /** 高額療養費 of the month as a whole, and what the insurer paid of it in kind (限度額適用認定). */
  readonly amount: number;
  readonly inKind: number;
  /** Of the rest: what stands for the city's own payment, and what the insured person has a right to. */
  readonly ofCity: number;
  readonly ofPerson: number;
  /** Whether the insurer asks for 委任状; nothing while its kind isn't known. */
  readonly needsMandate: boolean | undefined;
  /** What the city may claim now, and what it can't without more. */
  readonly claimable: number;
  readonly remainder: number;
  /** What has to be found out first. */
  readonly missing: readonly ("insurer" | "category" | "mandate")[];
  readonly ids: readonly string[];
  readonly steps: readonly AmountStep[];
  readonly basis: readonly string[];
}

/**
 * 高額療養費 that the city may claim from the insurers for a person's month (B5), found from the bills it paid: institution ×
 * month × in or out, dental apart, a pharmacy with its prescription; below 70 a sum only of 21,000 yen and more each. Insurers
 * that owe nothing don't appear.
 *
 * Throws MissingParameterError where no limit, no plan, or no rule about 委任状 holds for the month and kind of insurer.
 */
export function highCostOfCity(
  month: IsoMonth,
  bills: readonly CityBill[],
  rows: CopayPlanRows,
  person: SubsidyPerson & {
    /** Insurers' numbers for which the insured person's 委任状 is there. */
    readonly mandates?: readonly string[] | undefined;
  },
  mandateRule: DatedParameter<MandateRule>,
): HighCostClaim[] {
  const on = `${month}-01` as IsoDate;
  const row = rowOn(rows, on);
  const counted = bills.filter((bill) => bill.exclusion !== "work-accident");
  const byInsurer = Map.groupBy(
    counted,
    (bill) => `${bill.insurerGroup ?? ""} ${bill.insurer ?? ""}`,
  );
  return [...byInsurer]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, some]) => {
      const { insurer, insurerGroup } = some[0] ?? {};
      const parts = partsOfMonth(some, row.value.yenPerPoint);
      const found = classOf(month, row.value, insurerGroup, person);
      const share = highCostOfInsurer(parts, {
        month,
        multiple: person.multiple ?? false,
        ...found,
      });
      if (share.amount === 0 && !share.categoryMissing) return [];
      const owed = parts.map((part) => {
        const all = share.byPart.get(part.key) ?? 0;
        const inKind = part.bills.some((bill) => bill.limitShown)
          ? Math.min(all, share.perBillByPart.get(part.key) ?? 0)
          : 0;
        const paid = sum(
          some.filter((bill) => part.bills.includes(bill)),
          (bill) => bill.cityPaid,
        );
        return { inKind, due: all - inKind, ofCity: Math.min(all - inKind, paid) };
      });
      const inKind = sum(owed, (part) => part.inKind);
      const ofCity = sum(owed, (part) => part.ofCity);
      const ofPerson = sum(owed, (part) => part.due) - ofCity;
      const needs =
        insurerGroup && ofCity > 0 ? mandateNeeded(mandateRule, insurerGroup, on) : undefined;
      const held = insurer !== undefined && (person.mandates ?? []).includes(insurer);
      const missing = missingOf(
        insurer,
        insurerGroup,
        share.categoryMissing,
        needs?.needed && !held,
      );
      const claimable = missing.length === 0 ? ofCity : 0;
      return [
        {
          insurer,
          insurerGroup,
          category: share.category,
          amount: share.amount,
          inKind,
          ofCity,
          ofPerson,
          needsMandate: needs?.needed,
          claimable,
          remainder: ofCity - claimable,
          missing,
          ids: some.flatMap(({ id }) => (id === undefined ? [] : [id])).toSorted(),
          steps: [
            { label: "高額療養費", amount: share.amount },
            { label: "保険者が現物で給付した額(限度額適用認定)", amount: -inKind },
            { label: "本人に支給される額", amount: -ofPerson },
            { label: "市が請求できる額", amount: claimable },
            { label: "今は請求できない額", amount: ofCity - claimable },
          ],
          basis: [
            ...new Set([
              citeRow(rows, row),
              ...found.basis,
              ...share.basis,
              ...(needs?.basis ?? []),
            ]),
          ],
        },
      ];
    });
}

function mandateNeeded(rule: DatedParameter<MandateRule>, group: InsurerGroup, on: IsoDate) {
  const row = rowOn(rule, on);
  const told = row.value[group];
  if (told === undefined)
    throw new MissingParameterError(`${rule.name}(${insurerGroups[group]})`, on);
  return { needed: told === "needed", basis: [citeRow(rule, row)] };
}

function missingOf(
  insurer: string | undefined,
  group: InsurerGroup | undefined,
  category: boolean,
  mandate: boolean | undefined,
): HighCostClaim["missing"] {
  return [
    ...(insurer === undefined || group === undefined ? (["insurer"] as const) : []),
    ...(category ? (["category"] as const) : []),
    ...(mandate ? (["mandate"] as const) : []),
  ];
}
