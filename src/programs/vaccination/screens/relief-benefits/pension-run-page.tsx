import { holds } from "#src/platform/access/actor.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { StateBadge } from "#src/web/cases/parts.tsx";
import { type Sent, SentContext, SentNote, sentWith, statusOf } from "#src/web/cases/sent.tsx";
import { FoldedForm } from "#src/web/cases/sent-form.tsx";
import {
  Actions,
  Button,
  DateField,
  DefinitionList,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  Table,
  TextArea,
} from "#src/web/components/index.ts";
import { readDate, showDateShort } from "#src/web/dates.ts";
import { StepForm } from "#src/web/payments/parts.tsx";
import { PersonCell, peopleOfRows } from "#src/web/person-cell.tsx";
import { page, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWarekiShort } from "#workflows/dates/wareki.ts";
import { yen } from "#workflows/text/yen.ts";
import { reliefBenefits, reliefClasses } from "#workflows/vaccination/relief/benefits.ts";
import { pensionNumber } from "../../relief-benefits/pensions.ts";
import {
  askOverpaidBack,
  heldTitles,
  linesOfPensionRun,
  movePensionRun,
  pensionRunActions,
  readPensionRun,
  runStateMeta,
} from "../../relief-benefits/runs.ts";
import { rowsAPage } from "../records/parts.tsx";
import { monthInWords, pensionPaths, program } from "./words.ts";

const reading = { right: "payment.read", program, purpose: "payment" } as const;

/** A run of 定期支払: each line to be looked at, approved by another person, and what was paid too much asked back. */
export const pensionRunScreens: readonly AnyRoute[] = [
  defineRoute({
    ...reading,
    method: "get",
    path: "/vaccination/pensions/runs/:run" as const,
    audit: "relief-run.opened",
    handle: (request) => runPage(request),
  }),
  ...(["approve", "cancel"] as const).map((type) =>
    defineRoute({
      ...reading,
      right: type === "approve" ? "payment.approve" : "payment.read",
      purpose: type === "approve" ? "approval" : "payment",
      method: "post",
      path: `/vaccination/pensions/runs/:run/${type}` as const,
      audit: `relief-run.${type}-asked`,
      async handle(request) {
        const { form, params, work } = request;
        try {
          const total = await work((unit) =>
            movePensionRun(unit, { id: params.run, seen: form.integer("revision") ?? 0, type }),
          );
          return redirect(
            pensionPaths.run(params.run),
            type === "approve"
              ? `承認しました。${yen(total)}が支払待ちになりました。支払の回に入れて振り込みます。`
              : "取り消しました。",
          );
        } catch (error) {
          return runPage(request, sentWith(type, form, error));
        }
      },
    }),
  ),
  defineRoute({
    ...reading,
    right: "repayment.prepare",
    method: "post",
    path: "/vaccination/pensions/runs/:run/repayment" as const,
    audit: "relief-run.repayment-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const dueOn = readDate(form.text("dueOn"));
        if (!dueOn) throw new EntryProblem("dueOn", "納期限を入力してください。");
        const made = await work((unit) =>
          askOverpaidBack(unit, {
            lineId: form.text("line"),
            dueOn,
            comment: form.text("comment"),
          }),
        );
        return redirect(
          `/vaccination/payments/repayments/${made}`,
          "返還を起案しました。別の決裁者が決裁します。",
        );
      } catch (error) {
        return runPage(request, sentWith(`repayment ${form.text("line")}`, form, error));
      }
    },
  }),
];

