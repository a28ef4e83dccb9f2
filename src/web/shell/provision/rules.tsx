import type { FlowAction } from "#src/platform/flow.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import {
  allItems,
  isInForce,
  listRules,
  moveRule,
  type ProvisionRule,
  proposeRule,
  provisionItems,
  ruleActions,
} from "#src/platform/provision/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  Actions,
  Badge,
  Button,
  CheckboxGroup,
  choicesOf,
  DateField,
  type FieldErrors,
  FieldRow,
  Form,
  PageTitle,
  Panel,
  RadioGroup,
  RowDecision,
  Table,
  TextField,
} from "../../components/index.ts";
import { readDate, showDateShort, showMoment } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import { itemsInWords, wayTitles } from "./parts.tsx";

const preparing = { right: "provision-rule.prepare", purpose: "administration" } as const;
const approving = { right: "provision-rule.approve", purpose: "administration" } as const;
const title = "提供先の表";
const decisionsTitle = "提供先の承認";
export const ruleMenu = [
  { title, path: "/provision-rules", right: preparing.right },
  {
    title: decisionsTitle,
    path: "/provision-rules/decisions",
    right: approving.right,
    count: "provisionRules",
  },
] as const;

/** The table of recipients (PRV-1): proposed by the scheme officer, approved by the privacy officer. */
export const ruleScreens = [
  defineRoute({
    ...preparing,
    method: "get",
    path: "/provision-rules",
    audit: "provision-rules.listed",
    handle: (request) => tablePage(request, {}),
  }),
  defineRoute({
    ...preparing,
    method: "post",
    path: "/provision-rules",
    audit: "provision-rule.sent",
    handle: propose,
  }),
  defineRoute({
    ...approving,
    method: "get",
    path: "/provision-rules/decisions",
    audit: "provision-rules.reviewed",
    async handle({ work, platform }) {
      const rows = await work(async (unit) =>
        (await listRules(unit)).map((one) => ({ ...one, actions: ruleActions(unit, one) })),
      );
      return page({
        title: decisionsTitle,
        breadcrumb: [{ title: decisionsTitle }],
        content: (
          <>
            <PageTitle>{decisionsTitle}</PageTitle>
            <Rules rows={rows} today={platform.clock.today()} />
          </>
        ),
      });
    },
  }),
  defineRoute({
    ...approving,
    method: "post",
    path: "/provision-rules/:number/decision",
    audit: "provision-rule.decision-sent",
    async handle({ params, form, work }) {
      const event = form.pressed(["approve", "refuse", "end"]);
      await work((unit) => moveRule(unit, numberOf(params.number), event));
      return redirect(
        "/provision-rules/decisions",
        { approve: "承認しました。", refuse: "却下しました。", end: "今日までとしました。" }[event],
      );
    },
  }),
];

async function propose(request: ScreenRequest) {
  const { form, work } = request;
  const from = readDate(form.text("from"));
  const to = form.text("to") === "" ? null : readDate(form.text("to"));
  const errors: Record<string, string> = {};
  if (!from) errors.from = "始まりを入力してください。例: R8.11.20";
  if (to === undefined) errors.to = "終わりは日付で入力してください。例: R9.3.31";
  if (!from || to === undefined) return tablePage(request, errors);
  const sent = form.all("items");
  try {
    await work((unit) =>
      proposeRule(unit, {
        recipient: form.text("recipient"),
        legalBasis: form.text("legalBasis"),
        work: form.text("work"),
        items: allItems.filter((item) => sent.includes(item)),
        way: form.choice("way", ["file", "paper"]) ?? "file",
        publicKey: form.text("publicKey"),
        from,
        to,
        source: form.text("source"),
      }),
    );
  } catch (error) {
    if (!(error instanceof EntryProblem)) throw error;
    return tablePage(request, { [error.field]: error.message });
  }
  return redirect(
    "/provision-rules",
    "起案しました。個人情報保護担当が承認するまで、提供はできません。",
  );
}

