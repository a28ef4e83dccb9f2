import { cityParameterRows } from "#src/platform/parameters/index.ts";
import type { Work } from "#src/platform/work.ts";
import { fiscalYear } from "#workflows/dates/ages.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type PriceLine, priceLines } from "#workflows/vaccination/clinics/price-lines.ts";
import { type ContractKind, contractPrices } from "#workflows/vaccination/contract-prices.ts";

/** A table of prices that two people have set: from a day on, with all its rows. */
export interface StandingPrices {
  readonly from: IsoDate;
  readonly to: IsoDate | undefined;
  /** Where it is written. */
  readonly source: string;
  readonly taxPercent: number;
  readonly lines: readonly PriceLine[];
}

/** 年度 for which tables of a kind of contract begin, the latest first. */
export async function priceYears(work: Work, kind: ContractKind): Promise<number[]> {
  const { rows } = await cityParameterRows(work, contractPrices[kind]);
  return [...new Set(rows.map(({ from }) => fiscalYear(from)))].toSorted((a, b) => b - a);
}

/** The tables of a kind of contract that begin in a 年度, in order of their days; none where none was set. */
export async function pricesOfYear(
  work: Work,
  kind: ContractKind,
  year: number,
): Promise<StandingPrices[]> {
  const { rows } = await cityParameterRows(work, contractPrices[kind]);
  return rows
    .filter(({ from }) => fiscalYear(from) === year)
    .map(({ from, to, source, value }) => ({
      from,
      to,
      source,
      taxPercent: value.taxPercent,
      lines: priceLines(value),
    }));
}
