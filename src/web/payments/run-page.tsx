import { covers } from "#src/platform/access/actor.ts";
import {
  answerFaultsOf,
  answerFaultTitles,
  failureTitles,
  holdReasonTitles,
  linesAStatement,
  linesOfRun,
  partyName,
  payableNumber,
  paymentRunActions,
  paymentRunNumber,
  paymentRunStateMeta,
  readPaymentRun,
  totalOf,
} from "#src/platform/payments/index.ts";
import { shownName } from "#src/platform/people/index.ts";
import { pictureOf } from "#workflows/flows/picture.ts";
import { paymentRunV1 } from "#workflows/payments/run.ts";
import { yen } from "#workflows/text/yen.ts";
import { type Sent, SentContext, SentNote } from "../cases/sent.tsx";
import {
  Button,
  ButtonLink,
  Columns,
  DefinitionList,
  Form,
  PageTitle,
  Pagination,
  Panel,
  StepPicture,
  Table,
  Tabs,
} from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { idOf } from "../params.ts";
import { maskedName } from "../person-cell.tsx";
import { page } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { day, PaymentRunBadge, rowsAPage } from "./parts.tsx";
import { payeesOfRows } from "./payee.tsx";
import { RunSteps } from "./run-actions.tsx";
import type { Payments } from "./set.ts";

const tabs = {
  ready: { title: "支払う", states: ["ready"] },
  held: { title: "保留", states: ["held"] },
  paid: { title: "振込済", states: ["paid"] },
  failed: { title: "不能・組戻し", states: ["failed", "returned"] },
} as const;

/** A run of payments: what it pays, what it leaves, the bank's file and the answers. */
export const runPage = (of: Payments): AnyRoute =>
  defineRoute({
    ...of.reading,
    method: "get",
    path: `${of.paths.runs}/runs/:run` as const,
    audit: "payment-run.opened",
    handle: (request) => runReply(of, request),
  });

const positions = { present: "current", passed: "done", ahead: "ahead" } as const;

