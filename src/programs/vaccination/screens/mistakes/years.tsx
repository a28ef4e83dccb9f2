import { holds, holdsForAll } from "#src/platform/access/actor.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  DateField,
  NumberField,
  PageTitle,
  Pagination,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { readDate, showDate, showDateShort } from "#src/web/dates.ts";
import { numberOf } from "#src/web/params.ts";
import { StepForm } from "#src/web/payments/parts.tsx";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { MistakeCategory } from "#workflows/vaccination/mistakes/categories.ts";
import { reportDueOn } from "#workflows/vaccination/mistakes/report.ts";
import {
  type MistakeYearEvent,
  mistakeYearV1,
} from "#workflows/vaccination/mistakes/year-machine.ts";
import { mistakeNumber, mistakesOfYear } from "../../mistakes/incidents.ts";
import {
  listYears,
  type MistakeYear,
  mistakeYearMeta,
  moveYear,
  prepareYear,
  readYear,
  yearActions,
  yearFigures,
  yearsWaiting,
} from "../../mistakes/years.ts";
import { paths } from "../paths.ts";
import { doseTitle, rowsAPage } from "../records/parts.tsx";
import { categoryTitle } from "./parts.tsx";
import { yearCopyPath } from "./year-copies.tsx";

const guard = { program: "vaccination", purpose: "case" } as const;
const steps = Object.keys(mistakeYearV1.events) as MistakeYearEvent[];

const YearBadge = ({ state }: { state: MistakeYear["state"] }) => {
  const { title, tone } = mistakeYearMeta(state);
  return <Badge tone={tone ?? "info"}>{title}</Badge>;
};

/** 令和8年度 as `2026年度`: what is typed and what is shown are the same. */
const yearTitle = (year: number) => `${year}年度`;

/** 年次報告: prepared of a year that is over, approved by another, entered as sent. */
export const mistakeYearScreens: readonly AnyRoute[] = [
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: paths.mistakeYears,
    audit: "mistake-years.listed",
    handle: (request) => listPage(request),
  }),
  defineRoute({
    ...guard,
    right: "case.enter",
    method: "post",
    path: paths.mistakeYears,
    audit: "mistake-year.prepare-asked",
    async handle(request) {
      const { form, work } = request;
      const year = form.integer("year") ?? 0;
      try {
        await work((unit) => prepareYear(unit, year));
      } catch (error) {
        return listPage(request, sentWith("prepare", form, error));
      }
      return redirect(paths.mistakeYear(year), `${yearTitle(year)}の報告を作りました。`);
    },
  }),
  defineRoute({
    ...guard,
    right: "case.read",
    method: "get",
    path: `${paths.mistakeYears}/:year` as const,
    audit: "mistake-year.opened",
    handle: (request) => yearPage(request),
  }),
  ...steps.map((type) =>
    defineRoute({
      ...guard,
      right: mistakeYearV1.events[type].right,
      method: "post",
      path: `${paths.mistakeYears}/:year/${type}` as const,
      audit: `mistake-year.${type}-asked` as const,
      async handle(request) {
        const { form, work, params } = request;
        const year = numberOf(params.year);
        try {
          await work((unit) =>
            moveYear(unit, {
              year,
              seen: form.integer("revision") ?? 0,
              type,
              sentOn: readDate(form.text("sentOn")),
            }),
          );
        } catch (error) {
          return yearPage(request, sentWith(type, form, error));
        }
        return redirect(
          paths.mistakeYear(year),
          `「${mistakeYearV1.events[type].title}」を行いました。`,
        );
      },
    }),
  ),
];

