import { holdsForAll } from "#src/platform/access/actor.ts";
import { holds } from "#src/platform/access/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import {
  Actions,
  AskedBy,
  Button,
  ButtonLink,
  choicesOf,
  DateField,
  DefinitionList,
  Form,
  NumberField,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { personPath } from "#src/web/person-path.ts";
import { moveOn, page, type Reply } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { FigureChart } from "#src/web/statistics/chart.tsx";
import { FigureTable, shownFigure } from "#src/web/statistics/figure-table.tsx";
import { Basis } from "#src/web/statistics/page.tsx";
import { Values } from "#src/web/values.ts";
import { fiscalYear } from "#workflows/dates/ages.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import { birthsOf, yearBefore } from "#workflows/vaccination/reports/cohort.ts";
import { getVaccine } from "#workflows/vaccination/schedule.ts";
import { type CoverageAsked, readCohortPeople, readCoverage } from "../../reports/coverage.ts";
import { paths } from "../paths.ts";
import { doseTitle, rowsAPage, vaccineChoices } from "../records/parts.tsx";
import {
  cohortTitles,
  coverageSource,
  definitionOf,
  firstYear,
  keptCoverage,
  pastSource,
  readCoverageAsked,
  usualCoverage,
  wordsOfCoverage,
} from "./coverage-asked.ts";
import { cohortTable, monthTable, officeTable, wholeOf } from "./coverage-tables.ts";
import { ReportTabs, reportGuard } from "./frame.tsx";
import { officeNames } from "./labels.ts";
import { reportPaths, withQuery } from "./paths.ts";

/** 接種率: 対象者, 実施者 and the rate, by district, birth and month, beside the year before. */
export const coverageScreens: readonly AnyRoute[] = [
  defineRoute({
    ...reportGuard,
    method: "get",
    path: reportPaths.coverage,
    audit: "vaccination-report.coverage-opened",
    handle: async (request) => {
      const today = request.platform.clock.today();
      const { query } = request;
      return query.has("vaccine")
        ? checked(request, query)
        : coveragePage(
            request,
            usualCoverage(today),
            new Values(Object.entries(keptCoverage(usualCoverage(today)))),
          );
    },
  }),
  defineRoute({
    ...reportGuard,
    method: "post",
    path: `${reportPaths.coverage}/choose` as const,
    audit: "vaccination-report.coverage-chosen",
    async handle({ form, platform, actor }) {
      try {
        return moveOn(
          withQuery(
            reportPaths.coverage,
            keptCoverage(readCoverageAsked(form, platform.clock.today())),
          ),
        );
      } catch (error) {
        return wrongPage({ actor, platform }, form, error);
      }
    },
  }),
  defineRoute({
    ...reportGuard,
    right: "person.read",
    method: "get",
    path: reportPaths.people,
    audit: "vaccination-report.people-opened",
    handle: peoplePage,
  }),
];

/** The page of what an address asks for, or what is wrong with it. */
async function checked(
  request: Pick<ScreenRequest, "work" | "platform" | "actor">,
  values: Values,
): Promise<Reply> {
  try {
    return await coveragePage(
      request,
      readCoverageAsked(values, request.platform.clock.today()),
      values,
    );
  } catch (error) {
    return wrongPage(request, values, error);
  }
}

function wrongPage(
  { actor, platform }: Pick<ScreenRequest, "actor" | "platform">,
  values: Values,
  error: unknown,
): Reply {
  if (!(error instanceof EntryProblem)) throw error;
  return page({
    title: "予防接種 接種率",
    status: 422,
    breadcrumb: [{ title: "報告・接種率", path: reportPaths.closings }, { title: "接種率" }],
    content: (
      <>
        <PageTitle>接種率</PageTitle>
        <ReportTabs actor={actor} at={reportPaths.coverage} />
        <Choose values={values} errors={error.errors} today={platform.clock.today()} />
      </>
    ),
  });
}

