import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import { citeRow, type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";
import type { Tier } from "./caps.ts";

/** 公費負担者番号 of a city or prefecture for 特定医療費, eight digits each, as it was given them. */
export interface PayerNumbers {
  /** 原則. */
  readonly ordinary: string;
  /** 生活保護: of those on welfare who have no insurance of an employer. */
  readonly welfare: string;
}

/** What of a person decides the number. */
export interface PayerFacts {
  readonly tier: Tier;
  /** Insured by an employer (被用者保険), or a dependant of such a person. */
  readonly employeeInsurance: boolean;
}

/** 法別番号 of 特定医療費. */
const LAW_NUMBER = "54";

/** What is against a number as 公費負担者番号 of 特定医療費; nothing where it is one. */
export function payerNumberFault(value: string): string | undefined {
  const { valid, normalized } = checkNumber("public-payer", value);
  if (!valid) return "検証番号を含む8桁の公費負担者番号ではありません。";
  if (!normalized.startsWith(LAW_NUMBER)) return "法別番号が54ではありません。";
  return undefined;
}

/** Of the two, the number that a certificate for the person carries. */
export const payerNumberOf = (
  { ordinary, welfare }: PayerNumbers,
  { tier, employeeInsurance }: PayerFacts,
): string => (tier === "生活保護" && !employeeInsurance ? welfare : ordinary);

/**
 * 公費負担者番号 of a person on a day. It follows from the person, not from the city alone: who begins or ends to be on welfare,
 * or changes the insurance, gets another certificate.
 *
 * @throws MissingParameterError where the city has no numbers for the day
 */
export function payerNumberOn(
  numbers: DatedParameter<PayerNumbers>,
  on: IsoDate,
  person: PayerFacts,
): { payerNumber: string; basis: string[] } {
  const row = rowOn(numbers, on);
  return { payerNumber: payerNumberOf(row.value, person), basis: [citeRow(numbers, row)] };
}
