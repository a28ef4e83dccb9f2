import { holds } from "#src/platform/access/actor.ts";
import { Problem } from "#src/platform/problem.ts";
import {
  decideStatement,
  enterStatement,
  ledgerSums,
  linesAPage,
  listStatements,
  type StatementRow,
} from "#src/platform/receipts/index.ts";
import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import {
  channelTitles,
  differenceReasons,
  type ReceiptChannel,
} from "#workflows/receipts/decisions.ts";
import { yen } from "#workflows/text/yen.ts";
import {
  Badge,
  Button,
  choicesOf,
  DefinitionList,
  FieldRow,
  Form,
  NumberField,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "../components/index.ts";
import { numberOf } from "../params.ts";
import { moveOn, page, redirect } from "../reply.ts";
import { defineRoute, type ScreenRequest } from "../route.ts";
import { monthChoices, showMonth } from "./words.ts";

const path = "/receipts/statements";
const shared = { purpose: "feed", program: "receipts" } as const;
const channels = Object.keys(channelTitles) as ReceiptChannel[];

/** Where the statement of a channel and a month is entered and decided. */
export const statementPath = (channel: ReceiptChannel, month: string) =>
  `${path}?${new URLSearchParams({ channel, month })}` as const;

/** What a channel claims for a month beside the ledger: entered by one person, approved by another. */
export const statementScreens = [
  defineRoute({
    ...shared,
    method: "get",
    path,
    right: "feed.read",
    audit: "receipt-statements.listed",
    handle: (request) => statementsPage(request, {}),
  }),
  defineRoute({
    ...shared,
    method: "post",
    path,
    right: "feed.import",
    audit: "receipt-statement.sent",
    async handle(request) {
      const { form, work } = request;
      const { channel, month } = chosenOf(request, form);
      const [count, amount, advance] = ["count", "amount", "advance"].map((name) =>
        form.integer(name),
      );
      const reason = form.choice("difference-reason", Object.keys(differenceReasons)) ?? null;
      const sums = await work((unit) => ledgerSums(unit, channel, month));
      const errors: Record<string, string> = {};
      const isAmount = (value: number | undefined): value is number =>
        value !== undefined && value >= 0;
      if (!isAmount(count)) errors.count = "請求件数を数字で入力してください。";
      if (!isAmount(amount)) errors.amount = "請求額を円で入力してください。";
      if (!isAmount(advance))
        errors.advance = "概算で払った額を円で入力してください。なければ0です。";
      if (isAmount(amount) && amount !== sums.subsidy && reason === null)
        errors["difference-reason"] = "請求額が台帳と違います。理由を選んでください。";
      if (
        !isAmount(count) ||
        !isAmount(amount) ||
        !isAmount(advance) ||
        errors["difference-reason"]
      )
        return statementsPage(request, errors);
      try {
        await work((unit) =>
          enterStatement(unit, {
            channel,
            claimMonth: month,
            count,
            amount,
            advance,
            differenceReason: amount === sums.subsidy ? null : reason,
          }),
        );
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return statementsPage(request, { amount: error.message });
      }
      return redirect(path, "計算書を入力しました。別の職員の承認を待っています。");
    },
  }),
  defineRoute({
    ...shared,
    method: "post",
    path: "/receipts/statements/choice",
    right: "feed.read",
    audit: "receipt-statements.chosen",
    async handle(request) {
      const { channel, month } = chosenOf(request, request.form);
      // Nothing is looked at but the choice; the page that it leads to does.
      await request.work(async () => {});
      return moveOn(`${path}?${new URLSearchParams({ channel, month })}`);
    },
  }),
  defineRoute({
    ...shared,
    method: "post",
    path: "/receipts/statements/:id/decision",
    right: "feed.commit",
    audit: "receipt-statement.decision-sent",
    async handle({ params, form, work }) {
      const approve = form.pressed(["approve", "refuse"]) === "approve";
      await work((unit) => decideStatement(unit, { id: numberOf(params.id), approve }));
      return redirect(path, approve ? "計算書を承認しました。" : "計算書を差し戻しました。");
    },
  }),
];

function chosenOf({ platform }: ScreenRequest, from: ScreenRequest["query"]) {
  const text = from.text("month");
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : platform.clock.today().slice(0, 7);
  return {
    channel: from.choice("channel", channels) ?? "payment-fund",
    month: month as IsoMonth,
  };
}

async function statementsPage(request: ScreenRequest, errors: Record<string, string>) {
  const { actor, work, platform, form, query } = request;
  const sent = form.names().length > 0;
  const { channel, month } = chosenOf(request, sent ? form : query);
  const at = Math.max(1, query.integer("page") ?? 1);
  const { statements, sums } = await work(async (unit) => ({
    statements: await listStatements(unit, at),
    sums: await ledgerSums(unit, channel, month),
  }));
  const today = platform.clock.today().slice(0, 7);
  const title = "請求の計算書";
  return page({
    title,
    breadcrumb: [{ title: "レセプト", path: "/receipts" }, { title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <Panel title="給付台帳の額">
          <Form action={`${path}/choice`} class="form" keys="search">
            <FieldRow>
              <SelectField
                name="channel"
                label="届いたところ"
                value={channel}
                options={choicesOf(channelTitles)}
              />
              <SelectField
                name="month"
                label="請求年月"
                value={month}
                options={monthChoices(today, { before: 24, after: 2 })}
              />
            </FieldRow>
            <Button look="secondary">表示する</Button>
          </Form>
          <DefinitionList
            columns={3}
            items={[
              ["件数", `${sums.receipts.toLocaleString("ja-JP")}件`],
              ["点数", `${sums.points.toLocaleString("ja-JP")}点`],
              ["助成額", yen(sums.subsidy)],
            ]}
          />
        </Panel>
        {holds(actor, "feed.import", { program: "receipts" }) && (
          <Panel title={`${channelTitles[channel]} ${showMonth(month)}請求分の計算書を入力する`}>
            <Form
              action={path}
              class="form stacked"
              values={sent ? form : undefined}
              errors={errors}
            >
              <input type="hidden" name="channel" value={channel} />
              <input type="hidden" name="month" value={month} />
              <FieldRow>
                <NumberField name="count" label="請求件数" required />
                <NumberField name="amount" label="請求額（円）" required />
                <NumberField name="advance" label="概算で払った額（円）" required />
                <SelectField
                  name="difference-reason"
                  label="台帳と違う理由"
                  empty="同じ額である"
                  options={choicesOf(differenceReasons)}
                />
              </FieldRow>
              <Button>入力する</Button>
            </Form>
          </Panel>
        )}
        <Panel title={`計算書 ${statements.total.toLocaleString("ja-JP")}件`}>
          <Table
            caption="計算書"
            rows={statements.rows}
            empty="まだ計算書がありません。"
            columns={columnsFor(request)}
          />
          <Pagination
            page={at}
            pages={Math.ceil(statements.total / linesAPage)}
            href={(next) => `${path}?page=${next}`}
          />
        </Panel>
      </>
    ),
  });
}

const columnsFor = ({ actor }: ScreenRequest) => [
  {
    title: "請求",
    cell: (one: StatementRow) => `${channelTitles[one.channel]} ${showMonth(one.claimMonth)}`,
    nowrap: true,
  },
  {
    title: "請求額",
    cell: (one: StatementRow) => yen(one.claimedAmount),
    align: "end" as const,
  },
  {
    title: "台帳の額",
    cell: (one: StatementRow) => yen(one.ledgerAmount),
    align: "end" as const,
  },
  { title: "概算", cell: (one: StatementRow) => yen(one.advanceAmount), align: "end" as const },
  {
    title: "精算する額",
    cell: (one: StatementRow) => yen(one.claimedAmount - one.advanceAmount),
    align: "end" as const,
  },
  {
    title: "違う理由",
    cell: (one: StatementRow) =>
      one.differenceReason
        ? (differenceReasons as Record<string, string>)[one.differenceReason]
        : "―",
  },
  {
    title: "状態",
    cell: (one: StatementRow) => (
      <Decision
        statement={one}
        me={actor.staffId}
        may={holds(actor, "feed.commit", { program: "receipts" })}
      />
    ),
  },
];

function Decision({ statement, me, may }: { statement: StatementRow; me: number; may: boolean }) {
  if (statement.decision === "approved") return <Badge tone="success">承認済み</Badge>;
  if (statement.decision === "refused") return <Badge tone="neutral">差戻し</Badge>;
  if (!may || statement.askedBy === me) return <Badge tone="warning">承認待ち</Badge>;
  return (
    <Form action={`${path}/${statement.id}/decision`} class="inline-form">
      <Button
        name="event"
        value="approve"
        confirm="この額を支払うことを承認します。よろしいですか。"
      >
        承認する
      </Button>
      <Button name="event" value="refuse" look="secondary">
        差し戻す
      </Button>
    </Form>
  );
}
