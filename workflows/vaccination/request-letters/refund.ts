import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import {
  type ContractPrice,
  contractPrice,
  type PricedOutcome,
  type PriceTable,
} from "#workflows/vaccination/contract-prices.ts";
import type { Payment, RefundRefusal } from "./reasons.ts";
import { type Category, claimableUntil, type RefundTerms } from "./terms.ts";

/** What was paid for one dose: a receipt with the vaccine on it, or the part of one. */
export interface PaidDose {
  readonly number: number;
  readonly vaccine: string;
  readonly category: Category;
  readonly dose: number;
  readonly product?: string | undefined;
  readonly outcome: PricedOutcome;
  readonly givenOn: IsoDate;
  readonly paidOn: IsoDate;
  /** Yen. */
  readonly paid: number;
}

/** The letter that a dose was given on, as it stood: the days on which it was in force, and who pays. */
export interface LetterOfDose {
  readonly from: IsoDate;
  /** The day on which it ended, if before its last day: cancelled or replaced. */
  readonly to: IsoDate;
  readonly payment: Payment;
}

/** By what a dose is refunded. */
export interface RefundContext {
  readonly receivedOn: IsoDate;
  /** The letters that name the dose. */
  readonly letters: readonly LetterOfDose[];
  /** The dose was paid for already, to the person or to a clinic. */
  readonly paidAlready: boolean;
  readonly terms: RefundTerms;
  /** The city's own prices (市内個別). */
  readonly prices: DatedParameter<PriceTable>;
}

/** What comes of a dose: the least of what was paid and what the city would have paid, or nothing and why. */
export interface RefundOfDose {
  readonly number: number;
  readonly amount: number;
  readonly price: ContractPrice | undefined;
  readonly refusal: RefundRefusal | undefined;
  /** Until when it may be claimed. */
  readonly until: IsoDate;
  readonly basis: readonly string[];
}

/**
 * The refund of a dose: the least of what was paid and the city's own price of the 年度 of the shot; nothing where no letter was
 * in force on the day, where the host pays, where the dose was paid for already, or where it is claimed too late.
 *
 * @throws MissingParameterError where two people have not set the prices of that 年度
 */
export function refundOf(dose: PaidDose, context: RefundContext): RefundOfDose {
  const { receivedOn, letters, paidAlready, terms, prices } = context;
  const until = claimableUntil(terms, dose);
  const letter = letters.find(({ from, to }) => from <= dose.givenOn && dose.givenOn <= to);
  const none = (refusal: RefundRefusal): RefundOfDose => ({
    number: dose.number,
    amount: 0,
    price: undefined,
    refusal,
    until,
    basis: [],
  });
  if (!letter) return none("no-letter");
  if (letter.payment === "host") return none("host-paid");
  if (paidAlready) return none("paid-already");
  if (!terms.categories.includes(dose.category)) return none("not-refunded");
  if (receivedOn > until) return none("late");
  const price = contractPrice(prices, { ...dose, on: dose.givenOn });
  if (!price) return none("no-price");
  return {
    number: dose.number,
    amount: Math.min(dose.paid, price.amount),
    price,
    refusal: undefined,
    until,
    basis: [price.basis],
  };
}
