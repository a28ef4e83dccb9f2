import { holds, holdsForAll } from "#src/platform/access/actor.ts";
import {
  gatherRun,
  hasTransferBook,
  listPaymentRuns,
  paymentRunNumber,
  settingInForce,
  totalOf,
} from "#src/platform/payments/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { fiscalYear } from "#workflows/dates/ages.ts";
import { lastClosing, proposedTransfer } from "#workflows/payments/calendar.ts";
import { yen } from "#workflows/text/yen.ts";
import { SentContext, SentNote, sentWith, useSent } from "../cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  DateField,
  DisabledAction,
  FieldRow,
  Form,
  PageTitle,
  Pagination,
  Panel,
  Table,
} from "../components/index.ts";
import { readDate, showDateShort, showMoment } from "../dates.ts";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { day, PaymentRunBadge, rowsAPage } from "./parts.tsx";
import type { Payments } from "./set.ts";

/** 支払の回: the list, and gathering what is payable into a new one. */
export const runListScreens = (of: Payments): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: of.paths.runs,
    audit: "payment-runs.listed",
    handle: (request) => listPage(of, request),
  }),
  defineRoute({
    ...of.reading,
    right: "payment.prepare",
    method: "post",
    path: of.paths.runs,
    audit: "payment-run.gather-asked",
    async handle(request) {
      const { form, work } = request;
      const closingOn = readDate(form.text("closingOn"));
      const payOn = readDate(form.text("payOn"));
      const errors = {
        ...(closingOn ? {} : { closingOn: "締日を入力してください。例: R8.11.30" }),
        ...(payOn ? {} : { payOn: "振込指定日を入力してください。例: R8.12.15" }),
      };
      if (!closingOn || !payOn) return listPage(of, request, { event: "gather", form, errors });
      try {
        const id = await work((unit) => gatherRun(unit, { program: of.program, closingOn, payOn }));
        return redirect(
          of.paths.run(id),
          "支払うものを集めました。内容を確かめて、承認を求めてください。",
        );
      } catch (error) {
        return listPage(of, request, sentWith("gather", form, error));
      }
    },
  }),
];

async function listPage(
  of: Payments,
  { work, query, actor, platform }: ScreenRequest,
  sent?: Parameters<typeof SentContext.Provider>[0]["value"],
) {
  const at = Math.max(1, query.integer("page") ?? 1);
  const today = platform.clock.today();
  // What is gathered here is of the whole city.
  const prepares = holdsForAll(actor, "payment.prepare", of.program);
  const { list, days, book } = await work(async (unit) => ({
    book: await hasTransferBook(unit, { program: of.program, fiscalYear: fiscalYear(today) }),
    list: await listPaymentRuns(unit, of.program, { page: at, size: rowsAPage }),
    days: await settingInForce(unit, of.program).catch((error: unknown) => {
      if (error instanceof Problem) return undefined;
      throw error;
    }),
  }));
  const closingOn = days && lastClosing(today, days);
  return page({
    title: `${of.title} 支払`,
    breadcrumb: [{ title: "支払" }],
    status: sent ? 422 : 200,
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          actions={
            <>
              {holds(actor, "payment.download", { program: of.program }) &&
                (book ? (
                  <ButtonLink href={`${of.paths.runs}/transfer-book`} newTab>
                    今年度の授受簿を印刷
                  </ButtonLink>
                ) : (
                  <DisabledAction reasons={["今年度に引き渡した振込データは、まだありません。"]}>
                    今年度の授受簿を印刷
                  </DisabledAction>
                ))}
              <ButtonLink href={of.paths.settings}>支払の設定</ButtonLink>
            </>
          }
        >
          支払の回
        </PageTitle>
        <SentNote />
        {prepares && (
          <Panel title="支払うものを集める">
            {days && closingOn ? (
              <Gather
                action={of.paths.runs}
                closingOn={showDateShort(closingOn)}
                payOn={showDateShort(proposedTransfer(closingOn, today, days))}
              />
            ) : (
              <p>
                支払の設定がまだ承認されていません。
                <a href={of.paths.settings}>支払の設定</a>
                を起案し、別の決裁者の承認を受けてください。
              </p>
            )}
          </Panel>
        )}
        <Panel title={`一覧 ${list.total.toLocaleString("ja-JP")}件`}>
          <Table
            caption="支払の回の一覧"
            columns={[
              { title: "番号", cell: ({ run }) => paymentRunNumber(run), nowrap: true },
              { title: "締日", cell: ({ run }) => day(run.closingOn), nowrap: true },
              { title: "振込指定日", cell: ({ run }) => day(run.payOn), nowrap: true },
              {
                title: "状態",
                cell: ({ run }) => <PaymentRunBadge state={run.state} />,
                nowrap: true,
              },
              {
                title: "件数",
                cell: ({ figures }) =>
                  totalOf(figures, "ready", "paid", "failed", "returned").count.toLocaleString(
                    "ja-JP",
                  ),
                align: "end",
                nowrap: true,
              },
              {
                title: "支払額",
                cell: ({ figures }) =>
                  yen(totalOf(figures, "ready", "paid", "failed", "returned").sum),
                align: "end",
                nowrap: true,
              },
              {
                title: "保留",
                cell: ({ figures }) => totalOf(figures, "held").count.toLocaleString("ja-JP"),
                align: "end",
                nowrap: true,
              },
              {
                title: "不能",
                cell: ({ figures }) =>
                  totalOf(figures, "failed", "returned").count.toLocaleString("ja-JP"),
                align: "end",
                nowrap: true,
              },
              { title: "準備", cell: ({ run }) => showMoment(run.preparedAt), nowrap: true },
            ]}
            rows={list.rows}
            href={({ run }) => of.paths.run(run.id)}
            empty="支払の回はまだありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(list.total / rowsAPage)}
            href={(next) => `${of.paths.runs}?page=${next}`}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

function Gather(props: { action: string; closingOn: string; payOn: string }) {
  const { values, errors } = useSent("gather");
  return (
    <Form action={props.action} class="form stacked" values={values} errors={errors}>
      <p>
        締日までに決裁された支払を、口座の確認できたものから集めます。集めただけでは支払われません。
      </p>
      <FieldRow>
        <DateField name="closingOn" label="締日" required value={props.closingOn} />
        <DateField name="payOn" label="振込指定日" required value={props.payOn} />
      </FieldRow>
      <Actions>
        <Button>支払うものを集める</Button>
      </Actions>
    </Form>
  );
}
