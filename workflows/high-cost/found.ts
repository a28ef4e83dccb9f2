import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import { sum } from "#workflows/medical/bills.ts";
import {
  type CareKind,
  type CopayPlanRows,
  type InsurerGroup,
  insurerGroups,
} from "#workflows/medical/copay-plan.ts";
import { type HighCostCategory, highCostLimits } from "#workflows/medical/high-cost.ts";
import {
  type CityBill,
  type HighCostClaim,
  highCostOfCity,
  type MandateRule,
} from "#workflows/medical/high-cost-claim.ts";
import { insurerGroupOf } from "#workflows/medical/insurers.ts";
import { planOfCopays } from "#workflows/medical/subsidy.ts";
import type { AmountStep } from "#workflows/money/rounding.ts";
import { type DatedParameter, MissingParameterError, rowOn } from "#workflows/parameters/dated.ts";

/** A receipt that the city paid, net of what changed it, with what is known of whose household it counts for; yen. */
export interface PaidBill {
  /** Row of the ledger. */
  readonly benefitId: number;
  /** 統合宛名番号 of the insured person where an insurer told it, otherwise of the recipient. */
  readonly household: string;
  readonly insuredKnown: boolean;
  readonly personNumber: string;
  /** Empty where it is not known. */
  readonly insurerNumber: string;
  /** 適用区分 and 多数回 as they were entered with evidence, and as the receipt says them. */
  readonly category: HighCostCategory | null;
  readonly multiple: boolean;
  readonly receiptCategory: HighCostCategory | null;
  readonly receiptMultiple: boolean;
  /** Of the eleven months before, how many had 高額療養費 of this household with this insurer. */
  readonly monthsBefore: number;
  /** How many bills of the household's month the city refunded (償還払い). */
  readonly refunds: number;
  /** Ten digits, the third of which is the point table. */
  readonly institution: string;
  readonly care: CareKind;
  readonly days: number | null;
  readonly totalCost: number;
  readonly insured: number;
  /** What the insurer paid above the limit in kind. */
  readonly highCost: number;
  readonly subsidy: number;
  /** Another public fund pays of it too. */
  readonly otherFunds: boolean;
}

/** What has to be found out before it can be claimed. */
export const missingTitles = {
  insurer: "保険者",
  category: "適用区分",
  household: "同じ被保険者かどうか",
  limit: "限度額（定められていない区分）",
  /** Told by the database alone, as a search is taken over (`high_cost.is_elsewhere`). */
  elsewhere: "同じレセプトを別の世帯で請求している理由",
} as const;
export type Missing = keyof typeof missingTitles;

/** 高額療養費 of a household's month with an insurer, as far as the city knows the receipts. */
export interface FoundMonth {
  readonly household: string;
  readonly insurerNumber: string;
  readonly insurerGroup: InsurerGroup | null;
  /** The recipient by whom it is listed: the one for whom the city paid most. */
  readonly personNumber: string;
  readonly persons: readonly string[];
  readonly category: HighCostCategory | null;
  readonly multiple: boolean;
  readonly amount: number;
  readonly inKind: number;
  readonly ofCity: number;
  readonly ofPerson: number;
  readonly needsMandate: boolean;
  readonly missing: readonly Missing[];
  readonly steps: readonly AmountStep[];
  readonly basis: readonly string[];
  readonly benefitIds: readonly number[];
}

/** From the fourth month within a year on (健康保険法施行令第42条). */
const MULTIPLE_AFTER = 3;
const DENTAL = "3";

const withoutPlan: CopayPlanRows = {
  name: "一部負担金(未登録)",
  rows: [
    { from: "2000-01-01", value: planOfCopays([]), source: "1点10円", certainty: "established" },
  ],
};

/**
 * What is asked of which insurers: what the city has set; a kind of which it has set nothing is asked for a 委任状, since without one
 * nobody but the insured person can ask.
 */
