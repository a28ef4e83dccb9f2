import { stringify } from "csv-stringify/sync";
import { Panel } from "../components/index.ts";
import type { CopySource } from "../copies/source.ts";
import { showMoment } from "../dates.ts";
import { Values } from "../values.ts";
import { keptAsked } from "./asked.ts";
import { FigureTable, titleWithUnit } from "./figure-table.tsx";
import { Basis, roundedNote } from "./page.tsx";
import { statisticsPath } from "./paths.ts";
import { askedSheet, type ReadSheet, readSheet } from "./read-sheet.ts";
import type { Statistics } from "./sheet.ts";

/** A sheet of figures as a copy: what whoever takes it may see at that moment. */
export function statisticsCopies(of: Statistics): CopySource {
  const valuesOf = (filter: Readonly<Record<string, string>>) => new Values(Object.entries(filter));
  return {
    id: "statistics",
    right: "statistics.read",
    title: "統計",
    name: "statistics",
    holds: "件数・人数などの数だけです。個人の記録は載りません。",
    async kept(work, values) {
      const { sheet, asked } = await askedSheet(work, of, values);
      return { of: "statistics", ...keptAsked(sheet, asked) };
    },
    path: ({ of: _, ...kept }) => `${statisticsPath(of.program)}?${new URLSearchParams(kept)}`,
    async describe(work, filter) {
      const { sheet, words } = await askedSheet(work, of, valuesOf(filter));
      return `統計（${sheet.title}）${words}`;
    },
    async count(work, filter) {
      const { tables } = await readSheet(work, of, valuesOf(filter));
      return tables.reduce((sum, { rows }) => sum + rows.length, 0);
    },
    async take(work, filter) {
      const found = await readSheet(work, of, valuesOf(filter));
      const at = work.platform.clock.now();
      return {
        lines: found.tables.reduce((sum, { rows }) => sum + rows.length, 0),
        persons: [],
        csv: csvOf(of.title, found, at),
        content: (
          <>
            <Basis words={found.words} source={found.sheet.source} exact={found.exact} at={at} />
            {found.tables.map((table) => (
              <Panel key={table.title} title={titleWithUnit(table)}>
                <FigureTable table={table} leads={false} />
              </Panel>
            ))}
          </>
        ),
      };
    },
  };
}

/** Each table below the other, with what the figures are above them. */
function csvOf(title: string, { sheet, words, exact, tables }: ReadSheet, at: Date): string {
  return stringify(
    [
      [`${title} 統計（${sheet.title}）`],
      [words],
      [`${showMoment(at)} 現在`],
      [sheet.source],
      ...(exact ? [] : [[roundedNote]]),
      ...tables.flatMap(({ title, rowTitle, columns, rows, whole }) => [
        [],
        [title],
        [rowTitle, ...columns.map(({ title, unit }) => `${title}（${unit}）`)],
        ...[...rows, ...(whole ? [whole] : [])].map((row) => [
          row.title,
          ...row.figures.map(({ value }) => value ?? ""),
        ]),
      ]),
    ],
    { bom: true, escape_formulas: true },
  );
}
