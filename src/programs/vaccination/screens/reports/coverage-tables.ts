import type { FigureTable } from "#src/web/statistics/index.ts";
import { fiscalYear } from "#workflows/dates/ages.ts";
import { addMonths, type IsoDate, monthStart } from "#workflows/dates/iso-date.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import { birthsOf } from "#workflows/vaccination/reports/cohort.ts";
import { monthTitle } from "../../coupon-mailing.ts";
import type { CoverageAsked, CoverageFigures } from "../../reports/coverage.ts";
import { keptCoverage } from "./coverage-asked.ts";
import type { OfficeNames } from "./labels.ts";
import { reportPaths, withQuery } from "./paths.ts";

/** A rate in percent, of one decimal; none where there is nobody. */
export const rate = (people: number, done: number): number | null =>
  people > 0 ? Math.round((done / people) * 1000) / 10 : null;

const columns = [
  { title: "接種率", unit: "％", charted: true },
  { title: "対象者", unit: "人" },
  { title: "実施者", unit: "人" },
  { title: "未実施", unit: "人" },
] as const;

/** What stands in all, and a year before. */
export const wholeOf = (found: readonly CoverageFigures[]) => {
  const { people = 0, done = 0 } = found.find(({ dimension }) => dimension === "all") ?? {};
  return { people, done, rate: rate(people, done) };
};

/** By office, with the rate of the year before beside it. */
export function officeTable(
  asked: CoverageAsked,
  found: readonly CoverageFigures[],
  before: readonly CoverageFigures[],
  offices: OfficeNames,
): FigureTable {
  const of = (office: string | undefined, { people, done }: { people: number; done: number }) => {
    const path = (part: Record<string, string>) =>
      withQuery(reportPaths.people, { ...keptCoverage(asked), ...part, ...(office && { office }) });
    const past =
      office === undefined
        ? wholeOf(before)
        : before.find(({ dimension, value }) => dimension === "office" && value === office);
    return [
      { value: rate(people, done) },
      { value: people, path: path({}) },
      { value: done, path: path({ done: "yes" }) },
      { value: people - done, path: path({ done: "no" }) },
      { value: past ? rate(past.people, past.done) : null },
    ];
  };
  return {
    title: "区別",
    rowTitle: "区",
    chart: "bars",
    columns: [...columns, { title: "前年の接種率", unit: "％", charted: true }],
    rows: found
      .filter(({ dimension }) => dimension === "office")
      .map((row) => ({
        title: offices.get(row.value ?? "") ?? row.value ?? "",
        figures: of(row.value ?? "", row),
      })),
    whole: { title: "全体", figures: of(undefined, wholeOf(found)) },
  };
}

/** By month of birth; by 年度 of birth where the cohort spans more than two years. */
export function cohortTable(asked: CoverageAsked, found: readonly CoverageFigures[]): FigureTable {
  const { from, to } = birthsOf(asked.choice, asked.on);
  const rows = found.filter(({ dimension }) => dimension === "cohort");
  const yearly = Date.parse(to) - Date.parse(from) > 750 * 86_400_000;
  const title = (day: string) =>
    yearly
      ? `${formatFiscalYear(fiscalYear(day as IsoDate))}生まれ`
      : `${monthTitle(day as IsoDate)}生まれ`;
  return {
    title: "生まれた月・年度別",
    rowTitle: "生まれた時",
    chart: "bars",
    columns,
    rows: rows.map(({ value, people, done }) => ({
      title: title(value ?? ""),
      figures: [
        { value: rate(people, done) },
        { value: people },
        { value: done },
        { value: people - done },
      ],
    })),
  };
}

/** By the month of the shot, of the twelve up to the day: how many of those who are 対象者 on the day were vaccinated in each. */
export function monthTable({ on }: CoverageAsked, found: readonly CoverageFigures[]): FigureTable {
  const months = Array.from({ length: 12 }, (_, n) => addMonths(monthStart(on), n - 11));
  return {
    title: "接種した月別（対象者のうち、その月に接種した人）",
    rowTitle: "年月",
    chart: "columns",
    columns: [{ title: "実施者", unit: "人", charted: true }],
    rows: months.map((month) => ({
      title: monthTitle(month),
      figures: [
        {
          value:
            found.find(({ dimension, value }) => dimension === "month" && value === month)?.done ??
            0,
        },
      ],
    })),
  };
}