async function coveragePage(
  { work, platform, actor }: Pick<ScreenRequest, "work" | "platform" | "actor">,
  asked: CoverageAsked,
  values: Values,
): Promise<Reply> {
  const { found, before, offices, exact } = await work(async (unit) => ({
    found: await readCoverage(unit, asked),
    before: await readCoverage(unit, { ...asked, ...yearBefore(asked.choice, asked.on) }),
    offices: await officeNames(unit),
    exact: holdsForAll(actor, "person.read", "vaccination"),
  }));
  const [whole, past] = [wholeOf(found), wholeOf(before)];
  const percent = (value: number | null) => (value === null ? "―" : `${shownFigure(value)}％`);
  const people = (n: number) => `${n.toLocaleString("ja-JP")}人`;
  const difference =
    whole.rate === null || past.rate === null
      ? null
      : Math.round((whole.rate - past.rate) * 10) / 10;
  const kept = keptCoverage(asked);
  const tables = [
    officeTable(asked, found, before, offices),
    cohortTable(asked, found),
    monthTable(asked, found),
  ];
  return page({
    title: "予防接種 接種率",
    breadcrumb: [{ title: "報告・接種率", path: reportPaths.closings }, { title: "接種率" }],
    content: (
      <>
        <PageTitle
          actions={
            exact &&
            holds(actor, "copy.request", { program: "vaccination" }) && (
              <ButtonLink href={withQuery(reportPaths.preview, { of: "coverage", ...kept })}>
                庁外へ出す表…
              </ButtonLink>
            )
          }
        >
          接種率
        </PageTitle>
        <ReportTabs actor={actor} at={reportPaths.coverage} />
        <Choose values={values} today={platform.clock.today()} />
        <Basis
          words={wordsOfCoverage(asked)}
          source={`${coverageSource}${pastSource}`}
          exact={exact}
          at={platform.clock.now()}
        />
        <Panel title="全体">
          <DefinitionList
            items={[
              ["対象者の定め", definitionOf(asked)],
              ["対象者", people(whole.people)],
              ["実施者", people(whole.done)],
              [
                "未実施",
                exact && whole.people > whole.done ? (
                  <a href={withQuery(reportPaths.people, { ...kept, done: "no" })}>
                    {people(whole.people - whole.done)}
                  </a>
                ) : (
                  people(whole.people - whole.done)
                ),
              ],
              ["接種率", <strong key="rate">{percent(whole.rate)}</strong>],
              [
                "前年",
                `${percent(past.rate)}（対象者${people(past.people)}、実施者${people(past.done)}）${
                  difference === null
                    ? ""
                    : `　差 ${difference > 0 ? "+" : ""}${shownFigure(difference)}ポイント`
                }`,
              ],
            ]}
          />
        </Panel>
        {whole.people > whole.done &&
          holds(actor, "mailing.prepare", { program: "vaccination" }) && (
            <TargetsForm asked={asked} />
          )}
        {tables.map((table, n) => (
          <Panel key={table.title} title={table.title}>
            {table.rows.length <= 60 && <FigureChart id={`coverage-${n}`} table={table} />}
            <FigureTable table={table} leads={exact} />
          </Panel>
        ))}
      </>
    ),
  });
}

/** Leads to the extraction of the same people, its form filled in: it says itself who is sent what. */
function TargetsForm({ asked }: { asked: CoverageAsked }) {
  const { vaccine, dose, choice, on } = asked;
  const births = birthsOf(choice, on);
  const fields = {
    event: "preview",
    title: `未実施者 ${doseTitle(vaccine, dose)}`,
    on: showDateShort(on),
    [getVaccine(vaccine).category === "B" ? "vaccinesB" : "vaccines"]: vaccine,
    doses: String(dose),
    ahead: "0",
    output: "postcard",
    cohort: "births",
    bornFrom: showDateShort(births.from),
    bornTo: showDateShort(births.to),
  };
  return (
    <Form action={paths.targetNew} class="form">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Actions>
        <Button look="secondary">同じ条件で対象者抽出へ</Button>
      </Actions>
    </Form>
  );
}

/** The next 年度, this one and those before, as far back as can be asked for. */
const yearChoices = (today: IsoDate) => {
  const next = fiscalYear(today) + 1;
  return Array.from({ length: next - firstYear + 1 }, (_, back) => ({
    value: String(next - back),
    label: formatFiscalYear(next - back),
  }));
};

