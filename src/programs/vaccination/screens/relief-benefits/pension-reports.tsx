import { holds } from "#src/platform/access/actor.ts";
import type { Platform } from "#src/platform/platform.ts";
import { EntryFaults, EntryProblem } from "#src/platform/problem.ts";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  Columns,
  DateField,
  FieldRow,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { inlinePdf, page, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { Values } from "#src/web/values.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { pensionNumber } from "../../relief-benefits/pensions.ts";
import {
  countUnprinted,
  printedToday,
  printReports,
  reportsInOneGo,
} from "../../relief-benefits/print-reports.ts";
import { askReports, openReports, warnReports } from "../../relief-benefits/reports.ts";
import { rowsAPage } from "../records/parts.tsx";
import { pensionPaths, program, yearInWords } from "./words.ts";

const reading = { right: "case.read", program, purpose: "case" } as const;

/** 現況届 of all pensions: asked for, warned of and printed together. */
export const pensionReportScreens: readonly AnyRoute[] = [
  defineRoute({
    ...reading,
    method: "get",
    path: pensionPaths.reports,
    audit: "relief-reports.listed",
    handle: (request) => reportsPage(request),
  }),
  defineRoute({
    ...reading,
    right: "case.propose",
    method: "post",
    path: pensionPaths.reports,
    audit: "relief-reports.sent",
    async handle(request) {
      const { form, work, platform } = request;
      const event = form.pressed(["ask", "warn"]);
      try {
        if (event === "warn") {
          const until = readDate(form.text("until"));
          if (!until) throw new EntryProblem("until", "催告の期限を入力してください。");
          const count = await work((unit) => warnReports(unit, until));
          return redirect(pensionPaths.reports, `${count}件を催告しました。`);
        }
        const { year, dueOn } = askedReports(form, reportYears(platform));
        const count = await work((unit) => askReports(unit, year, dueOn));
        return redirect(pensionPaths.reports, `${count}件の現況届の提出を求めました。`);
      } catch (error) {
        return reportsPage(request, sentWith(event, form, error));
      }
    },
  }),
  defineRoute({
    ...reading,
    right: "document.print",
    method: "post",
    path: `${pensionPaths.reports}/print` as const,
    audit: "relief-reports.print-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const { issued, protectedOnes } = await work((unit) => printReports(unit));
        const left =
          protectedOnes > 0 ? `支援措置のため発行しなかったものが${protectedOnes}件あります。` : "";
        return redirect(pensionPaths.reports, `${issued}件を発行しました。${left}`);
      } catch (error) {
        return reportsPage(request, sentWith("print", form, error));
      }
    },
  }),
  defineRoute({
    ...reading,
    right: "document.print",
    method: "get",
    path: `${pensionPaths.reports}/printed` as const,
    audit: "relief-reports.printed",
    handle: async ({ work }) => inlinePdf("現況届.pdf", await work((unit) => printedToday(unit))),
  }),
];

/** Years of which 現況届 can be asked: the last, this and the next. */
const reportYears = ({ clock }: Pick<Platform, "clock">): number[] => {
  const year = Number(clock.today().slice(0, 4));
  return [year - 1, year, year + 1];
};

/** @throws EntryProblem with all fields that are wrong */
function askedReports(form: Values, years: readonly number[]): { year: number; dueOn: IsoDate } {
  const faults = new EntryFaults();
  const year = years.find((one) => one === form.integer("year"));
  const asked = {
    year: faults.need("year", year, "年を選んでください。"),
    dueOn: faults.need("dueOn", readDate(form.text("dueOn")), "提出期限を入力してください。"),
  };
  faults.end();
  return asked;
}

async function reportsPage({ work, query, platform, actor }: ScreenRequest, sent?: Sent) {
  const at = Math.max(1, query.integer("page") ?? 1);
  const today = platform.clock.today();
  const { list, people, unprinted } = await work(async (unit) => {
    const found = await openReports(unit, { from: (at - 1) * rowsAPage, size: rowsAPage });
    return {
      list: found,
      people: await peopleOfRows(
        unit,
        found.rows.map((one) => one.pension.payeeNumber),
      ),
      unprinted: await countUnprinted(unit),
    };
  });
  return page({
    title: "年金の現況届",
    status: statusOf(sent),
    breadcrumb: [{ title: "年金", path: pensionPaths.list }, { title: "現況届" }],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>年金の現況届</PageTitle>
        <SentNote />
        {holds(actor, "case.propose", { program }) && (
          <Columns>
            <Panel title="提出を求める">
              <SentForm event="ask" action={pensionPaths.reports}>
                <input type="hidden" name="event" value="ask" />
                <FieldRow>
                  <SelectField
                    name="year"
                    label="年"
                    required
                    value={today.slice(0, 4)}
                    options={reportYears(platform).map((year) => ({
                      value: String(year),
                      label: yearInWords(year),
                    }))}
                  />
                  <DateField name="dueOn" label="提出期限" required value="" />
                </FieldRow>
                <Actions>
                  <Button confirm="支給中のすべての年金の受給者に、現況届の提出を求めます。よろしいですか。">
                    支給中のすべての年金に求める
                  </Button>
                </Actions>
              </SentForm>
            </Panel>
            <Panel title="催告する">
              <SentForm event="warn" action={pensionPaths.reports}>
                <input type="hidden" name="event" value="warn" />
                <DateField
                  name="until"
                  label="催告の期限"
                  hint="過ぎても提出がなければ、差止めを起案できます。"
                  required
                  value=""
                />
                <Actions>
                  <Button confirm="提出期限を過ぎた現況届のすべてを催告します。よろしいですか。">
                    提出期限を過ぎたものすべてを催告する
                  </Button>
                </Actions>
              </SentForm>
            </Panel>
          </Columns>
        )}
        {holds(actor, "document.print", { program }) && (
          <Panel title={`印刷していない現況届・催告 ${unprinted.toLocaleString("ja-JP")}件`}>
            <SentForm event="print" action={`${pensionPaths.reports}/print`}>
              <p class="hint">
                提出を求めたもの、催告したもののうち、まだ印刷していないものを、年金の番号の順に発行します（一度に
                {reportsInOneGo}件まで）。
              </p>
              <Actions>
                <Button>まとめて発行する</Button>
                <ButtonLink href={`${pensionPaths.reports}/printed`}>
                  今日発行したものを印刷する
                </ButtonLink>
              </Actions>
            </SentForm>
          </Panel>
        )}
        <Panel title={`未提出 ${list.total.toLocaleString("ja-JP")}件`}>
          <Table
            caption="未提出の現況届"
            rows={list.rows}
            href={(one) => pensionPaths.one(one.pension.id)}
            empty="未提出の現況届はありません。"
            columns={[
              { title: "番号", cell: (one) => pensionNumber(one.pension), nowrap: true },
              {
                title: "受給者",
                cell: (one) => (
                  <PersonCell person={people.get(one.pension.payeeNumber)} today={today} />
                ),
              },
              { title: "年", cell: (one) => yearInWords(one.report.year), nowrap: true },
              {
                title: "提出期限",
                cell: (one) => showDateShort(one.report.dueOn as IsoDate),
                nowrap: true,
              },
              {
                title: "催告の期限",
                cell: (one) =>
                  one.report.warnedUntil ? showDateShort(one.report.warnedUntil as IsoDate) : "―",
                nowrap: true,
              },
            ]}
          />
          <Pagination
            page={at}
            pages={Math.max(1, Math.ceil(list.total / rowsAPage))}
            href={(to) => `${pensionPaths.reports}?page=${to}`}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}