export function askingAllUnset(rule: DatedParameter<MandateRule>): DatedParameter<MandateRule> {
  const needed = Object.fromEntries(
    Object.keys(insurerGroups).map((group) => [group, "needed"]),
  ) as MandateRule;
  return {
    name: rule.name,
    rows: [
      ...(rule.rows.some(({ from }) => from <= "2000-01-01")
        ? []
        : [
            {
              from: "2000-01-01" as const,
              value: needed,
              source: "定めのないものは委任状による",
              certainty: "assumed" as const,
            },
          ]),
      ...rule.rows.map((row) => ({ ...row, value: { ...needed, ...row.value } })),
    ],
  };
}

/** The lowest limit of any class in a month: below it nothing is paid back to anybody. Throws MissingParameterError where none is set. */
export function lowestLimit(month: IsoMonth): number {
  const { value } = rowOn(highCostLimits, `${month}-01`);
  return Math.min(
    ...Object.values(value).flatMap(({ base, multiple }) => [base, multiple ?? base]),
  );
}

/**
 * 高額療養費 that may belong to the city, of people who live together or are known to be dependants of one insured person, for one
 * month and insurer. Each household by itself; where people live together, have the same insurer, and would be added up if they were
 * dependants of the same insured person, that is to be found out. Receipts with another public fund are left out and said to be.
 * Doesn't depend on the order of the bills; never more for the city than it paid.
 */
