import { holds } from "#src/platform/access/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { yearsBefore } from "#src/platform/statistics/index.ts";
import {
  Button,
  ButtonLink,
  Form,
  Notification,
  PageTitle,
  Panel,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { moveOn, page } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { FigureTable } from "#src/web/statistics/figure-table.tsx";
import type { FigureTable as Figures } from "#src/web/statistics/index.ts";
import { Basis } from "#src/web/statistics/page.tsx";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import { outcomeTitles, routeTitles } from "#workflows/vaccination/records/channels.ts";
import { sexTitles } from "#workflows/vaccination/reports/axes.ts";
import type {
  CountToMap,
  MappedTable,
  NationalTable,
} from "#workflows/vaccination/reports/national-table.ts";
import { doseTitle } from "../records/parts.tsx";
import { basisTitles, keptFixed } from "./asked.ts";
import { ReportTabs, reportGuard } from "./frame.tsx";
import { ageTitle } from "./labels.ts";
import {
  type ArrangedTable,
  keptTable,
  readNationalTable,
  readTableAsked,
  type TableAsked,
} from "./national.ts";
import { reportPaths, withQuery } from "./paths.ts";

const guard = { ...reportGuard, right: "person.read" } as const;

/** 国・県への報告表: counts of a 年度 in the table that two people have set, and what has no place in it. */
export const nationalScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    method: "get",
    path: reportPaths.table,
    audit: "vaccination-report.table-opened",
    handle: tablePage,
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: `${reportPaths.table}/choose` as const,
    audit: "vaccination-report.table-chosen",
    async handle({ form, platform }) {
      return moveOn(
        withQuery(reportPaths.table, keptTable(readTableAsked(form, platform.clock.today()))),
      );
    },
  }),
];

async function tablePage({ work, query, platform, actor }: ScreenRequest) {
  const today = platform.clock.today();
  const asked = readTableAsked(query, today);
  let found: ArrangedTable | Problem;
  try {
    found = await work((unit) => readNationalTable(unit, query, today));
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 503) throw error;
    found = error;
  }
  return page({
    title: "予防接種 国・県への報告表",
    breadcrumb: [
      { title: "報告・接種率", path: reportPaths.closings },
      { title: "国・県への報告表" },
    ],
    content: (
      <>
        <PageTitle
          actions={
            !(found instanceof Problem) &&
            holds(actor, "copy.request", { program: "vaccination" }) && (
              <ButtonLink
                href={withQuery(reportPaths.preview, { of: "national", ...keptTable(asked) })}
              >
                庁外へ出す表…
              </ButtonLink>
            )
          }
        >
          国・県への報告表
        </PageTitle>
        <ReportTabs actor={actor} at={reportPaths.table} />
        <Choose asked={asked} years={yearsBefore(today)} />
        {found instanceof Problem ? (
          <Notification tone="warning" title={found.message}>
            {found.details.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </Notification>
        ) : (
          <Arranged found={found} at={platform.clock.now()} />
        )}
      </>
    ),
  });
}

const count = (n: number) => n.toLocaleString("ja-JP");

function Arranged({ found, at }: { found: ArrangedTable; at: Date }) {
  const { table, mapped, counted, earlier, words, source, asked } = found;
  const outside = mapped.unmapped.reduce((sum, { n }) => sum + n, 0);
  return (
    <>
      <Basis words={words} source={source} exact at={at} />
      <Notification
        tone={outside > 0 ? "warning" : "info"}
        title={`数えた${count(counted)}件のうち、表に${count(counted - outside)}件、表に入らないもの${count(outside)}件。二度数えたものはありません。`}
      />
      <Panel title={`${table.title}（単位 件）`}>
        <div class="wide">
          <FigureTable table={figuresOf(table, mapped, asked)} leads />
        </div>
      </Panel>
      {outside > 0 && (
        <Panel title={`表に入らないもの ${count(outside)}件`}>
          <Counts counts={mapped.unmapped} caption="表に入らないもの" reasons />
        </Panel>
      )}
      {earlier.length > 0 && (
        <Panel
          title={`前の年度の訂正 ${count(earlier.reduce((sum, { n }) => sum + n, 0))}件（差引き）`}
        >
          <p>前の年度の締めの後に届いた記録、訂正、取消です。上の表には入っていません。</p>
          <Counts counts={earlier} caption="前の年度の訂正" />
        </Panel>
      )}
    </>
  );
}

