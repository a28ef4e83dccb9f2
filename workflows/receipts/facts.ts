import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { type CareKind, careKinds } from "#workflows/medical/copay-plan.ts";
import type { HighCostCategory } from "#workflows/medical/high-cost.ts";

/** What a receipt is for: medical care, or a service of 介護保険 that a fund pays for too (介護レセプト). */
export const receiptCares = { ...careKinds, "long-term-care": "介護サービス" } as const;
export type ReceiptCare = keyof typeof receiptCares;

/** A public fund on a receipt, in its order. */
export interface FundFacts {
  /** 公費負担者番号 */
  readonly payer: string;
  /** 受給者番号 as it is written; null where it is no number at all. */
  readonly recipient: string | null;
  readonly days: number | null;
  /** Points that the fund covers; null where the receipt does not say. */
  readonly points: number | null;
  /** 負担金額: what the patient bears under the fund, in yen; null where it is left empty. */
  readonly copay: number | null;
}

/** Something that was wrong with a receipt as it was read, without its values. */
export interface ReadFault {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
}

/** A receipt as any file may tell it: what is needed to judge it and to calculate, without name and diagnosis. */
export interface ReceiptFacts {
  /** Line of the file on which it begins. */
  readonly line: number;
  /** レセプト番号 within its institution. */
  readonly number: number | null;
  readonly searchNumber: string | null;
  /** Ten digits: prefecture, point table, code. */
  readonly institution: string | null;
  readonly institutionName: string;
  readonly claimMonth: IsoMonth | null;
  readonly treatmentMonth: IsoMonth | null;
  readonly care: ReceiptCare | null;
  /** レセプト種別, four digits. */
  readonly type: string | null;
  readonly birth: IsoDate | null;
  readonly insurer: string | null;
  /** Tenths that the insurance pays; 0 where there is none. */
  readonly insuranceTenths: number;
  readonly highCostCategory: HighCostCategory | null;
  readonly multiple: boolean;
  readonly days: number | null;
  /** Points of the receipt as a whole. */
  readonly points: number;
  readonly funds: readonly FundFacts[];
  readonly faults: readonly ReadFault[];
  /** What only some layouts tell; a UKE of 医科 tells none of it. */
  readonly more?: MoreFacts | undefined;
}

/** What the examining body states beside points and 負担金額. */
export interface MoreFacts {
  /** 回数. */
  readonly times: number | null;
  /** レセプト区分, the code as it is written. */
  readonly receiptClass: string | null;
  /** 件数: for how many receipts the row stands. */
  readonly count: number | null;
  /** 医療保険負担額 (or that of 介護保険), 公費負担額, yen. */
  readonly insurerPays: number | null;
  readonly fundPays: number | null;
  /** 市区町村補助額: what a subsidy of a city takes over of what the person would pay, yen. */
  readonly municipalSubsidy: number | null;
  /** 介護サービス種類コード, and 費用総額 in yen: a unit of 介護保険 is worth more than ten yen in most places. */
  readonly serviceCode: string | null;
  readonly cost: number | null;
}

/** レセプト種別 taken apart: kind of care and share of the insurance. */
export function readType(type: string): { care: CareKind; insuranceTenths: number } | undefined {
  const [table = "", insurance = "", , age = ""] = type;
  if (!/^\d[1-4][1-5]\d$/.test(type)) return undefined;
  const care =
    table === "4"
      ? "pharmacy"
      : table === "6"
        ? "home-nursing"
        : Number(age) % 2 === 1
          ? "inpatient"
          : "outpatient";
  return { care, insuranceTenths: tenthsOf(insurance, age) };
}

/** Before school age and from 70 on (general) eight tenths, of 後期高齢者 nine, without insurance none, otherwise seven. */
function tenthsOf(insurance: string, age: string): number {
  if (insurance === "2") return 0;
  if (age === "9" || age === "0") return 7;
  if (insurance === "3") return 9;
  return "3478".includes(age) ? 8 : 7;
}

const CATEGORY_OF_NOTE: Readonly<Record<string, HighCostCategory>> = {
  "26": "ア",
  "27": "イ",
  "28": "ウ",
  "29": "エ",
  "30": "オ",
  "31": "ア",
  "32": "イ",
  "33": "ウ",
  "34": "エ",
  "35": "オ",
};

/** 適用区分 and 多数回 from the 特記事項 (26 to 30, 31 to 35 for the fourth time and later). */
export function readNotes(notes: readonly string[]): {
  highCostCategory: HighCostCategory | null;
  multiple: boolean;
} {
  const note = notes.find((one) => one in CATEGORY_OF_NOTE);
  return {
    highCostCategory: (note && CATEGORY_OF_NOTE[note]) || null,
    multiple: note !== undefined && note > "30",
  };
}