/** The page of a run, also where a step was not taken. */
export async function runReply(of: Payments, request: ScreenRequest<`${string}:run`>, sent?: Sent) {
  const { params, query, work, actor } = request;
  const id = idOf(params.run);
  const tab = query.choice("lines", Object.keys(tabs) as (keyof typeof tabs)[]);
  const at = Math.max(1, query.integer("page") ?? 1);
  const found = await work(async (unit) => {
    const details = await readPaymentRun(unit, id);
    const first = (Object.keys(tabs) as (keyof typeof tabs)[]).find(
      (one) => totalOf(details.figures, ...tabs[one].states).count > 0,
    );
    const shown = tab ?? first ?? "ready";
    const lines = await linesOfRun(unit, id, {
      states: [...tabs[shown].states],
      from: (at - 1) * rowsAPage,
      size: rowsAPage,
    });
    const payees = await payeesOfRows(
      unit,
      of.program,
      lines.rows.map(({ payable }) => payable),
    );
    const answers = await Promise.all(
      details.answers.map(async (one) => ({
        ...one,
        wrong: one.faults > 0 ? await answerFaultsOf(unit, one.id) : [],
      })),
    );
    return {
      ...details,
      answers,
      lines,
      payees,
      shown,
      actions: await paymentRunActions(unit, details.run),
    };
  });
  const { run, figures, file, handOver, setting, lines, payees, shown, answers } = found;
  const number = paymentRunNumber(run);
  const { steps } = pictureOf(
    paymentRunV1,
    run.state,
    found.steps.map(({ toState }) => toState),
  );
  const here = steps.find(({ position }) => position === "present");
  const live = totalOf(figures, "ready", "paid", "failed", "returned");
  const where = { program: of.program, office: run.officeCode };
  const takes = covers(actor, "payment.download", where);
  const statements =
    takes || covers(actor, "payment.prepare", where) || covers(actor, "payment.approve", where);
  const mayHold = run.state === "prepared" && covers(actor, "payment.prepare", where);
  return page({
    title: `支払の回 ${number} ${paymentRunStateMeta(run.state).title}`,
    breadcrumb: [{ title: "支払", path: of.paths.runs }, { title: number }],
    status: sent ? 422 : 200,
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle
          badge={<PaymentRunBadge state={run.state} />}
          actions={
            statements &&
            live.count > 0 && (
              <StatementLinks href={`${of.paths.run(id)}/statement`} count={live.count} />
            )
          }
        >
          支払の回 {number}
        </PageTitle>
        <SentNote />
        <StepPicture
          label="支払の回の流れ"
          steps={steps
            .filter(({ line }) => line === "main")
            .map(({ title, position }) => ({ label: title, state: positions[position] }))}
          beside={here?.line === "side" ? [{ label: here.title, state: "current" }] : []}
        />
        <Columns wide="first">
          <Panel title="内容">
            <DefinitionList
              columns={2}
              items={[
                ["締日", day(run.closingOn)],
                ["振込指定日", day(run.payOn)],
                ["件数", `${live.count.toLocaleString("ja-JP")}件`],
                ["支払額", yen(live.sum)],
                ["保留", `${totalOf(figures, "held").count.toLocaleString("ja-JP")}件`],
                ["準備した人", found.preparer],
                [
                  "承認した内容",
                  run.approvedCount === null
                    ? "―"
                    : `${run.approvedCount.toLocaleString("ja-JP")}件 ${yen(run.approvedSum ?? 0)}`,
                ],
                ["委託者コード", setting.originatorCode],
              ]}
            />
          </Panel>
          <RunSteps
            of={of}
            run={run}
            actions={found.actions}
            live={live}
            unanswered={totalOf(figures, "ready").count}
          />
        </Columns>
        {file && (
          <Panel title="振込データと授受簿">
            <DefinitionList
              columns={2}
              items={[
                ["件数", `${file.count.toLocaleString("ja-JP")}件`],
                ["合計額", yen(file.sum)],
                ["大きさ", `${file.bytes.toLocaleString("ja-JP")}バイト`],
                ["作成", showMoment(file.writtenAt)],
                ["SHA-256", <code key="digest">{file.sha256}</code>, "wide"],
                [
                  "引渡し",
                  handOver
                    ? `${day(handOver.handedOn)} ${handOver.receiver}（受け取った人 ${handOver.receivedBy}、${
                        handOver.manner === "transfer" ? "ファイル転送" : "媒体"
                      }）`
                    : "まだ引き渡していません。",
                  "wide",
                ],
              ]}
            />
            {takes && file.sealedId && (
              <Form action={`${of.paths.run(id)}/file`} keys="search" class="inline-buttons">
                <Button confirm="振込データを取り出します。取り出したことは記録されます。よろしいですか。">
                  振込データを取り出す
                </Button>
              </Form>
            )}
          </Panel>
        )}
        {answers.length > 0 && (
          <Panel title="取り込んだ結果">
            <Table
              caption="取り込んだ結果"
              columns={[
                { title: "取込", cell: (row) => showMoment(row.readAt), nowrap: true },
                { title: "振込済", cell: (row) => row.paid.toLocaleString("ja-JP"), align: "end" },
                { title: "不能", cell: (row) => row.failed.toLocaleString("ja-JP"), align: "end" },
                {
                  title: "取り込めなかった行",
                  cell: (row) =>
                    row.wrong.length === 0
                      ? "なし"
                      : row.wrong.map((one) => (
                          <div key={one.line}>
                            {one.line}行目 {answerFaultTitles[one.reason]}
                          </div>
                        )),
                },
              ]}
              rows={answers}
            />
          </Panel>
        )}
        <Panel title="支払の一覧">
          <Tabs
            label="状態"
            tabs={(Object.keys(tabs) as (keyof typeof tabs)[]).map((one) => ({
              title: tabs[one].title,
              count: totalOf(figures, ...tabs[one].states).count,
              href: `${of.paths.run(id)}?lines=${one}`,
              current: shown === one,
            }))}
          />
          <Table
            caption="支払の一覧"
            columns={[
              { title: "支払番号", cell: ({ payable }) => payableNumber(payable), nowrap: true },
              {
                title: "支払う相手",
                cell: ({ payable }) => {
                  if (payable.partyCode !== null)
                    return partyName(payable.partyCode, payees.parties);
                  const person = payees.people.get(payable.personNumber ?? "");
                  return person ? (person.addressMasked ? maskedName : shownName(person)) : "―";
                },
              },
              { title: "決裁", cell: ({ payable }) => day(payable.owedOn), nowrap: true },
              { title: "支払額", cell: ({ line }) => yen(line.amount), align: "end", nowrap: true },
              {
                title: "理由",
                cell: ({ line }) =>
                  line.reason
                    ? line.state === "held"
                      ? holdReasonTitles[line.reason]
                      : failureTitles[line.reason]
                    : "―",
              },
              ...(mayHold && shown === "ready"
                ? [
                    {
                      title: "操作",
                      cell: ({ payable }: (typeof lines.rows)[number]) => (
                        <Form
                          action={`${of.paths.run(id)}/hold`}
                          keys="search"
                          class="inline-buttons"
                        >
                          <input type="hidden" name="revision" value={run.revision} />
                          <input type="hidden" name="payable" value={payable.id} />
                          <Button look="secondary">{`${payableNumber(payable)}を外す`}</Button>
                        </Form>
                      ),
                    },
                  ]
                : []),
            ]}
            rows={lines.rows}
            href={({ payable }) => of.paths.payable(payable.id)}
          />
          <Pagination
            page={at}
            pages={Math.ceil(lines.total / rowsAPage)}
            href={(next) => `${of.paths.run(id)}?lines=${shown}&page=${next}`}
          />
        </Panel>
        <Panel title="経過">
          <Table
            caption="経過"
            columns={[
              { title: "日時", cell: (row) => showMoment(row.at), nowrap: true },
              { title: "職員", cell: (row) => row.staffName },
              { title: "操作", cell: (row) => stepTitles[row.event] ?? row.event },
              { title: "理由", cell: (row) => row.comment ?? "―" },
            ]}
            rows={found.steps}
          />
        </Panel>
        <ButtonLink href={of.paths.runs}>一覧へ戻る</ButtonLink>
      </SentContext.Provider>
    ),
  });
}

/** 支払明細書, a file for so many payments each. */
function StatementLinks({ href, count }: { href: string; count: number }) {
  const files = Math.ceil(count / linesAStatement);
  return (
    <>
      {Array.from({ length: files }, (_, part) => (
        <ButtonLink key={part} href={`${href}?from=${part * linesAStatement + 1}`} newTab>
          {files === 1 ? "支払明細書を印刷" : `支払明細書 ${part + 1}／${files}`}
        </ButtonLink>
      ))}
    </>
  );
}

const stepTitles: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(paymentRunV1.events).map(([type, { title }]) => [type, title]),
  ),
  gather: "集める",
  hold: "支払を外す",
  answers: "結果を取り込む",
};
