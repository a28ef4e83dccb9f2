import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type DatedParameter, MissingParameterError, rowOn } from "#workflows/parameters/dated.ts";
import { contractPrice, type PricedOutcome, type PriceTable } from "../contract-prices.ts";
import { type CopayTable, copayOf } from "../copays.ts";
import { type Disposition, type Finding, findingRules } from "./findings.ts";

/** What is known of a slip or a record that a claim is for. */
export interface ClaimedItem {
  /** The slip, or the record where no slip told it. */
  readonly slipId: string | undefined;
  readonly shotId: string | undefined;
  readonly vaccine: string;
  readonly dose: number;
  /** Empty where it is not known. */
  readonly product: string;
  readonly outcome: PricedOutcome;
  readonly givenOn: IsoDate;
  /** A record stands for it (予診のみ: it is somebody's). */
  readonly recorded: boolean;
  /** Codes of what the checks of the record found. */
  readonly doubts: readonly string[];
  readonly bornOn: IsoDate | undefined;
  /** Of this city on the day. */
  readonly resident: boolean;
  /** 自己負担の減免 on the day. */
  readonly exempt: boolean;
  /** The dose was paid for before: to the person, or to a clinic. */
  readonly paidBy: "refund" | "clinic" | undefined;
  /** Another slip of the same clinic tells the same dose and stands for it. */
  readonly sameAs: boolean;
  /** Another clinic tells the same dose. */
  readonly otherClinic: boolean;
  /** Whether a 間違い接種 of it is paid; nothing where there is none. */
  readonly mistake: "undecided" | "paid" | "not-paid" | undefined;
  /** As the register has the clinic on the day; nothing where it has none. */
  readonly clinicState: "active" | "suspended" | "closed" | undefined;
  readonly contracted: boolean;
  /** Who is paid for the clinic by this contract; nothing where there is none. */
  readonly payee: string | undefined;
  readonly handled: boolean;
  /** The row of an earlier claim that was returned. */
  readonly originId: string | undefined;
}

/** A line as the clinic wrote it. */
export interface ClaimedLine {
  readonly vaccine: string;
  readonly dose: number;
  readonly product: string;
  readonly outcome: PricedOutcome;
  readonly count: number;
  /** Yen. */
  readonly amount: number;
}

export interface ReckoningContext {
  readonly claimant: string;
  /** `2026-11`. */
  readonly month: string;
  readonly prices: DatedParameter<PriceTable>;
  readonly copays: DatedParameter<CopayTable>;
  readonly lines: readonly ClaimedLine[];
}

/** What a row comes to. */
export interface ReckonedRow {
  readonly item: ClaimedItem;
  /** Yen with tax; nothing where no table has it: a difference, never 0 yen. */
  readonly price: number | undefined;
  readonly copay: number;
  readonly exempt: boolean;
  /** What the city pays where it pays, and the 消費税 within. */
  readonly amount: number | undefined;
  readonly tax: number | undefined;
  readonly findings: readonly Finding[];
  readonly disposition: Extract<Disposition, "open" | "pay" | "same">;
}

/** 内消費税 of an amount with tax, what is left over below a yen cut off. */
export const taxWithin = (amount: number, percent: number): number =>
  Math.floor((amount * percent) / (100 + percent));

/**
 * Reckons what a claim is for, row by row and in any order. A row of which nothing asks is paid; one of which something blocks or
 * asks is open until somebody judges it. Of two slips that tell the same dose one is paid.
 *
 * @throws MissingParameterError where no table of copays of the day has been set for a vaccine of B類
 */
export const reckonRows = (
  items: readonly ClaimedItem[],
  context: ReckoningContext,
): ReckonedRow[] => items.map((item) => reckonRow(item, context));

function priceOf(item: ClaimedItem, { prices }: ReckoningContext) {
  const { vaccine, dose, product, outcome, givenOn: on } = item;
  try {
    const found = contractPrice(prices, { vaccine, dose, product, outcome, on });
    return found && { amount: found.amount, percent: rowOn(prices, on).value.taxPercent };
  } catch (error) {
    // A table of the 年度 that is not there yet is a difference of the row, as a price is that the table lacks.
    if (error instanceof MissingParameterError) return undefined;
    throw error;
  }
}

function reckonRow(item: ClaimedItem, context: ReckoningContext): ReckonedRow {
  const { vaccine, product, outcome, givenOn: on, bornOn, exempt } = item;
  const price = priceOf(item, context);
  const copay = copayOf(context.copays, { vaccine, product, outcome, on, bornOn });
  const amount = price && Math.max(price.amount - (exempt ? 0 : copay), 0);
  const findings = findingsOf(item, context, { price: price?.amount, amount, copay });
  const weights = findings.map((code) => findingRules[code].weight);
  return {
    item,
    price: price?.amount,
    copay,
    exempt,
    amount,
    tax: price && amount !== undefined ? taxWithin(amount, price.percent) : undefined,
    findings,
    disposition: item.sameAs
      ? "same"
      : weights.some((weight) => weight !== "tells")
        ? "open"
        : "pay",
  };
}

function findingsOf(
  item: ClaimedItem,
  { claimant, month, lines, copays }: ReckoningContext,
  reckoned: { price: number | undefined; amount: number | undefined; copay: number },
): Finding[] {
  const found: Finding[] = [];
  const add = (code: Finding, holds: boolean) => {
    if (holds) found.push(code);
  };
  if (item.sameAs) return ["second-channel"];
  add("no-record", !item.recorded);
  add("no-price", reckoned.price === undefined);
  add("nothing-left", reckoned.amount === 0);
  add("paid-refund", item.paidBy === "refund");
  add("paid-clinic", item.paidBy === "clinic");
  add("other-clinic", item.otherClinic);
  add("not-resident", item.recorded && !item.resident);
  add("not-in-register", item.clinicState === undefined);
  add("suspended", item.clinicState === "suspended" || item.clinicState === "closed");
  add("no-contract", item.clinicState !== undefined && !item.contracted);
  add("other-payee", item.payee !== undefined && item.payee !== claimant);
  add("not-handled", item.clinicState !== undefined && !item.handled);
  add("doubtful", item.doubts.length > 0 && item.mistake !== "paid" && item.recorded);
  add("mistake-open", item.mistake === "undecided");
  add("mistake-refused", item.mistake === "not-paid");
  add("mistake-paid", item.mistake === "paid");
  add("not-claimed", !lines.some((line) => isOfLine(item, line)));
  add("not-born-known", item.recorded && item.bornOn === undefined && asksAge(item, copays));
  add("exempt", item.exempt && reckoned.copay > 0);
  add("late", item.givenOn.slice(0, 7) < month);
  add("back-again", item.originId !== undefined);
  return found;
}

const asksAge = ({ vaccine, givenOn }: ClaimedItem, copays: ReckoningContext["copays"]): boolean =>
  copays.rows.some(
    ({ from, to, value }) =>
      from <= givenOn &&
      (to === undefined || givenOn <= to) &&
      value.copays.some(
        (row) => row.vaccine === vaccine && (row.ageFrom !== undefined || row.ageTo !== undefined),
      ),
  );

type Priced = Pick<ClaimedLine, "vaccine" | "dose" | "product" | "outcome">;

/** Whether something is claimed by a line: by its product, or by the line for all of them. */
const isOfLine = (item: Priced, line: Priced): boolean =>
  line.vaccine === item.vaccine &&
  line.dose === item.dose &&
  line.outcome === item.outcome &&
  (line.product === "" || line.product === item.product);