/** The table with its sums; what stands in one line of the mapping leads to its rows. */
function figuresOf(
  table: NationalTable,
  mapped: MappedTable,
  { year, basis }: TableAsked,
): Figures {
  const sum = (values: readonly number[]) => values.reduce((all, n) => all + n, 0);
  const path = (title: string, at: number) => {
    const lines = table.rows.filter((row) => row.title === title);
    const column = table.columns[at];
    const [line] = lines;
    if (!line || lines.length > 1 || !column) return undefined;
    const { vaccine, doseFrom, doseTo, outcome } = line;
    const { ageFrom, ageTo, route, sex } = column;
    // Ages that are not known are in no column that asks for one: the list is narrowed in the same way.
    const least = ageFrom ?? (ageTo === undefined ? undefined : 0);
    return withQuery(reportPaths.rows, {
      period: String(year),
      basis,
      ...keptFixed({ vaccine, doseFrom, doseTo, outcome, ageFrom: least, ageTo, route, sex }),
    });
  };
  return {
    title: table.title,
    rowTitle: "予防接種",
    chart: "bars",
    columns: [...mapped.columns, "計"].map((title) => ({ title, unit: "件" })),
    rows: mapped.rows.map(({ title, values }) => ({
      title,
      figures: [
        ...values.map((value, at) => ({ value, path: path(title, at) })),
        { value: sum(values) },
      ],
    })),
    whole: {
      title: "計",
      figures: [
        ...mapped.columns.map((_, at) => ({
          value: sum(mapped.rows.map(({ values }) => values[at] ?? 0)),
        })),
        { value: sum(mapped.rows.flatMap(({ values }) => values)) },
      ],
    },
  };
}

const titleIn = (titles: Readonly<Record<string, string>>, value: string) =>
  titles[value] ?? "不明";
const mostShown = 100;

function Counts(props: {
  counts: readonly (CountToMap & { missing?: "row" | "column" })[];
  caption: string;
  reasons?: boolean;
}) {
  const { counts, caption, reasons } = props;
  const shown = counts.toSorted((a, b) => Math.abs(b.n) - Math.abs(a.n)).slice(0, mostShown);
  return (
    <>
      <Table
        caption={caption}
        columns={[
          { title: "予防接種", cell: ({ vaccine, dose }) => doseTitle(vaccine, dose || null) },
          { title: "結果", cell: ({ outcome }) => titleIn(outcomeTitles, outcome), nowrap: true },
          { title: "年齢", cell: ({ age }) => ageTitle(age), nowrap: true },
          { title: "接種方法", cell: ({ route }) => titleIn(routeTitles, route), nowrap: true },
          { title: "性別", cell: ({ sex }) => titleIn(sexTitles, sex), nowrap: true },
          { title: "件数", cell: ({ n }) => count(n), align: "end" as const },
          ...(reasons
            ? [
                {
                  title: "理由",
                  cell: ({ missing }: { missing?: "row" | "column" }) =>
                    missing === "row" ? "当てはまる行がない" : "当てはまる列がない",
                },
              ]
            : []),
        ]}
        rows={shown}
        empty="ありません。"
      />
      {counts.length > mostShown && (
        <p>
          件数の多い順に{mostShown}行を出しています。ほかに{counts.length - mostShown}行あります。
        </p>
      )}
    </>
  );
}

function Choose({ asked, years }: { asked: TableAsked; years: readonly number[] }) {
  return (
    <Form action={`${reportPaths.table}/choose`} keys="search" class="form search-form">
      <div class="search-bar">
        <SelectField
          name="year"
          label="年度"
          options={years.map((year) => ({ value: String(year), label: formatFiscalYear(year) }))}
          value={String(asked.year)}
        />
        <SelectField
          name="basis"
          label="数える元"
          options={[
            { value: "own", label: basisTitles.own },
            { value: "now", label: basisTitles.now },
          ]}
          value={asked.basis}
        />
        <Button look="secondary">表示する</Button>
      </div>
    </Form>
  );
}
