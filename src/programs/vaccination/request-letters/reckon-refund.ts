import type { CaseRow } from "#src/platform/cases/index.ts";
import { cityParameterOn, cityParameterRows } from "#src/platform/parameters/index.ts";
import { Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";
import { contractPrices } from "#workflows/vaccination/contract-prices.ts";
import { categoryOf } from "#workflows/vaccination/request-letters/findings.ts";
import type { Payment, RefundRefusal } from "#workflows/vaccination/request-letters/reasons.ts";
import { type RefundOfDose, refundOf } from "#workflows/vaccination/request-letters/refund.ts";
import { refundTerms } from "#workflows/vaccination/request-letters/terms.ts";
import { dosesOfRefund, type ProposedRefund, type RefundDoseRow } from "./refunds.ts";

/** A dose of a claim as it was keyed, and what comes of it. */
export interface ReckonedDose extends RefundOfDose {
  dose: RefundDoseRow;
  /** Numbers of the letters that were in force on the day. */
  letters: readonly string[];
  /** Another claim that waits and names the same dose or receipt. */
  other: string | undefined;
}

export interface ReckonedRefund {
  doses: readonly ReckonedDose[];
  total: number;
  basis: readonly string[];
  /** Where the terms stand: the 要綱 of the city. */
  terms: readonly string[];
}

/**
 * What comes of every dose of a claim, by all that is known today.
 *
 * @throws Problem 503 that names what two people have not set yet: the terms or the prices of the day of a shot
 */
export async function reckonRefund(work: Work, found: CaseRow): Promise<ReckonedRefund> {
  const doses = await dosesOfRefund(work, found.id);
  if (doses.length === 0) return { doses: [], total: 0, basis: [], terms: [] };
  const findings = await work.sql<
    { number: number; hindrance: RefundRefusal | null; other: string | null }[]
  >`select number, hindrance, other from request_letters.refund_findings(${found.id})`;
  const letters = await work.sql<
    {
      dose_number: number;
      letter: string;
      valid_from: IsoDate;
      valid_to: IsoDate;
      payment: Payment;
    }[]
  >`select dose_number, letter, valid_from::text, valid_to::text, payment from request_letters.letters_of_refund(${found.id})`;
  const prices = await cityParameterRows(work, contractPrices.individual);
  const reckoned: ReckonedDose[] = [];
  const sources = new Set<string>();
  for (const dose of doses) {
    const { number, vaccine, product, outcome, paid } = dose;
    const givenOn = dose.givenOn as IsoDate;
    const finding = findings.find((one) => one.number === number);
    const own = letters.filter((one) => one.dose_number === number);
    const terms = await cityParameterOn(work, refundTerms, givenOn);
    sources.add(terms.source);
    const refund = inWords(() =>
      refundOf(
        {
          number,
          vaccine,
          category: categoryOf(vaccine),
          dose: dose.dose,
          product: product ?? undefined,
          outcome,
          givenOn,
          paidOn: dose.paidOn as IsoDate,
          paid,
        },
        {
          receivedOn: found.receivedOn as IsoDate,
          letters: own.map(({ valid_from: from, valid_to: to, payment }) => ({
            from,
            to,
            payment,
          })),
          paidAlready: finding?.hindrance === "paid-already",
          terms: terms.value,
          prices,
        },
      ),
    );
    reckoned.push({
      ...refund,
      basis: [...refund.basis, terms.source],
      dose,
      letters: own
        .filter((one) => one.valid_from <= givenOn && givenOn <= one.valid_to)
        .map(({ letter }) => letter),
      other: finding?.other ?? undefined,
    });
  }
  return {
    doses: reckoned,
    total: reckoned.reduce((sum, { amount }) => sum + amount, 0),
    basis: [...new Set(reckoned.flatMap(({ basis }) => basis))],
    terms: [...sources],
  };
}

/** A missing table of prices in the words of who has to set it. */
function inWords<T>(reckon: () => T): T {
  try {
    return reckon();
  } catch (error) {
    if (!(error instanceof MissingParameterError)) throw error;
    throw new Problem({
      status: 503,
      message: `${formatWareki(error.on)}の「${error.parameter}」が登録されていません。`,
      details: ["制度担当者が「制度の数値」で起案し、決裁者が承認してください。"],
    });
  }
}

/** Whether the rules still say what was proposed. */
export const isAsProposedRefund = (
  { doses, total }: ReckonedRefund,
  proposed: ProposedRefund,
): boolean =>
  total === proposed.total &&
  doses.every(({ number, amount }) =>
    proposed.rows.some((row) => row.number === number && row.amount === amount),
  );
