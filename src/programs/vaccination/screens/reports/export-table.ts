import { holds, holdsForAll } from "#src/platform/access/actor.ts";
import { cityParameterOn } from "#src/platform/parameters/index.ts";
import { conflict, Problem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { axisTitles } from "#workflows/vaccination/reports/axes.ts";
import { smallCounts } from "#workflows/vaccination/reports/national-table.ts";
import { withhold, withSums } from "#workflows/vaccination/reports/suppress.ts";
import { readCoverage } from "../../reports/coverage.ts";
import { keptCube, readCubeAsked } from "./asked.ts";
import {
  coverageSource,
  definitionOf,
  keptCoverage,
  readCoverageAsked,
  wordsOfCoverage,
} from "./coverage-asked.ts";
import { rate } from "./coverage-tables.ts";
import { readCubeTable } from "./cube-table.ts";
import { cubeSource, wordsOfCube } from "./cube-words.ts";
import { inOrder, officeNames, titleOfValue } from "./labels.ts";
import { keptTable, readNationalTable } from "./national.ts";
import { reportPaths, withQuery } from "./paths.ts";

/** A table as it may leave the office: what is withheld stands as a sign. */
export interface ExportTable {
  title: string;
  words: string;
  source: string;
  rowTitle: string;
  unit: string;
  columns: readonly string[];
  /** The last one has the sums of the columns. */
  rows: readonly { title: string; values: readonly string[] }[];
  /** From which count on a number is shown, and where that stands. */
  threshold: number;
  basis: string;
  /** How many numbers are withheld, sums included. */
  withheld: number;
  /** What was chosen, as an address has it. */
  kept: Readonly<Record<string, string>>;
  /** Where the whole figures stand. */
  path: `/${string}`;
}

/** Stands in the place of a number that is withheld. */
export const withheldSign = "×";

export const exportKinds = ["cube", "coverage", "national"] as const;
export type ExportKind = (typeof exportKinds)[number];

interface Whole {
  title: string;
  words: string;
  source: string;
  rowTitle: string;
  unit: string;
  columns: string[];
  rows: { title: string; counts: number[] }[];
  kept: Record<string, string>;
  path: `/${string}`;
  /** What the sum of a row is called. */
  sum?: string;
  /** A column more, of the numbers of a row where all of them are shown. */
  further?: { title: string; value(counts: readonly number[]): string };
}

/**
 * The table that is asked for as it may leave the office: small counts withheld, and those by which they could be computed.
 *
 * @throws Problem 403 for whoever sees rounded figures; 503 where two people have not set from which count on numbers are shown; 409 where a count is negative
 */
export async function exportTable(
  work: Work,
  kind: ExportKind,
  values: Values,
): Promise<ExportTable> {
  const today = work.platform.clock.today();
  requireWhole(work, kind === "cube" ? readCubeAsked(values, today).fixed.office : undefined);
  const whole = await readers[kind](work, values, today);
  const parameter = await cityParameterOn(work, smallCounts, today);
  const threshold = parameter.value.value;
  const counts = whole.rows.map((row) => row.counts);
  if (counts.flat().some((n) => n < 0))
    throw conflict("訂正の差引きがある表は、庁外へ出せません。期間内の接種の表を出してください。");
  const hidden = withhold({ cells: counts }, threshold);
  const sums = withSums(counts);
  const titles = [...whole.rows.map(({ title }) => title), "計"];
  const { further } = whole;
  return {
    ...whole,
    columns: [...whole.columns, whole.sum ?? "計", ...(further ? [further.title] : [])],
    rows: sums.map((line, at) => ({
      title: titles[at] ?? "",
      values: [
        ...line.map((n, column) =>
          hidden[at]?.[column] ? withheldSign : n.toLocaleString("ja-JP"),
        ),
        ...(further ? [hidden[at]?.some(Boolean) ? withheldSign : further.value(line)] : []),
      ],
    })),
    threshold,
    basis: parameter.source,
    withheld: hidden.flat().filter(Boolean).length,
  };
}

/** What is rounded on the screen does not leave the office: a table goes out with whoever could see the rows behind it (ADR 79). */
function requireWhole(work: Work, office: string | undefined): void {
  const sees = office
    ? holds(work.actor, "person.read", { program: "vaccination", office })
    : holdsForAll(work.actor, "person.read", "vaccination");
  if (!sees)
    throw new Problem({
      status: 403,
      message:
        "丸めた数の表は、庁外へ出せません。所管する窓口に絞るか、すべての窓口を見る職員に頼んでください。",
    });
}

const readers: Readonly<
  Record<ExportKind, (work: Work, values: Values, today: IsoDate) => Promise<Whole>>
> = {
  async cube(work, values, today) {
    const asked = readCubeAsked(values, today);
    if (asked.basis === "earlier") throw conflict("前の期間の訂正は、庁外へ出せません。");
    const offices = await officeNames(work);
    const { rowValues, columnValues, cells, figures, cut } = await readCubeTable(
      work,
      asked,
      offices,
    );
    if (cut > 0)
      throw new Problem({ status: 422, message: "行が多すぎます。条件で絞ってください。" });
    const kept = keptCube(asked);
    return {
      title: `予防接種の集計（${figures.title}）`,
      words: wordsOfCube(asked, offices),
      source: cubeSource,
      rowTitle: axisTitles[asked.rows],
      unit: "件",
      columns:
        asked.columns === "none"
          ? ["件数"]
          : columnValues
              .toSorted(inOrder(asked.columns))
              .map((value) => titleOfValue(asked.columns as never, value, offices)),
      rows: rowValues.map((value, at) => ({
        title: titleOfValue(asked.rows, value, offices),
        counts: cells[at] ?? [],
      })),
      kept,
      path: withQuery(reportPaths.cube, kept),
    };
  },
  async coverage(work, values, today) {
    const asked = readCoverageAsked(values, today);
    const offices = await officeNames(work);
    const found = await readCoverage(work, asked);
    const kept = keptCoverage(asked);
    return {
      title: "予防接種の接種率（区別）",
      words: wordsOfCoverage(asked),
      source: `対象者は、${definitionOf(asked)}${coverageSource}`,
      rowTitle: "区",
      unit: "人",
      columns: ["実施者", "未実施"],
      sum: "対象者",
      rows: found
        .filter(({ dimension }) => dimension === "office")
        .map(({ value, people, done }) => ({
          title: offices.get(value ?? "") ?? value ?? "",
          counts: [done, people - done],
        })),
      kept,
      path: withQuery(reportPaths.coverage, kept),
      further: {
        title: "接種率（％）",
        value: ([done = 0, , people = 0]) => rate(people, done)?.toFixed(1) ?? "―",
      },
    };
  },
  async national(work, values, today) {
    const { table, mapped, words, source, asked } = await readNationalTable(work, values, today);
    return {
      title: table.title,
      words,
      source,
      rowTitle: "予防接種",
      unit: "件",
      columns: [...mapped.columns],
      rows: mapped.rows.map(({ title, values }) => ({ title, counts: [...values] })),
      kept: keptTable(asked),
      path: withQuery(reportPaths.table, keptTable(asked)),
    };
  },
};
