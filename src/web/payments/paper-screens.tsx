import {
  issueMoneyReceipt,
  issueRepaymentPaper,
  makeRepaymentPaper,
  noticeTitles,
  paperDays,
  paperSteps,
  papersOfDay,
  printRepaymentPapers,
  readRepayment,
  repaymentNumber,
} from "#src/platform/payments/index.ts";
import { conflict, notFound } from "#src/platform/problem.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { repaymentV1 } from "#workflows/payments/repayment.ts";
import { yen } from "#workflows/text/yen.ts";
import { sentWith } from "../cases/sent.tsx";
import {
  ButtonLink,
  EmptyState,
  PageTitle,
  Pagination,
  Panel,
  Table,
  Tabs,
} from "../components/index.ts";
import { readDate, showDate, showDateShort } from "../dates.ts";
import { idOf } from "../params.ts";
import { PersonCell, peopleOfRows } from "../person-cell.tsx";
import { inlinePdf, page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { day } from "./parts.tsx";
import { type RepaymentRequest, repaymentPage } from "./repayment-page.tsx";
import type { Payments } from "./set.ts";

const title = "返還金の文書";
const daysShown = 8;
/** Papers that are printed in one go. */
const papersAFile = 100;

const entryOf = (form: RepaymentRequest["form"]) => ({
  due: readDate(form.text("due")),
  payBy: readDate(form.text("payBy")),
  reason: form.text("reason"),
});

/** Papers of repayments: looked at, issued, printed again as they were, and those of a day in one file. */
export const paperScreens = (of: Payments): AnyRoute[] => [
  ...paperSteps.map((type) =>
    defineRoute({
      ...of.reading,
      right: "repayment.prepare",
      method: "post",
      path: `${of.paths.repayments}/:repayment/preview/${type}` as const,
      audit: "repayment-paper.previewed",
      async handle(request) {
        const { params, form, work } = request;
        const id = idOf(params.repayment);
        try {
          const { pdf } = await work(async (unit) =>
            makeRepaymentPaper(unit, of, await readRepayment(unit, id), type, entryOf(form)),
          );
          return inlinePdf(`${type}-preview.pdf`, pdf);
        } catch (error) {
          return repaymentPage(of, request, sentWith(type, form, error));
        }
      },
    }),
  ),
  ...paperSteps.map((type) =>
    defineRoute({
      ...of.reading,
      right: "repayment.prepare",
      method: "post",
      path: `${of.paths.repayments}/:repayment/${type}` as const,
      audit: `repayment.${type}-asked`,
      async handle(request) {
        const { params, form, work } = request;
        const id = idOf(params.repayment);
        try {
          await work((unit) =>
            issueRepaymentPaper(unit, of, {
              id,
              seen: form.integer("revision") ?? 0,
              type,
              ...entryOf(form),
            }),
          );
        } catch (error) {
          return repaymentPage(of, request, sentWith(type, form, error));
        }
        return redirect(
          of.paths.repayment(id),
          `「${repaymentV1.events[type].title}」を行いました。「発行した文書」から印刷してください。`,
        );
      },
    }),
  ),
  defineRoute({
    ...of.reading,
    right: "repayment.receive",
    method: "post",
    path: `${of.paths.repayments}/:repayment/receipts/:receipt/paper` as const,
    audit: "repayment.receipt-asked",
    async handle({ params, work }) {
      const id = idOf(params.repayment);
      await work((unit) => issueMoneyReceipt(unit, of, { id, receipt: idOf(params.receipt) }));
      return redirect(
        of.paths.repayment(id),
        "領収書を発行しました。「発行した文書」から印刷してください。",
      );
    },
  }),
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.repayments}/:repayment/papers/:paper` as const,
    audit: "repayment-paper.asked",
    async handle({ params, work }) {
      const paper = idOf(params.paper);
      const { pdf } = await work(async (unit) => {
        const { notices } = await readRepayment(unit, idOf(params.repayment));
        if (!notices.some(({ id }) => id === paper)) throw notFound("文書が見つかりません。");
        return printRepaymentPapers(unit, [paper]);
      });
      return inlinePdf("repayment-paper.pdf", pdf);
    },
  }),
  defineRoute({
    ...of.reading,
    right: "repayment.prepare",
    method: "get",
    path: of.paths.papers,
    audit: "repayment-papers.listed",
    async handle({ work, query, platform }) {
      const on = dayAsked(query.text("on"), platform.clock.today());
      const at = Math.max(1, query.integer("page") ?? 1);
      const { found, people, days } = await work(async (unit) => {
        const papers = await papersOfDay(unit, on, {
          from: (at - 1) * papersAFile,
          size: papersAFile,
        });
        return {
          found: papers,
          days: await paperDays(unit, daysShown),
          people: await peopleOfRows(
            unit,
            papers.rows.map(({ repayment }) => repayment.personNumber),
          ),
        };
      });
      return page({
        title: `${of.title} ${title}`,
        breadcrumb: [
          { title: "支払", path: of.paths.runs },
          { title: "返還金", path: of.paths.repayments },
          { title },
        ],
        content: (
          <>
            <PageTitle
              actions={
                found.rows.length > 0 && (
                  <ButtonLink
                    href={`${of.paths.papers}/pdf?on=${on}&page=${at}`}
                    look="primary"
                    newTab
                  >
                    {`この一覧の${found.rows.length}件をまとめて印刷`}
                  </ButtonLink>
                )
              }
            >
              {title}
            </PageTitle>
            <Panel title={`${showDate(on)}に発行した文書 ${found.total.toLocaleString("ja-JP")}件`}>
              <Tabs
                label="発行した日"
                tabs={shownDays(days, on).map((one) => ({
                  title: showDateShort(one.on),
                  count: one.papers,
                  href: `${of.paths.papers}?on=${one.on}`,
                  current: one.on === on,
                }))}
              />
              {found.rows.length === 0 ? (
                <EmptyState>この日に発行した文書はありません。</EmptyState>
              ) : (
                <Table
                  caption={title}
                  columns={[
                    { title: "文書番号", cell: ({ notice }) => notice.number, nowrap: true },
                    {
                      title: "種類",
                      cell: ({ notice }) =>
                        notice.kind === "dunning" ? "督促状" : noticeTitles[notice.kind],
                    },
                    {
                      title: "返す人",
                      cell: ({ repayment }) => (
                        <PersonCell
                          person={people.get(repayment.personNumber)}
                          today={platform.clock.today()}
                        />
                      ),
                    },
                    {
                      title: "返還金",
                      cell: ({ repayment }) => repaymentNumber(repayment),
                      nowrap: true,
                    },
                    { title: "納期限", cell: ({ notice }) => day(notice.dueOn), nowrap: true },
                    { title: "額", cell: ({ notice }) => yen(notice.amount), align: "end" },
                  ]}
                  rows={found.rows}
                  href={({ repayment }) => of.paths.repayment(repayment.id)}
                />
              )}
              <Pagination
                page={at}
                pages={Math.ceil(found.total / papersAFile)}
                href={(next) => `${of.paths.papers}?on=${on}&page=${next}`}
              />
            </Panel>
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...of.reading,
    right: "repayment.prepare",
    method: "get",
    path: `${of.paths.papers}/pdf` as const,
    audit: "repayment-papers.printed",
    async handle({ work, query, platform }) {
      const on = dayAsked(query.text("on"), platform.clock.today());
      const at = Math.max(1, query.integer("page") ?? 1);
      const { pdf } = await work(async (unit) => {
        const { rows } = await papersOfDay(unit, on, {
          from: (at - 1) * papersAFile,
          size: papersAFile,
        });
        if (rows.length === 0) throw conflict("この日に発行した文書はありません。");
        return printRepaymentPapers(
          unit,
          rows.map(({ notice }) => notice.id),
        );
      });
      return inlinePdf(`repayment-papers-${on}.pdf`, pdf);
    },
  }),
];

/** The last days with papers, and the one asked for. */
const shownDays = (days: readonly { on: string; papers: number }[], on: IsoDate) =>
  (days.some((one) => one.on === on) ? days : [{ on, papers: 0 }, ...days]) as {
    on: IsoDate;
    papers: number;
  }[];

const dayAsked = (text: string, today: IsoDate): IsoDate => readDate(text) ?? today;
