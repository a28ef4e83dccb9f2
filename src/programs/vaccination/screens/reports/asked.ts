import { monthsOf, yearsBefore } from "#src/platform/statistics/index.ts";
import type { Choice } from "#src/web/components/index.ts";
import type { Values } from "#src/web/values.ts";
import { fiscalYear, fiscalYearEnd, fiscalYearStart } from "#workflows/dates/ages.ts";
import {
  addMonths,
  type IsoDate,
  isIsoDate,
  monthEnd,
  monthStart,
} from "#workflows/dates/iso-date.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import {
  type Axis,
  axisTitles,
  type ColumnAxis,
  columnAxes,
} from "#workflows/vaccination/reports/axes.ts";
import { monthTitle } from "../../coupon-mailing.ts";
import type { Fixed, ReportPeriod } from "../../reports/cube.ts";

export const basisTitles = {
  now: "今の記録",
  own: "締めた数（期間内の接種）",
  earlier: "締めた数（前の期間の訂正）",
} as const;
const bases = Object.keys(basisTitles) as ReportPeriod["basis"][];

/** What is chosen on the page of the cube. */
export interface CubeAsked extends ReportPeriod {
  /** `2026` for a 年度, `2026-10` for a month. */
  period: string;
  rows: Axis;
  columns: ColumnAxis;
  fixed: Fixed;
}

/** A 年度 or a month by its name in the address; nothing where it is neither, or lies ahead. */
function daysOf(period: string, today: IsoDate): { from: IsoDate; to: IsoDate } | undefined {
  if (/^\d{4}$/.test(period)) {
    const year = Number(period);
    if (year < 2013 || year > fiscalYear(today)) return undefined;
    return { from: fiscalYearStart(year), to: fiscalYearEnd(year) };
  }
  const first = `${period}-01`;
  if (!isIsoDate(first) || first > today || first < "2013-04-01") return undefined;
  return { from: first, to: monthEnd(first) };
}

/** The years and the last 24 months. */
export const periodOptions = (today: IsoDate): Choice[] => [
  ...yearsBefore(today).map((year) => ({
    value: String(year),
    label: formatFiscalYear(year),
    group: "年度",
  })),
  ...Array.from({ length: 24 }, (_, n) => {
    const month = addMonths(monthStart(today), -n);
    return { value: month.slice(0, 7), label: monthTitle(month), group: "月" };
  }),
];

/** A period in words: 令和8年度, 令和8年10月. */
export const periodTitle = (period: string): string =>
  /^\d{4}$/.test(period) ? formatFiscalYear(Number(period)) : monthTitle(`${period}-01` as IsoDate);

/** What is no choice is the present 年度, of the records as they are now, by vaccine and age. */
export function readPeriod(values: Values, today: IsoDate): ReportPeriod & { period: string } {
  const wanted = values.text("period");
  const found = daysOf(wanted, today);
  const period = found ? wanted : String(fiscalYear(today));
  const { from, to } = found ?? monthsOf(fiscalYear(today));
  const basis = values.choice("basis", bases) ?? "now";
  return { period, from, to, basis, byEntry: basis === "now" && values.text("by") === "entered" };
}

const texts = ["vaccine", "sex", "route", "contract", "source", "outcome", "office"] as const;
const months = ["month", "entryMonth"] as const;
const numbers = ["dose", "doseFrom", "doseTo", "ageFrom", "ageTo"] as const;

/** An address holds codes alone: anything else in it is left out. */
const code = /^[a-z0-9-]{1,20}$/;

export function readFixed(values: Values): Fixed {
  const fixed: Record<string, string | number> = {};
  for (const name of texts) if (code.test(values.text(name))) fixed[name] = values.text(name);
  for (const name of months) if (isIsoDate(values.text(name))) fixed[name] = values.text(name);
  for (const name of numbers) {
    const n = values.integer(name);
    if (n !== undefined && n >= -1 && n <= 2000) fixed[name] = n;
  }
  return fixed;
}

export function readCubeAsked(values: Values, today: IsoDate): CubeAsked {
  return {
    ...readPeriod(values, today),
    rows: values.choice("rows", Object.keys(axisTitles) as Axis[]) ?? "vaccine",
    columns: values.choice("columns", columnAxes) ?? "age-band",
    fixed: readFixed(values),
  };
}

/** A period as fields of an address. */
export const keptPeriod = ({ period, basis, byEntry }: ReportPeriod & { period: string }) => ({
  period,
  basis,
  ...(byEntry && { by: "entered" }),
});

/** The same of everything that is chosen. */
export const keptCube = (asked: CubeAsked): Record<string, string> => ({
  ...keptPeriod(asked),
  rows: asked.rows,
  columns: asked.columns,
  ...keptFixed(asked.fixed),
});
export const keptFixed = (fixed: Fixed): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fixed).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );
