/**
 * Order in which public funds pay, the first one first, by 法別番号 (公費の優先順位); funds of the cities,
 * which are not listed, come last.
 */
const FUND_ORDER = [
  "13",
  "14",
  "18",
  "29",
  "30",
  "10",
  "11",
  "20",
  "21",
  "15",
  "16",
  "24",
  "22",
  "28",
  "17",
  "79",
  "19",
  "23",
  "52",
  "54",
  "51",
  "38",
  "53",
  "66",
  "62",
  "25",
  "12",
] as const;

function rankOf(payer: string): number {
  const index = FUND_ORDER.findIndex((code) => payer.startsWith(code));
  return index < 0 ? FUND_ORDER.length : index;
}

/** The payer numbers (公費負担者番号) in the order in which they pay. */
export function publicFundOrder(payers: readonly string[]): string[] {
  return payers.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** What another public fund does with a bill: what it pays, or what it leaves to the patient (KO 負担金額), yen. */
export interface FundPart {
  /** 公費負担者番号. */
  readonly payer: string;
  readonly pays?: number | undefined;
  readonly leaves?: number | undefined;
}

/** The parts of the funds in the order in which they pay; parts of one fund stay together, whatever order they came in. */
export function inFundOrder(parts: readonly FundPart[]): FundPart[] {
  return parts.toSorted(
    (a, b) =>
      rankOf(a.payer) - rankOf(b.payer) ||
      (a.payer < b.payer ? -1 : a.payer > b.payer ? 1 : 0) ||
      (a.pays ?? 0) - (b.pays ?? 0) ||
      (a.leaves ?? 0) - (b.leaves ?? 0),
  );
}
