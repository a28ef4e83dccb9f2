import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import type { CopayPlan } from "#workflows/medical/copay-plan.ts";
import { publicFundOrder } from "#workflows/medical/public-funds.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import {
  type DatedReceipt,
  type ExpectedReceipt,
  expectedAmounts,
  type ReceiptAmounts,
} from "./expected.ts";
import type { FundFacts, ReadFault, ReceiptFacts } from "./facts.ts";
import type { ReceiptFaultCode } from "./faults.ts";

/** What a 事務 settles of its receipts. */
export interface ReceiptPlan {
  readonly program: string;
  /** Which of its entitlements pays: `medical`. */
  readonly entitlementKind: string;
  /** 公費負担者番号 under which it pays. */
  readonly payers: DatedParameter<readonly string[]>;
  /** 一部負担金; nothing where none is registered, and then nothing is compared. */
  readonly copay?: DatedParameter<CopayPlan> | undefined;
  /** How the 事務 reckons a receipt, where no plan of 一部負担金 does. */
  readonly reckon?: ((facts: DatedReceipt, fund: FundFacts) => ExpectedReceipt) | undefined;
}

/** From how many points on a receipt is looked at by people, whatever else it says. */
export interface ReceiptLimits {
  readonly pointsHigh: number;
}

/** Something against a receipt; `field` and `reason` say where the file itself is at fault. */
export interface JudgedFault {
  readonly code: ReceiptFaultCode;
  readonly line: number;
  readonly field?: string;
  readonly reason?: string;
}

/** A receipt judged by itself: whose it may be, its amounts, and what is against it. */
export interface JudgedReceipt {
  readonly program: string | null;
  readonly entitlementKind: string | null;
  readonly fund: FundFacts | null;
  readonly otherFunds: readonly string[];
  readonly amounts: ReceiptAmounts;
  readonly copayStated: number;
  readonly copayExpected: number | null;
  readonly faults: readonly JudgedFault[];
}

const nothing: ReceiptAmounts = {
  totalCost: 0,
  insured: 0,
  highCost: 0,
  additionalBenefit: 0,
  otherPublic: 0,
  subsidy: 0,
  patientPays: 0,
};

const current = <T>(parameter: DatedParameter<T> | undefined, on: IsoDate): T | undefined =>
  parameter?.rows.find(({ from, to }) => from <= on && (to === undefined || on <= to))?.value;

/**
 * Judges a receipt by itself: format, payer, months, order of the funds, amounts. Whose number it is, entitlement and
 * duplicates are found by the database, which knows them.
 *
 * @param claimMonth 請求年月 of the file in which it came
 */
export function judgeReceipt(
  facts: ReceiptFacts,
  plans: readonly ReceiptPlan[],
  limits: ReceiptLimits,
  claimMonth: IsoMonth,
): JudgedReceipt {
  const { treatmentMonth } = facts;
  const faults: JudgedFault[] = facts.faults.map((fault) => ({ ...fault, code: codeOf(fault) }));
  const against = (code: ReceiptFaultCode) => faults.push({ code, line: facts.line });
  const on: IsoDate = `${treatmentMonth ?? claimMonth}-01` as IsoDate;
  const ours = facts.funds.flatMap((fund) => {
    const plan = plans.find((one) => current(one.payers, on)?.includes(fund.payer));
    return plan ? [{ plan, fund }] : [];
  });
  const chosen = ours.at(-1);
  const fund = chosen?.fund ?? facts.funds.at(-1) ?? null;
  const otherFunds = facts.funds.filter((one) => one !== fund).map(({ payer }) => payer);
  if (!chosen) against("payer-unknown");
  if (ours.length > 1) against("two-subsidies");
  if (treatmentMonth && treatmentMonth >= claimMonth) against("future-month");
  if (facts.claimMonth && facts.claimMonth !== claimMonth) against("claim-month-differs");
  if (facts.points > limits.pointsHigh) against("points-high");
  if (facts.funds.length > 1 && !inOrder(facts.funds.map(({ payer }) => payer)))
    against("fund-order");
  const judged = {
    program: chosen?.plan.program ?? null,
    entitlementKind: chosen?.plan.entitlementKind ?? null,
    fund,
    otherFunds,
    copayStated: fund?.copay ?? 0,
  };
  if (!chosen || !treatmentMonth)
    return { ...judged, amounts: nothing, copayExpected: null, faults };
  const { reckon } = chosen.plan;
  if (facts.care === "long-term-care" && !reckon) against("long-term-care");
  const dated = { ...facts, treatmentMonth };
  const expected = reckon
    ? reckon(dated, chosen.fund)
    : expectedAmounts(dated, chosen.fund, current(chosen.plan.copay, on));
  const { amounts } = expected;
  if (judged.copayStated > amounts.totalCost) against("copay-above-cost");
  else if (expected.faults) for (const code of expected.faults) against(code);
  else if (expected.copay === null) against("copay-unknown");
  else if (expected.copay !== judged.copayStated) against("copay-differs");
  if (expected.refunded) against("refund-due");
  if (expected.categoryMissing) against("category-missing");
  return { ...judged, amounts, copayExpected: expected.copay, faults };
}

const inOrder = (payers: readonly string[]): boolean =>
  publicFundOrder(payers).every((payer, at) => payer === payers[at]);

/** Faults of the format that leave the receipt as readable as before. */
const REMARKS = new Set([
  "改行",
  "レセプト番号",
  "特記事項",
  "負担者種別",
  // Whether there is such a number is told by what is registered, not by its digits.
  "公費受給者番号",
  "公費負担者番号",
]);
/** Those about which somebody has to decide. */
const DOUBTS = new Set([
  "レセプト種別",
  "保険者番号",
  "被保険者証等の番号",
  "レコード識別情報",
  "男女区分",
  "診療実日数",
]);

const codeOf = ({ field }: ReadFault): ReceiptFaultCode =>
  REMARKS.has(field) ? "format-remark" : DOUBTS.has(field) ? "format-doubtful" : "format-blocked";
