import type { PriceRow, PriceTable } from "../contract-prices.ts";
import { findVaccine, schedule } from "../schedule.ts";

/** A price of a table in words and figures: yen with the tax in it, and the tax. */
export interface PriceLine {
  /** 麻しん風しん混合(MR) 1期 */
  readonly vaccine: string;
  /** `全回`, `1回目`, `1～3回目`, `2回目から`. */
  readonly doses: string;
  /** The product, where prices differ by it. */
  readonly product: string;
  readonly given: number;
  readonly givenTax: number;
  /** 予診のみ; nothing where the contract pays none. */
  readonly screened: number | undefined;
  readonly screenedTax: number | undefined;
}

/** 内消費税 of an amount with the tax in it: below a yen is cut off, as `contractPrice` does. */
export const taxWithin = (amount: number, percent: number): number =>
  Math.floor((amount * percent) / (100 + percent));

/** The doses of a row in words. */
export function dosesOf({ doseFrom, doseTo }: Pick<PriceRow, "doseFrom" | "doseTo">): string {
  if (doseFrom === undefined && doseTo === undefined) return "全回";
  const from = doseFrom ?? 1;
  if (doseTo === undefined) return `${from}回目から`;
  return from === doseTo ? `${from}回目` : `${from}～${doseTo}回目`;
}

/** The rows of a table in the order of the schedule, then by dose and product. */
export function priceLines({ taxPercent, prices }: PriceTable): PriceLine[] {
  const place = new Map<string, number>(schedule.map(({ id }, at) => [id, at]));
  return prices
    .toSorted(
      (a, b) =>
        (place.get(a.vaccine) ?? 99) - (place.get(b.vaccine) ?? 99) ||
        (a.doseFrom ?? 1) - (b.doseFrom ?? 1) ||
        (a.product ?? "").localeCompare(b.product ?? "", "ja"),
    )
    .map((row) => {
      const vaccine = findVaccine(row.vaccine);
      return {
        vaccine: vaccine ? [vaccine.label, vaccine.period].filter(Boolean).join(" ") : row.vaccine,
        doses: dosesOf(row),
        product: row.product ?? "",
        given: row.given,
        givenTax: taxWithin(row.given, taxPercent),
        screened: row.screened,
        screenedTax: row.screened === undefined ? undefined : taxWithin(row.screened, taxPercent),
      };
    });
}