export function foundInPortion(
  month: IsoMonth,
  bills: readonly PaidBill[],
  plan: CopayPlanRows | undefined,
  rule: DatedParameter<MandateRule>,
): FoundMonth[] {
  const counted = bills
    .filter((bill) => !bill.otherFunds && bill.totalCost > 0)
    .toSorted((a, b) => a.benefitId - b.benefitId);
  const leftOut = bills.length - counted.length;
  const households = [...Map.groupBy(counted, (bill) => bill.household)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const settle = (some: readonly PaidBill[]) => settled(month, some, plan ?? withoutPlan, rule);
  const alone = households.map(([household, some]) => ({ household, some, found: settle(some) }));
  // Without an insurer there is nobody to ask whose dependants they are.
  const unknown = alone.filter(({ some }) =>
    some.every((bill) => !bill.insuredKnown && bill.insurerNumber !== ""),
  );
  const together = unknown.length > 1 ? settle(unknown.flatMap(({ some }) => some)) : undefined;
  const more =
    together !== undefined &&
    together.ofCity + together.ofPerson >
      sum(unknown, ({ found }) => (found ? found.ofCity + found.ofPerson : 0))
      ? together
      : undefined;
  return alone.flatMap((one) => {
    const { household, some, found } = one;
    const asked = more !== undefined && unknown.includes(one);
    if (!found && !asked) return [];
    const result = found ?? nothingAlone(some, more);
    if (!asked && result.amount - result.inKind === 0 && result.missing.length === 0) return [];
    return [
      {
        ...result,
        household,
        missing: asked ? [...result.missing, "household" as const] : result.missing,
        steps: [
          ...result.steps,
          ...(asked
            ? [
                {
                  label: "同居の受給者が同じ被保険者であるときの、合算した高額療養費",
                  amount: more.amount,
                },
              ]
            : []),
          ...(leftOut > 0
            ? [{ label: "計算に入れていない、他の公費を併用するレセプトの件数", amount: leftOut }]
            : []),
          ...((some[0]?.refunds ?? 0) > 0
            ? [
                {
                  label: "計算に入れていない、償還払いの領収書の件数",
                  amount: some[0]?.refunds ?? 0,
                },
              ]
            : []),
        ],
      },
    ];
  });
}

/** One household's month; nothing where no limit is reached. */
function settled(
  month: IsoMonth,
  bills: readonly PaidBill[],
  plan: CopayPlanRows,
  rule: DatedParameter<MandateRule>,
): Omit<FoundMonth, "household"> | undefined {
  const facts = factsOf(bills);
  const base = { ...facts, ...whose(bills), insurerNumber: bills[0]?.insurerNumber ?? "" };
  const cityBills = bills.map((bill) => cityBill(bill, facts.insurerGroup));
  const asked = {
    category: facts.category ?? undefined,
    multiple: facts.multiple,
    // Of a 委任状 the database knows; here it only matters whether one is asked for.
    mandates: [base.insurerNumber],
  };
  let claim: HighCostClaim | undefined;
  try {
    [claim] = highCostOfCity(month, cityBills, plan, asked, rule);
  } catch (error) {
    if (!(error instanceof MissingParameterError)) throw error;
    return {
      ...base,
      ...nothing,
      missing: base.insurerNumber === "" ? ["insurer", "limit"] : ["limit"],
      basis: [error.message],
    };
  }
  if (!claim) return undefined;
  return {
    ...base,
    category: claim.category ?? null,
    amount: claim.amount,
    inKind: claim.inKind,
    ofCity: claim.ofCity,
    ofPerson: claim.ofPerson,
    needsMandate: claim.needsMandate ?? false,
    missing: claim.missing.filter((one) => one !== "mandate"),
    steps: stepsOf(bills, claim),
    basis: claim.basis,
  };
}

const nothing = {
  amount: 0,
  inKind: 0,
  ofCity: 0,
  ofPerson: 0,
  needsMandate: false,
  missing: [] as readonly Missing[],
  steps: [] as readonly AmountStep[],
  basis: [] as readonly string[],
} as const;

function nothingAlone(
  bills: readonly PaidBill[],
  together: Omit<FoundMonth, "household"> | undefined,
): Omit<FoundMonth, "household"> {
  return {
    ...factsOf(bills),
    ...whose(bills),
    insurerNumber: bills[0]?.insurerNumber ?? "",
    ...nothing,
    needsMandate: together?.needsMandate ?? false,
    basis: together?.basis ?? [],
  };
}

function factsOf(bills: readonly PaidBill[]) {
  const first = bills[0];
  const told = bills.find((bill) => bill.category !== null)?.category;
  const said = bills.find((bill) => bill.receiptCategory !== null)?.receiptCategory;
  return {
    insurerGroup: (first && insurerGroupOf(first.insurerNumber)) ?? null,
    category: told ?? said ?? null,
    multiple: bills.some(
      (bill) => bill.multiple || bill.receiptMultiple || bill.monthsBefore >= MULTIPLE_AFTER,
    ),
  };
}

function whose(bills: readonly PaidBill[]) {
  const paid = [...Map.groupBy(bills, (bill) => bill.personNumber)]
    .map(([person, some]) => ({ person, paid: sum(some, (bill) => bill.subsidy) }))
    .toSorted((a, b) => b.paid - a.paid || (a.person < b.person ? -1 : 1));
  return {
    personNumber: paid[0]?.person ?? "",
    persons: paid.map(({ person }) => person).toSorted(),
    benefitIds: bills.map(({ benefitId }) => benefitId),
  };
}

/** The receipt as the rule takes it. Of two people at one institution nothing is one receipt. */
function cityBill(bill: PaidBill, insurerGroup: InsurerGroup | null): CityBill {
  return {
    id: String(bill.benefitId),
    institution: `${bill.institution} ${bill.personNumber}`,
    dental: bill.institution[2] === DENTAL,
    kind: bill.care,
    insurer: bill.insurerNumber === "" ? undefined : bill.insurerNumber,
    insurerGroup: insurerGroup ?? undefined,
    points: Math.round(bill.totalCost / 10),
    insuranceTenths: Math.round((10 * bill.insured) / bill.totalCost),
    times: bill.days ?? 1,
    limitShown: bill.highCost > 0,
    cityPaid: bill.subsidy,
  };
}

function stepsOf(bills: readonly PaidBill[], claim: HighCostClaim): AmountStep[] {
  return [
    { label: "総医療費(10割)", amount: sum(bills, (bill) => bill.totalCost) },
    {
      label: "医療保険の一部負担の額",
      amount: sum(bills, (bill) => bill.totalCost - bill.insured),
    },
    { label: "市が支払った額", amount: sum(bills, (bill) => bill.subsidy) },
    { label: "高額療養費", amount: claim.amount },
    { label: "保険者が現物で給付した額(限度額適用認定)", amount: -claim.inKind },
    { label: "本人が払った分にあたる額", amount: -claim.ofPerson },
    { label: "市が請求できる額", amount: claim.ofCity },
  ];
}
