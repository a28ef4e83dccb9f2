import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import type { exclusions } from "#workflows/medical/bills.ts";
import type { CareKind, InsurerGroup } from "#workflows/medical/copay-plan.ts";
import type { HighCostCategory } from "#workflows/medical/high-cost.ts";
import { divideHalfUp } from "#workflows/money/rounding.ts";

/** What was paid for, as the clerk chooses it. */
export const claimCares = {
  outpatient: "外来",
  inpatient: "入院",
  dental: "歯科",
  pharmacy: "調剤",
  "home-nursing": "訪問看護",
  appliance: "治療用装具",
} as const;
export type ClaimCare = keyof typeof claimCares;

/** The kind of care by which a plan asks for a copay; 治療用装具 counts as care outside of hospital. */
export const careKindOf = (care: ClaimCare): CareKind =>
  care === "dental" || care === "appliance" ? "outpatient" : care;

/** What can be handed in with a receipt. */
export const claimDocuments = {
  receipt: "領収書",
  certificate: "領収証明書",
  "insurer-decision": "保険者の支給決定通知書",
  doctor: "医師の証明書",
} as const;
export type ClaimDocument = keyof typeof claimDocuments;

/** A receipt (領収書) of a claim as the rules know it; amounts in yen. */
export interface ClaimReceipt {
  /** From 1, in the claim. */
  readonly number: number;
  readonly month: IsoMonth;
  readonly day?: number | undefined;
  readonly paidOn?: IsoDate | undefined;
  /** Tells institutions apart: the code, or a mark of the name. */
  readonly institution: string;
  readonly care: ClaimCare;
  /** 10割. */
  readonly cost: number;
  readonly insuranceTenths: number;
  readonly times: number;
  /** 領収額 for insured care. */
  readonly paid: number;
  readonly meals: number;
  readonly mealDays: number;
  /** 療養費 from the insurer. */
  readonly reimbursed: number;
  readonly highCost: number;
  readonly additionalBenefit: number;
  readonly otherPublic: number;
  readonly insurerGroup?: InsurerGroup | undefined;
  readonly category?: HighCostCategory | undefined;
  readonly multiple: boolean;
  readonly outsidePrefecture: boolean;
  readonly certificateShown: boolean;
  /** Of 調剤: the institution that prescribed (処方箋発行医療機関), as `institution` tells it. */
  readonly prescriber?: string | undefined;
  readonly exclusion?: keyof typeof exclusions | undefined;
  readonly documents: readonly ClaimDocument[];
}

/** 自己負担 of the insured care by points and share, yen. */
export const shareOf = ({
  cost,
  insuranceTenths,
}: Pick<ClaimReceipt, "cost" | "insuranceTenths">) =>
  divideHalfUp(cost * (10 - insuranceTenths), 10);

/**
 * How far 領収額 may lie from the share: an institution asks for tens of yen at each visit (健康保険法第75条: 5円未満は
 * 切り捨て、5円以上10円未満は切り上げ).
 */
export const roundingOf = ({ care, times }: Pick<ClaimReceipt, "care" | "times">) =>
  care === "appliance" ? 1 : 5 * times;

/** What the person bore of the insured care: without what insurer and other funds gave back. Never below 0. */
export const borneOf = (receipt: ClaimReceipt): number =>
  Math.max(
    0,
    receipt.paid -
      receipt.reimbursed -
      receipt.highCost -
      receipt.additionalBenefit -
      receipt.otherPublic,
  );
