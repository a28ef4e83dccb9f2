import { holdsForAll } from "#src/platform/access/actor.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { StateBadge } from "#src/web/cases/parts.tsx";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import { SentForm } from "#src/web/cases/sent-form.tsx";
import { readMonth } from "#src/web/claims/receipt-fields.tsx";
import {
  Actions,
  Button,
  PageTitle,
  Pagination,
  Panel,
  Table,
  TextField,
} from "#src/web/components/index.ts";
import { showDateShort } from "#src/web/dates.ts";
import { page, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import { nextPaymentMonth } from "#workflows/vaccination/relief/pension.ts";
import { listPensionRuns, preparePensionRun, runStateMeta } from "../../relief-benefits/runs.ts";
import { rowsAPage } from "../records/parts.tsx";
import { monthInWords, pensionPaths, program } from "./words.ts";

const reading = { right: "payment.read", program, purpose: "payment" } as const;

/** 定期支払: the runs, and where the next one is prepared. */
export const pensionRunListScreens: readonly AnyRoute[] = [
  defineRoute({
    ...reading,
    method: "get",
    path: pensionPaths.runs,
    audit: "relief-runs.listed",
    handle: (request) => listPage(request),
  }),
  defineRoute({
    ...reading,
    right: "payment.prepare",
    method: "post",
    path: pensionPaths.runs,
    audit: "relief-run.prepare-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const month = readMonth(form.text("payMonth"));
        if (!month) throw new EntryProblem("payMonth", "支払月を入力してください。例: R9.1");
        const id = await work((unit) => preparePensionRun(unit, `${month}-01` as IsoDate));
        return redirect(
          pensionPaths.run(id),
          "年金の支払を準備しました。内容を確かめてください。別の決裁者が承認します。",
        );
      } catch (error) {
        return listPage(request, sentWith("prepare", form, error));
      }
    },
  }),
];

async function listPage({ work, query, platform, actor }: ScreenRequest, sent?: Sent) {
  const at = Math.max(1, query.integer("page") ?? 1);
  const list = await work((unit) =>
    listPensionRuns(unit, { from: (at - 1) * rowsAPage, size: rowsAPage }),
  );
  const month = nextPaymentMonth(platform.clock.today());
  return page({
    title: "年金の定期支払",
    status: statusOf(sent),
    breadcrumb: [{ title: "年金", path: pensionPaths.list }, { title: "定期支払" }],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>年金の定期支払</PageTitle>
        <SentNote />
        {holdsForAll(actor, "payment.prepare", program) && (
          <Panel title="支払を準備する">
            <SentForm event="prepare" action={pensionPaths.runs}>
              <TextField
                name="payMonth"
                label="支払月"
                hint="1月、4月、7月、10月。支払月の前月分までを計算します。"
                required
                width={8}
                value={formatWarekiShort(month).replace(/\.0?1$/u, "")}
              />
              <Actions>
                <Button>準備する</Button>
              </Actions>
            </SentForm>
          </Panel>
        )}
        <Panel title={`一覧 ${list.total.toLocaleString("ja-JP")}件`}>
          <Table
            caption="年金の定期支払の一覧"
            rows={list.rows}
            href={({ id }) => pensionPaths.run(id)}
            empty="準備した支払はありません。"
            columns={[
              { title: "支払月", cell: ({ payMonth }) => monthInWords(payMonth), nowrap: true },
              {
                title: "準備",
                cell: ({ preparedOn }) => showDateShort(preparedOn as IsoDate),
                nowrap: true,
              },
              { title: "支払う", cell: ({ payable }) => `${payable}件`, align: "end" },
              { title: "支払わない", cell: ({ held }) => `${held}件`, align: "end" },
              { title: "額", cell: ({ amount }) => yen(amount), align: "end", nowrap: true },
              {
                title: "状態",
                cell: ({ state }) => {
                  const { title, tone } = runStateMeta(state);
                  return <StateBadge tone={tone ?? "neutral"} title={title} />;
                },
                nowrap: true,
              },
            ]}
          />
          <Pagination
            page={at}
            pages={Math.max(1, Math.ceil(list.total / rowsAPage))}
            href={(to) => `${pensionPaths.runs}?page=${to}`}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}
