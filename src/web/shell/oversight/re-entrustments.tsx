import type { FlowAction } from "#src/platform/flow.ts";
import { listContractors } from "#src/platform/mailings/index.ts";
import {
  decideReEntrustment,
  listReEntrustments,
  type ReEntrustment,
  reEntrustmentActions,
  requestReEntrustment,
} from "#src/platform/oversight/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { firstState, stateMeta } from "#workflows/flows/answer.ts";
import { reEntrustmentV1 } from "#workflows/oversight/re-entrustment-machine.ts";
import {
  Actions,
  Badge,
  Button,
  DateField,
  type FieldErrors,
  FieldRow,
  Form,
  PageTitle,
  Panel,
  ReasonField,
  RowDecision,
  SelectField,
  Table,
  TextField,
} from "../../components/index.ts";
import { readDate, showDateShort, showMoment } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";

const managing = { right: "contractor.manage", purpose: "administration" } as const;
const approving = { right: "re-entrustment.approve", purpose: "administration" } as const;
const title = "再委託";
export const reEntrustmentMenu = [
  { title, path: "/re-entrustments", right: managing.right },
  {
    title: "再委託の許諾",
    path: "/re-entrustments/decisions",
    right: approving.right,
    count: "reEntrustments",
  },
] as const;

/** 再委託 (OUT-2): entered by whoever looks after the contractor, allowed by the privacy officer. */
export const reEntrustmentScreens = [
  defineRoute({
    ...managing,
    method: "get",
    path: "/re-entrustments",
    audit: "re-entrustments.listed",
    handle: (request) => registerPage(request, {}),
  }),
  defineRoute({
    ...managing,
    method: "post",
    path: "/re-entrustments",
    audit: "re-entrustment.sent",
    async handle(request) {
      const { form, work } = request;
      const from = readDate(form.text("from"));
      const to = readDate(form.text("to"));
      const errors: Record<string, string> = {};
      if (!from) errors.from = "始まりを入力してください。例: R8.11.20";
      if (!to) errors.to = "終わりを入力してください。例: R9.3.31";
      if (!from || !to) return registerPage(request, errors);
      try {
        await work((unit) =>
          requestReEntrustment(unit, {
            contractorId: form.integer("contractor") ?? 0,
            name: form.text("name"),
            work: form.text("work"),
            from,
            to,
          }),
        );
      } catch (error) {
        if (!(error instanceof EntryProblem)) throw error;
        return registerPage(request, error.errors);
      }
      return redirect(
        "/re-entrustments",
        "記入しました。個人情報保護担当が許諾するまで、再委託はできません。",
      );
    },
  }),
  defineRoute({
    ...approving,
    method: "get",
    path: "/re-entrustments/decisions",
    audit: "re-entrustments.reviewed",
    async handle({ work }) {
      const rows = await work(async (unit) =>
        (await listReEntrustments(unit)).map((one) => ({
          ...one,
          actions: reEntrustmentActions(unit, one),
        })),
      );
      return page({
        title: "再委託の許諾",
        breadcrumb: [{ title: "再委託の許諾" }],
        content: (
          <>
            <PageTitle>再委託の許諾</PageTitle>
            <Register rows={rows} />
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...approving,
    method: "post",
    path: "/re-entrustments/:number/decision",
    audit: "re-entrustment.decision-sent",
    async handle({ params, form, work }) {
      const event = form.pressed(["approve", "refuse"]);
      await work((unit) => decideReEntrustment(unit, numberOf(params.number), event));
      return redirect(
        "/re-entrustments/decisions",
        event === "approve" ? "許諾しました。" : "却下しました。",
      );
    },
  }),
];

async function registerPage({ work, form, platform }: ScreenRequest, errors: FieldErrors) {
  const { rows, contractors } = await work(async (unit) => ({
    rows: await listReEntrustments(unit),
    contractors: await listContractors(unit),
  }));
  return page({
    title,
    breadcrumb: [{ title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <Panel title="再委託の申出を記入する">
          <Form
            action="/re-entrustments"
            values={form.names().length > 0 ? form : undefined}
            errors={errors}
            class="form stacked"
          >
            <FieldRow>
              <SelectField
                name="contractor"
                label="委託先"
                required
                empty="選んでください"
                options={contractors
                  .filter(({ endedAt }) => !endedAt)
                  .map(({ id, name }) => ({ value: String(id), label: name }))}
              />
              <TextField name="name" label="再委託先の名称" required />
            </FieldRow>
            <ReasonField name="work" label="内容と必要な理由" required rows={2} />
            <FieldRow>
              <DateField
                name="from"
                label="始まり"
                required
                value={showDateShort(platform.clock.today())}
              />
              <DateField name="to" label="終わり" required />
            </FieldRow>
            <Actions>
              <Button shortcut="Ctrl+Enter">記入する</Button>
            </Actions>
          </Form>
        </Panel>
        <Register rows={rows} />
      </>
    ),
  });
}

type Row = ReEntrustment & { actions?: readonly FlowAction[] };

function Register({ rows }: { rows: readonly Row[] }) {
  return (
    <Panel title={`再委託の記録 ${rows.length}件`}>
      <Table
        caption="再委託の記録"
        columns={[
          { title: "委託先", cell: ({ contractorName }: Row) => contractorName },
          { title: "再委託先", cell: ({ name }) => name },
          { title: "内容と理由", cell: ({ work }) => work },
          {
            title: "期間",
            cell: ({ validFrom, validTo }) =>
              `${showDateShort(validFrom)}～${showDateShort(validTo)}`,
            nowrap: true,
          },
          {
            title: "記入",
            cell: ({ requester, requestedAt }) => (
              <>
                {requester}
                <span class="cell-note">{showMoment(requestedAt)}</span>
              </>
            ),
          },
          { title: "許諾", cell: (row) => <Decision row={row} /> },
        ]}
        rows={rows}
        empty="再委託の記録はまだありません。"
      />
    </Panel>
  );
}

function Decision({ row }: { row: Row }) {
  const { actions = [] } = row;
  if (actions.length === 0) {
    const meta = stateMeta(reEntrustmentV1, row.decision ?? firstState(reEntrustmentV1));
    return (
      <>
        <Badge tone={meta.tone ?? "info"}>{meta.title}</Badge>
        {row.decider && (
          <span class="cell-note">
            {row.decider} {row.decidedAt && showMoment(row.decidedAt)}
          </span>
        )}
      </>
    );
  }
  return (
    <RowDecision
      action={`/re-entrustments/${row.id}/decision`}
      actions={actions}
      asks={{ refuse: "この再委託を却下します。よろしいですか。" }}
    />
  );
}