function Choose(props: {
  values: Values;
  errors?: Readonly<Record<string, string>>;
  today: IsoDate;
}) {
  const { values, errors, today } = props;
  // An address has days in one way of writing, a form as they are read.
  const shown = values.with(
    new Map(
      ["on", "born-from", "born-to"].flatMap((name) => {
        const day = values.text(name);
        return isIsoDate(day) ? [[name, [showDateShort(day)]]] : [];
      }),
    ),
  );
  return (
    <Form
      action={`${reportPaths.coverage}/choose`}
      keys="search"
      class="form search-form"
      values={shown}
      errors={errors ?? {}}
    >
      <div class="search-bar">
        <SelectField name="vaccine" label="予防接種" options={vaccineChoices} />
        <NumberField name="dose" label="回" width={4} />
        <DateField name="on" label="時点" width={8} />
        <SelectField name="cohort" label="対象者" options={choicesOf(cohortTitles)} />
        <Button look="secondary">表示する</Button>
      </div>
      <AskedBy name="cohort" values={["age"]}>
        <div class="search-bar">
          <NumberField name="months-from" label="月齢 から" width={4} />
          <NumberField name="months-to" label="月齢 まで" width={4} />
        </div>
      </AskedBy>
      <AskedBy name="cohort" values={["fiscal-year"]}>
        <div class="search-bar">
          <SelectField
            name="year"
            label="年度"
            value={String(fiscalYear(today))}
            options={yearChoices(today)}
          />
          <NumberField name="age" label="達する年齢" width={4} />
        </div>
      </AskedBy>
      <AskedBy name="cohort" values={["born"]}>
        <div class="search-bar">
          <DateField name="born-from" label="生年月日 から" width={8} />
          <DateField name="born-to" label="生年月日 まで" width={8} />
        </div>
      </AskedBy>
    </Form>
  );
}

const parts = { yes: true, no: false } as const;

async function peoplePage({ work, query, platform }: ScreenRequest): Promise<Reply> {
  const today = platform.clock.today();
  const asked = readCoverageAsked(query, today);
  const chosen = query.choice("done", ["yes", "no"]);
  const office = /^\d{6}$/.test(query.text("office")) ? query.text("office") : undefined;
  const at = Math.max(1, query.integer("page") ?? 1);
  const { found, people, offices } = await work(async (unit) => {
    const found = await readCohortPeople(
      unit,
      asked,
      { done: chosen && parts[chosen], office },
      { from: (at - 1) * rowsAPage, size: rowsAPage },
    );
    return {
      found,
      offices: await officeNames(unit),
      people: await peopleOfRows(
        unit,
        found.rows.map(({ personNumber }) => personNumber),
      ),
    };
  });
  const title = { yes: "実施者", no: "未実施者", all: "対象者" }[chosen ?? "all"];
  const kept = { ...keptCoverage(asked), done: chosen, office };
  return page({
    title: `予防接種 接種率の${title}`,
    breadcrumb: [
      { title: "報告・接種率", path: reportPaths.closings },
      { title: "接種率", path: withQuery(reportPaths.coverage, keptCoverage(asked)) },
      { title },
    ],
    content: (
      <>
        <PageTitle>接種率の{title}</PageTitle>
        <p class="figure-basis">
          {wordsOfCoverage(asked)}
          {office && `・${offices.get(office) ?? ""}`}　{definitionOf(asked)}
        </p>
        <Panel title={`${title} ${found.total.toLocaleString("ja-JP")}人`}>
          <Table
            caption={title}
            columns={[
              {
                title: "氏名",
                cell: ({ personNumber }) => (
                  <PersonCell person={people.get(personNumber)} today={today} />
                ),
              },
              {
                title: "区",
                cell: ({ officeCode }) => offices.get(officeCode) ?? "―",
                nowrap: true,
              },
              { title: "接種日", cell: ({ doneOn }) => showDateShort(doneOn), nowrap: true },
            ]}
            rows={found.rows}
            href={({ personNumber }) => personPath(platform, personNumber)}
            empty={`${title}はいません。`}
          />
          <Pagination
            page={at}
            pages={Math.ceil(found.total / rowsAPage)}
            href={(next) => withQuery(reportPaths.people, { ...kept, page: next })}
          />
        </Panel>
      </>
    ),
  });
}
