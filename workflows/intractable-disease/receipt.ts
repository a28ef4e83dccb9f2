import type { HighCostCategory } from "#workflows/medical/high-cost.ts";
import { divideHalfUp } from "#workflows/money/rounding.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";
import type { DatedReceipt, ExpectedReceipt } from "#workflows/receipts/expected.ts";
import type { FundFacts } from "#workflows/receipts/facts.ts";
import type { ReceiptFaultCode } from "#workflows/receipts/faults.ts";
import { classFrom70, isFrom70 } from "./from-70.ts";
import { intractableMonth } from "./month.ts";

const YEN_PER_POINT = 10;
/** 負担金額 is written in tens of yen by most institutions, in yen by others: not established, so either is right. */
const ROUNDING = 5;

const ELDERLY_LAW_NUMBER = "39";

/** The class of 高額療養費 of a receipt; nothing where it doesn't tell, and none for 介護保険. */
export function categoryOfReceipt(facts: DatedReceipt): HighCostCategory | undefined {
  const { highCostCategory, care } = facts;
  if (highCostCategory === null || care === "long-term-care") return undefined;
  const elderly = facts.insurer?.length === 8 && facts.insurer.startsWith(ELDERLY_LAW_NUMBER);
  if (!isFrom70(facts.treatmentMonth, { birth: facts.birth ?? undefined, elderly }))
    return highCostCategory;
  return classFrom70(highCostCategory, care === "inpatient");
}

/**
 * A receipt of 特定医療費 by itself: what the insurer leaves of the part that 54 covers, what of it the person bears as the
 * receipt states it, and 54 the rest. What the person may bear at most is two tenths, the share, or the limit; less is right
 * where the cap was reached, which only all receipts of the month and the 管理票 tell (the database compares them).
 *
 * Where the limit isn't known, what the examining body states of the insurance stands for it.
 */
export function reckonReceipt(facts: DatedReceipt, fund: FundFacts): ExpectedReceipt {
  const { treatmentMonth: month, insuranceTenths, multiple, more } = facts;
  const points = fund.points ?? facts.points;
  const cost = facts.care === "long-term-care" ? (more?.cost ?? 0) : points * YEN_PER_POINT;
  const reckon = (category: HighCostCategory | undefined) =>
    intractableMonth([{ total: cost, covered: cost }], {
      month,
      category,
      multiple,
      cap: Number.MAX_SAFE_INTEGER,
      insuranceTenths,
    });
  const category = categoryOfReceipt(facts);
  const limited = category === undefined ? undefined : known(() => reckon(category));
  const found = limited ?? reckon(undefined);
  const stated = fund.copay ?? 0;
  const byInsurer = limited ? undefined : (more?.insurerPays ?? undefined);
  const left = byInsurer === undefined ? cost - found.insurerPays : Math.max(0, cost - byInsurer);
  const most = Math.min(found.patientPays, left);
  const patientPays = Math.min(stated, left);
  const insured = cost - divideHalfUp(cost * (10 - insuranceTenths), 10);
  const differs = (told: number | null | undefined, own: number) =>
    told !== null && told !== undefined && Math.abs(told - own) > ROUNDING;
  const faults: ReceiptFaultCode[] = [];
  if (stated > most + ROUNDING) faults.push("copay-differs");
  if (
    (byInsurer === undefined && differs(more?.insurerPays, cost - left)) ||
    differs(more?.fundPays, left - patientPays)
  )
    faults.push("stated-differs");
  return {
    copay: most,
    refunded: false,
    categoryMissing:
      !limited && facts.care !== "long-term-care" && insuranceTenths > 0 && left > LOWEST_LIMIT,
    faults,
    amounts: {
      totalCost: cost,
      insured: Math.min(insured, cost - left),
      highCost: Math.max(0, cost - left - insured),
      additionalBenefit: 0,
      otherPublic: 0,
      subsidy: left - patientPays,
      patientPays,
      municipalSubsidy: more?.municipalSubsidy ?? takenOver(facts, fund, patientPays),
    },
  };
}

/** Below this no limit of any class is reached (70歳以上の低所得、外来). */
const LOWEST_LIMIT = 8_000;

/** 法別番号 of subsidies of cities and prefectures begin so; 生活保護 (12) is none. */
const MUNICIPAL = /^(4[1-8]|8\d|9\d)/;

/** What the fund of a city that stands after ours leaves less to the person. */
function takenOver({ funds }: DatedReceipt, fund: FundFacts, patientPays: number): number {
  const after = funds[funds.indexOf(fund) + 1];
  return after && MUNICIPAL.test(after.payer) ? Math.max(0, patientPays - (after.copay ?? 0)) : 0;
}

/** Nothing where no limit of the class is established for the month. */
function known<T>(reckon: () => T): T | undefined {
  try {
    return reckon();
  } catch (error) {
    if (error instanceof MissingParameterError) return undefined;
    throw error;
  }
}