async function listPage(
  { work, actor }: Pick<ScreenRequest, "work" | "actor">,
  sent?: Sent,
): Promise<Reply> {
  const { years, waiting } = await work(async (unit) => ({
    years: await listYears(unit),
    waiting: await yearsWaiting(unit),
  }));
  return page({
    title: "予防接種 間違い接種の年次報告",
    breadcrumb: [{ title: "間違い接種", path: paths.mistakes }, { title: "年次報告" }],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>間違い接種の年次報告</PageTitle>
        <SentNote />
        <Panel title="報告を待つ事案">
          <Table
            caption="報告を待つ事案、年度ごと"
            columns={[
              { title: "年度", cell: ({ year }) => yearTitle(year), nowrap: true },
              {
                title: "件数",
                cell: ({ incidents }) => incidents.toLocaleString("ja-JP"),
                align: "end",
              },
              {
                title: "期限",
                cell: ({ year }) => showDateShort(reportDueOn(year)),
                nowrap: true,
              },
            ]}
            rows={waiting}
            empty="年次報告を待つ事案はありません。"
          />
          {holdsForAll(actor, "case.enter", "vaccination") && <PrepareForm />}
        </Panel>
        <Panel title="作った報告">
          <Table
            caption="年次報告"
            columns={[
              { title: "年度", cell: ({ fiscalYear }) => yearTitle(fiscalYear), nowrap: true },
              {
                title: "件数",
                cell: ({ incidents }) => incidents.toLocaleString("ja-JP"),
                align: "end",
              },
              {
                title: "報告した日",
                cell: ({ sentOn }) => showDateShort(sentOn as IsoDate | null),
                nowrap: true,
              },
              { title: "状態", cell: ({ state }) => <YearBadge state={state} />, nowrap: true },
            ]}
            rows={years}
            href={({ fiscalYear }) => paths.mistakeYear(fiscalYear)}
            empty="年次報告は、まだ作られていません。"
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

function PrepareForm() {
  return (
    <SentForm event="prepare" action={paths.mistakeYears}>
      <NumberField name="year" label="年度（西暦）" required width={8} />
      <Actions>
        <Button look="secondary">報告を作る</Button>
      </Actions>
    </SentForm>
  );
}

async function yearPage(
  request: Pick<
    ScreenRequest<`${string}:year`>,
    "params" | "work" | "platform" | "actor" | "query"
  >,
  sent?: Sent,
): Promise<Reply> {
  const { params, work, platform, actor, query } = request;
  const year = numberOf(params.year);
  const at = Math.max(1, query.integer("page") ?? 1);
  const { row, rows, figures, people, actions } = await work(async (unit) => {
    const row = await readYear(unit, year);
    const rows = await mistakesOfYear(unit, year, {
      from: (at - 1) * rowsAPage,
      size: rowsAPage,
    });
    const numbers = rows.map(({ personNumber }) => personNumber);
    return {
      row,
      rows,
      figures: await yearFigures(unit, year),
      people: await peopleOfRows(unit, numbers),
      actions: yearActions(unit, row),
    };
  });
  const copies = holds(actor, "copy.request", { program: "vaccination" });
  return page({
    title: `間違い接種の年次報告 ${yearTitle(year)}`,
    breadcrumb: [
      { title: "間違い接種", path: paths.mistakes },
      { title: "年次報告", path: paths.mistakeYears },
      { title: yearTitle(year) },
    ],
    status: statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          badge={<YearBadge state={row.state} />}
          actions={
            copies &&
            row.state !== "prepared" && (
              <ButtonLink href={yearCopyPath(year)}>写し（印刷・CSV）…</ButtonLink>
            )
          }
        >
          間違い接種の年次報告 {yearTitle(year)}
        </PageTitle>
        <SentNote />
        <p>
          報告の期限 {showDate(reportDueOn(year))}
          {row.sentOn && `　報告した日 ${showDate(row.sentOn as IsoDate)}`}
        </p>
        <Panel title="次の処理">
          {actions.map(({ type, title, reasons }) => (
            <StepForm
              key={type}
              action={`${paths.mistakeYear(year)}/${type}`}
              revision={row.revision}
              type={type}
              title={title}
              reasons={reasons}
              aside={type === "refresh" || type === "return"}
            >
              {type === "send" && <DateField name="sentOn" label="報告した日" required />}
            </StepForm>
          ))}
          {actions.length === 0 && <p>ここで行う操作はありません。</p>}
        </Panel>
        <Panel title="態様とワクチン">
          <Table
            caption="態様とワクチンごとの件数"
            columns={[
              {
                title: "態様",
                cell: ({ category }) => categoryTitle(category as MistakeCategory | null),
              },
              { title: "予防接種", cell: ({ vaccine }) => doseTitle(vaccine) },
              {
                title: "件数",
                cell: ({ incidents }) => incidents.toLocaleString("ja-JP"),
                align: "end",
              },
            ]}
            rows={figures}
            empty="この年度に報告する事案はありません。"
          />
        </Panel>
        <Panel title={`事案 ${row.incidents.toLocaleString("ja-JP")}件`}>
          <Table
            caption="事案"
            columns={[
              { title: "番号", cell: mistakeNumber, nowrap: true },
              {
                title: "氏名",
                cell: (one) => (
                  <PersonCell
                    person={people.get(one.personNumber)}
                    today={platform.clock.today()}
                  />
                ),
              },
              { title: "予防接種", cell: (one) => doseTitle(one.vaccine, one.dose) },
              {
                title: "接種日",
                cell: (one) => showDateShort(one.givenOn as IsoDate),
                nowrap: true,
              },
              {
                title: "態様",
                cell: ({ category }) => categoryTitle(category as MistakeCategory | null),
              },
            ]}
            rows={rows}
            href={({ id }) => paths.mistake(id)}
            empty="この年度に報告する事案はありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(row.incidents / rowsAPage)}
            href={(next) => `${paths.mistakeYear(year)}?page=${next}`}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}
