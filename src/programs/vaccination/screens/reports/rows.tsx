import type { Platform } from "#src/platform/platform.ts";
import { PageTitle, Pagination, Panel, Table } from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { personPath } from "#src/web/person-path.ts";
import { page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import {
  outcomeTitles,
  routeTitles,
  sourceTitles,
} from "#workflows/vaccination/records/channels.ts";
import { type ReportRow, readReportRows } from "../../reports/cube.ts";
import { paths } from "../paths.ts";
import { doseTitle, rowsAPage } from "../records/parts.tsx";
import { keptFixed, keptPeriod, readFixed, readPeriod } from "./asked.ts";
import { wordsOfCube } from "./cube-words.ts";
import { reportGuard } from "./frame.tsx";
import { ageTitle, officeNames } from "./labels.ts";
import { reportPaths, withQuery } from "./paths.ts";

const said = (titles: Readonly<Record<string, string>>, value: string) => titles[value] ?? "不明";

/** Where a row leads: to the record or the slip; what a closing took back may be gone, so that the person is what is left of it. */
function placeOf(
  { taken, outcome, sourceId, personNumber }: ReportRow,
  platform: Platform,
): string {
  if (taken || !personNumber)
    return personNumber ? personPath(platform, personNumber) : reportPaths.closings;
  return outcome === "given" ? paths.record(sourceId) : paths.slip(sourceId);
}

/** The rows behind a figure of the cube; each page of them is recorded. */
export const rowsScreen = defineRoute({
  ...reportGuard,
  right: "person.read",
  method: "get",
  path: reportPaths.rows,
  audit: "vaccination-report.rows-opened",
  async handle({ work, query, platform }) {
    const today = platform.clock.today();
    const period = readPeriod(query, today);
    const fixed = readFixed(query);
    const at = Math.max(1, query.integer("page") ?? 1);
    const { found, people, offices } = await work(async (unit) => {
      const found = await readReportRows(unit, period, fixed, {
        from: (at - 1) * rowsAPage,
        size: rowsAPage,
      });
      return {
        found,
        offices: await officeNames(unit),
        people: await peopleOfRows(
          unit,
          found.rows.flatMap(({ personNumber }) => personNumber ?? []),
        ),
      };
    });
    const taken = found.rows.some((row) => row.taken);
    return page({
      title: "予防接種 数の内訳",
      breadcrumb: [
        { title: "報告・接種率", path: reportPaths.closings },
        { title: "集計", path: reportPaths.cube },
        { title: "数の内訳" },
      ],
      content: (
        <>
          <PageTitle>数の内訳</PageTitle>
          <p class="figure-basis">{wordsOfCube({ ...period, fixed }, offices)}</p>
          <Panel title={`記録 ${found.total.toLocaleString("ja-JP")}件`}>
            <Table
              caption="数の内訳"
              columns={[
                {
                  title: "氏名",
                  cell: ({ personNumber }: ReportRow) =>
                    personNumber ? (
                      <PersonCell person={people.get(personNumber)} today={today} />
                    ) : (
                      "記録は廃棄済み"
                    ),
                },
                {
                  title: "予防接種",
                  cell: ({ vaccine, dose }) => doseTitle(vaccine, dose || null),
                },
                { title: "接種日", cell: ({ givenOn }) => showDateShort(givenOn), nowrap: true },
                { title: "接種時の年齢", cell: ({ age }) => ageTitle(age), nowrap: true },
                {
                  title: "結果",
                  cell: ({ outcome }) => said(outcomeTitles, outcome),
                  nowrap: true,
                },
                { title: "接種方法", cell: ({ route }) => said(routeTitles, route), nowrap: true },
                { title: "経路", cell: ({ source }) => said(sourceTitles, source) },
                {
                  title: "記録日",
                  cell: ({ enteredOn }) => showDateShort(enteredOn),
                  nowrap: true,
                },
                {
                  title: "区",
                  cell: ({ officeCode }) => offices.get(officeCode) ?? "―",
                  nowrap: true,
                },
                ...(taken
                  ? [
                      {
                        title: "訂正",
                        cell: (row: ReportRow) => (row.taken ? "取り消した数" : "加えた数"),
                        nowrap: true,
                      },
                    ]
                  : []),
              ]}
              rows={found.rows}
              href={(row) => placeOf(row, platform)}
              empty="この数の記録はありません。"
            />
            <Pagination
              page={at}
              pages={Math.ceil(found.total / rowsAPage)}
              href={(next) =>
                withQuery(reportPaths.rows, {
                  ...keptPeriod(period),
                  ...keptFixed(fixed),
                  page: next,
                })
              }
            />
          </Panel>
        </>
      ),
    });
  },
});