async function runPage(request: ScreenRequest<"/vaccination/pensions/runs/:run">, sent?: Sent) {
  const { params, work, query, platform, actor } = request;
  const at = Math.max(1, query.integer("page") ?? 1);
  const today = platform.clock.today();
  const found = await work(async (unit) => {
    const read = await readPensionRun(unit, params.run);
    const lines = await linesOfPensionRun(unit, params.run, {
      from: (at - 1) * rowsAPage,
      size: rowsAPage,
    });
    return {
      ...read,
      lines,
      actions: await pensionRunActions(unit, read.run),
      people: await peopleOfRows(
        unit,
        lines.rows.map(({ line }) => line.payeeNumber),
      ),
    };
  });
  const { run, sums, rates, lines, actions, people } = found;
  const { title, tone } = runStateMeta(run.state);
  const heading = `年金の定期支払 ${monthInWords(run.payMonth)}`;
  const asksBack = run.state === "approved" && holds(actor, "repayment.prepare", { program });
  return page({
    title: heading,
    status: statusOf(sent),
    breadcrumb: [
      { title: "年金", path: pensionPaths.list },
      { title: "定期支払", path: pensionPaths.runs },
      { title: monthInWords(run.payMonth) },
    ],
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle badge={<StateBadge tone={tone ?? "neutral"} title={title} />}>
          {heading}
        </PageTitle>
        <SentNote />
        <Panel title="内容">
          <DefinitionList
            columns={2}
            items={[
              ["対象", `${monthInWords(run.upTo)}分まで`],
              ["支払う", `${sums.payable}件　${yen(sums.amount)}`],
              ["支払わない", `${sums.held}件`],
              ["準備", showDateShort(run.preparedOn as IsoDate)],
            ]}
          />
          {actions.map(({ type, title: name, reasons }) => (
            <StepForm
              key={type}
              action={`${pensionPaths.run(run.id)}/${type}`}
              revision={run.revision}
              type={type}
              title={name}
              reasons={reasons}
              aside={type === "cancel"}
              confirm={
                type === "approve"
                  ? "この明細のとおり支払待ちにします。元に戻せません。よろしいですか。"
                  : undefined
              }
            />
          ))}
        </Panel>
        {lines.rows.some(({ line }) => line.held === "amount-missing") && (
          <Notification tone="warning" title="額の登録がない月のある年金は、支払いません。">
            制度担当者が「制度の数値」で額を起案し、別の職員が承認した後に、準備し直してください。
          </Notification>
        )}
        <Panel title={`明細 ${lines.total.toLocaleString("ja-JP")}件`}>
          <Table
            caption="年金の支払の明細"
            rows={lines.rows}
            empty="支払う年金はありません。"
            columns={[
              {
                title: "番号",
                cell: ({ pension }) => (
                  <a href={pensionPaths.one(pension.id)}>{pensionNumber(pension)}</a>
                ),
                nowrap: true,
              },
              {
                title: "受け取る方",
                cell: ({ line }) => (
                  <PersonCell person={people.get(line.payeeNumber)} today={today} />
                ),
              },
              {
                title: "年金",
                cell: ({ pension, grade }) =>
                  `${reliefBenefits[pension.benefit]}${pension.benefit === "survivor-pension" ? "" : ` ${grade}級`}`,
                nowrap: true,
              },
              {
                title: "対象の月",
                cell: ({ from, to }) =>
                  from && to ? `${monthInWords(from)}〜${monthInWords(to)}` : "―",
              },
              { title: "額", cell: ({ line }) => yen(line.amount), align: "end", nowrap: true },
              {
                title: "支払わない理由",
                cell: ({ line }) =>
                  line.held ? (
                    <>
                      {heldTitles[line.held]}
                      {asksBack && line.held === "overpaid" && line.amount < 0 && (
                        <AskBack run={run.id} line={line.id} today={today} />
                      )}
                    </>
                  ) : (
                    "―"
                  ),
              },
            ]}
          />
          <Pagination
            page={at}
            pages={Math.max(1, Math.ceil(lines.total / rowsAPage))}
            href={(to) => `${pensionPaths.run(run.id)}?page=${to}`}
          />
        </Panel>
        <Panel title="計算に使う年額">
          <Table
            caption="計算に使う年額"
            rows={rates}
            empty="額の登録がありません。"
            columns={[
              { title: "区分", cell: (one) => reliefClasses[one.class], nowrap: true },
              {
                title: "年金",
                cell: (one) => `${reliefBenefits[one.benefit]} ${one.grade}級`,
                nowrap: true,
              },
              {
                title: "月",
                cell: (one) => `${monthInWords(one.fromMonth)}〜${monthInWords(one.toMonth)}`,
              },
              { title: "年額", cell: (one) => yen(one.yearly), align: "end", nowrap: true },
              { title: "介護加算", cell: (one) => yen(one.care), align: "end", nowrap: true },
              { title: "根拠", cell: (one) => one.basis },
            ]}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

/** Of a line that paid too much: proposes that it is asked back. */
function AskBack({ run, line, today }: { run: string; line: string; today: IsoDate }) {
  return (
    <FoldedForm
      title="返還を起案する"
      event={`repayment ${line}`}
      action={`${pensionPaths.run(run)}/repayment`}
    >
      <input type="hidden" name="line" value={line} />
      <DateField
        name="dueOn"
        label="納期限"
        required
        value={formatWarekiShort(addDays(today, 30))}
      />
      <TextArea name="comment" label="理由" required rows={2} />
      <Actions>
        <Button>返還を起案する</Button>
      </Actions>
    </FoldedForm>
  );
}