async function tablePage({ work, form, platform }: ScreenRequest, errors: FieldErrors) {
  const rows = await work(listRules);
  const today = platform.clock.today();
  return page({
    title,
    breadcrumb: [{ title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <Panel title="提供先を起案する">
          <Form
            action="/provision-rules"
            values={form.names().length > 0 ? form : undefined}
            errors={errors}
            class="form stacked"
          >
            <FieldRow>
              <TextField name="recipient" label="提供先" required />
              <TextField name="work" label="提供先の事務" required />
            </FieldRow>
            <FieldRow>
              <TextField name="legalBasis" label="法令上の根拠" required />
              <TextField name="source" label="出典（評価書など）" required />
            </FieldRow>
            <CheckboxGroup
              name="items"
              label="提供する項目"
              required
              options={choicesOf(provisionItems)}
            />
            <RadioGroup
              name="way"
              label="提供方法"
              required
              value="file"
              options={choicesOf(wayTitles)}
            />
            <TextField name="publicKey" label="提供先の公開鍵（ファイルのとき）" />
            <FieldRow>
              <DateField name="from" label="始まり" required value={showDateShort(today)} />
              <DateField name="to" label="終わり（定めのあるとき）" />
            </FieldRow>
            <Actions>
              <Button shortcut="Ctrl+Enter">起案する</Button>
            </Actions>
          </Form>
        </Panel>
        <Rules rows={rows} today={today} />
      </>
    ),
  });
}

type Row = ProvisionRule & { actions?: readonly FlowAction[] };

function Rules(props: { rows: readonly Row[]; today: IsoDate }) {
  return (
    <Panel title={`提供先 ${props.rows.length}件`}>
      <Table
        caption="提供先の表"
        columns={[
          {
            title: "提供先・事務",
            cell: ({ recipient, work }: Row) => (
              <>
                {recipient}
                <span class="cell-note">{work}</span>
              </>
            ),
          },
          {
            title: "根拠・出典",
            cell: ({ legalBasis, source }) => (
              <>
                {legalBasis}
                <span class="cell-note">{source}</span>
              </>
            ),
          },
          { title: "項目", cell: ({ items }) => itemsInWords(items) },
          { title: "方法", cell: ({ way }) => wayTitles[way] },
          {
            title: "期間",
            cell: ({ validFrom, validTo }) =>
              `${showDateShort(validFrom)}～${validTo ? showDateShort(validTo) : ""}`,
            nowrap: true,
          },
          {
            title: "起案",
            cell: ({ proposer, proposedAt }) => (
              <>
                {proposer}
                <span class="cell-note">{showMoment(proposedAt)}</span>
              </>
            ),
          },
          {
            title: "承認",
            cell: (row) => <Decision row={row} today={props.today} />,
          },
        ]}
        rows={props.rows}
        empty="提供先はまだありません。表にない提供は、すべて拒否されます。"
      />
    </Panel>
  );
}

/** Where a row stands, and what may be done with it. */
function Decision({ row, today }: { row: Row; today: IsoDate }) {
  const { title: word, tone } = standing(row, today);
  const { actions = [] } = row;
  return (
    <>
      {(row.decision || actions.length === 0) && <Badge tone={tone}>{word}</Badge>}
      {row.decider && (
        <span class="cell-note">
          {row.decider} {row.decidedAt && showMoment(row.decidedAt)}
        </span>
      )}
      {actions.length > 0 && (
        <RowDecision
          action={`/provision-rules/${row.id}/decision`}
          actions={actions}
          asks={{
            refuse: "この提供先を却下します。よろしいですか。",
            end: "この提供先への提供を今日までとします。よろしいですか。",
          }}
        />
      )}
    </>
  );
}

function standing(row: ProvisionRule, today: IsoDate) {
  if (row.decision === null) return { title: "承認待ち", tone: "warning" } as const;
  if (row.decision === "refused") return { title: "却下", tone: "error" } as const;
  if (isInForce(row, today)) return { title: "有効", tone: "success" } as const;
  return { title: row.validFrom > today ? "開始前" : "終了", tone: "info" } as const;
}
