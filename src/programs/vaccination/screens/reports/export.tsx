import { stringify } from "csv-stringify/sync";
import { ButtonLink, Notification, PageTitle, Panel, Table } from "#src/web/components/index.ts";
import type { CopySource } from "#src/web/copies/source.ts";
import { showMoment } from "#src/web/dates.ts";
import { page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import { Values } from "#src/web/values.ts";
import {
  type ExportKind,
  type ExportTable,
  exportKinds,
  exportTable,
  withheldSign,
} from "./export-table.ts";
import { reportGuard } from "./frame.tsx";
import { reportPaths, withQuery } from "./paths.ts";

const of = "vaccination-report";
const kindOf = (values: Values): ExportKind =>
  values.choice("table", exportKinds) ?? values.choice("of", exportKinds) ?? "cube";

const noteOf = ({ threshold }: ExportTable) =>
  `「${withheldSign}」は、${threshold}に満たない数（0を除く）と、計から逆算されないように合わせて伏せた数です。`;

/** Looks at a table as it would leave the office, before a copy is asked for. */
export const previewScreen = defineRoute({
  ...reportGuard,
  right: "person.read",
  method: "get",
  path: reportPaths.preview,
  audit: "vaccination-report.preview-opened",
  async handle({ work, query }) {
    const kind = kindOf(query);
    const table = await work((unit) => exportTable(unit, kind, query));
    return page({
      title: "予防接種 庁外へ出す表",
      breadcrumb: [
        { title: "報告・接種率", path: reportPaths.closings },
        { title: "元の数", path: table.path },
        { title: "庁外へ出す表" },
      ],
      content: (
        <>
          <PageTitle
            actions={
              <ButtonLink
                look="primary"
                href={withQuery("/vaccination/copies/new", { ...table.kept, of, table: kind })}
              >
                写し（印刷・CSV）を申請する…
              </ButtonLink>
            }
          >
            庁外へ出す表
          </PageTitle>
          <Notification
            tone="info"
            title={`${table.withheld.toLocaleString("ja-JP")}か所を伏せました。基準は${table.threshold}（${table.basis}）。`}
          >
            <p>
              庁内の数は「元の数」で見ます。ほかの表と並べて公表するときは、差引きで分からないか確かめてください。
            </p>
          </Notification>
          <Sheet table={table} />
        </>
      ),
    });
  },
});

/** The table with what it is, as it stands on paper. */
function Sheet({ table }: { table: ExportTable }) {
  return (
    <>
      <p class="figure-basis">
        {table.words}　{noteOf(table)}
      </p>
      <Panel title={`${table.title}（単位 ${table.unit}）`}>
        <div class="wide">
          <Table
            caption={table.title}
            columns={[
              {
                title: table.rowTitle,
                cell: ({ title }) => title,
                nowrap: table.columns.length <= 8,
              },
              ...table.columns.map((title, at) => ({
                title,
                align: "end" as const,
                cell: ({ values }: ExportTable["rows"][number]) => values[at] ?? "",
              })),
            ]}
            rows={table.rows}
          />
        </div>
      </Panel>
      <p>{table.source}</p>
    </>
  );
}

const valuesOf = (choice: Readonly<Record<string, string>>) => new Values(Object.entries(choice));

/** Tables of the reports as paper and CSV, small counts withheld. */
export const reportCopies: CopySource = {
  id: of,
  right: "person.read",
  title: "報告",
  name: "vaccination-report",
  holds: "件数・人数だけです。小さい数は伏せます。個人の記録は載りません。",
  async kept(work, values) {
    const kind = kindOf(values);
    const { kept } = await exportTable(work, kind, values);
    return { ...kept, of, table: kind };
  },
  path: (choice) => withQuery(reportPaths.preview, { ...choice, of: choice.table }),
  async describe(work, choice) {
    const { title, words } = await exportTable(work, kindOf(valuesOf(choice)), valuesOf(choice));
    return `${title}　${words}`;
  },
  count: async (work, choice) =>
    (await exportTable(work, kindOf(valuesOf(choice)), valuesOf(choice))).rows.length,
  async take(work, choice) {
    const table = await exportTable(work, kindOf(valuesOf(choice)), valuesOf(choice));
    const at = showMoment(work.platform.clock.now());
    return {
      lines: table.rows.length,
      persons: [],
      csv: stringify(
        [
          [table.title],
          [table.words],
          [`${at} 現在　単位 ${table.unit}`],
          [noteOf(table)],
          [table.source],
          [],
          [table.rowTitle, ...table.columns],
          ...table.rows.map(({ title, values }) => [
            title,
            ...values.map((value) => value.replaceAll(",", "")),
          ]),
        ],
        { bom: true, escape_formulas: true },
      ),
      content: (
        <>
          <p>{at} 現在</p>
          <Sheet table={table} />
        </>
      ),
    };
  },
};
