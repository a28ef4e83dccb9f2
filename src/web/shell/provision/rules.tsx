import type { FlowAction } from "#src/platform/flow.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import {
  allFileItems,
  fileItems,
  isInForce,
  listRules,
  moveRule,
  type ProvisionRule,
  proposeRule,
  provisionItems,
  ruleActions,
  timingTitles,
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
  SelectField,
  Table,
  TextField,
} from "../../components/index.ts";
import { readDate, showDateShort, showMoment } from "../../dates.ts";
import { numberOf } from "../../params.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import type { TransferTemplate } from "../../screens.ts";
import { Values } from "../../values.ts";
import type { ProgramTitles } from "../staff/duty-words.tsx";
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
export const ruleScreens = (programs: ProgramTitles, templates: readonly Template[] = []) => [
  defineRoute({
    ...preparing,
    method: "get",
    path: "/provision-rules",
    audit: "provision-rules.listed",
    handle: (request) => tablePage(request, programs, {}, templates),
  }),
  defineRoute({
    ...preparing,
    method: "post",
    path: "/provision-rules",
    audit: "provision-rule.sent",
    handle: (request) => propose(request, programs),
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
            <Rules rows={rows} programs={programs} today={platform.clock.today()} />
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

async function propose(request: ScreenRequest, programs: ProgramTitles) {
  const { form, work } = request;
  const from = readDate(form.text("from"));
  const to = form.text("to") === "" ? null : readDate(form.text("to"));
  const errors: Record<string, string> = {};
  if (!from) errors.from = "始まりを入力してください。例: R8.11.20";
  if (to === undefined) errors.to = "終わりは日付で入力してください。例: R9.3.31";
  if (!from || to === undefined) return tablePage(request, programs, errors);
  const sent = form.all("items");
  try {
    await work((unit) =>
      proposeRule(unit, {
        recipient: form.text("recipient"),
        legalBasis: form.text("legalBasis"),
        work: form.text("work"),
        items: allFileItems.filter((item) => sent.includes(item)),
        program: form.choice("program", [...programs.keys()]) ?? null,
        applicantsOf: form.choice("applicantsOf", [...programs.keys()]) ?? null,
        timing: form.choice("timing", ["as-needed", "monthly", "yearly"]) ?? "as-needed",
        way: form.choice("way", ["file", "paper", "network"]) ?? "file",
        publicKey: form.text("publicKey"),
        from,
        to,
        source: form.text("source"),
      }),
    );
  } catch (error) {
    if (!(error instanceof EntryProblem)) throw error;
    return tablePage(request, programs, error.errors);
  }
  return redirect(
    "/provision-rules",
    "起案しました。個人情報保護担当が承認するまで、提供はできません。",
  );
}

async function tablePage(
  { work, form, query, platform }: ScreenRequest,
  programs: ProgramTitles,
  errors: FieldErrors,
  templates: readonly Template[] = [],
) {
  const chosen = templates[query.integer("template") ?? -1];
  const values = form.names().length > 0 ? form : chosen && valuesOf(chosen);
  const choices = [...programs].map(([value, label]) => ({ value, label }));
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
          <Form action="/provision-rules" values={values} errors={errors} class="form stacked">
            {templates.length > 0 && (
              <p class="field-hint">
                評価書にある移転から入れる:{" "}
                {templates.map((one, at) => (
                  <span key={at}>
                    <a href={`/provision-rules?template=${at}`}>
                      {one.recipient}（{one.work}）
                    </a>
                    {at < templates.length - 1 ? "、" : ""}
                  </span>
                ))}
              </p>
            )}
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
              options={choicesOf(fileItems)}
            />
            <FieldRow>
              <SelectField
                name="program"
                label="資格情報を提供する事務（期間のファイル、ネットワーク）"
                empty="なし（住民の記録だけ・1人ずつ）"
                options={choices}
              />
              <SelectField
                name="applicantsOf"
                label="対象となる本人の範囲"
                empty="提供先から依頼のあった方の世帯"
                options={choices.map(({ value, label }) => ({
                  value,
                  label: `期間内に${label}を申請した世帯`,
                }))}
              />
              <SelectField
                name="timing"
                label="時期・頻度"
                value="as-needed"
                options={choicesOf(timingTitles)}
              />
            </FieldRow>
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
        <Rules rows={rows} programs={programs} today={today} />
      </>
    ),
  });
}

/** A transfer of a 事務 as its assessment tells it. */
export type Template = TransferTemplate & { program: string };

/** The form as a template fills it: all items of the 資格情報, and name and birth date to know whose they are. */
const valuesOf = (one: Template): Values =>
  new Values([
    ["recipient", one.recipient],
    ["work", one.work],
    ["legalBasis", one.legalBasis],
    ["source", one.source],
    ["program", one.program],
    ["applicantsOf", one.applicantsOf ?? ""],
    ["timing", one.timing],
    ["way", one.way],
    ...["name", "birth-date", ...allFileItems.filter((item) => !(item in provisionItems))].map(
      (item) => ["items", item] as const,
    ),
  ]);

type Row = ProvisionRule & { actions?: readonly FlowAction[] };

function Rules(props: { rows: readonly Row[]; programs: ProgramTitles; today: IsoDate }) {
  const titleOf = (program: string) => props.programs.get(program) ?? program;
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
          {
            title: "項目・範囲",
            cell: ({ items, program, applicantsOf }) => (
              <>
                {itemsInWords(items)}
                {program && (
                  <span class="cell-note">
                    {titleOf(program)}の資格（
                    {applicantsOf ? `${titleOf(applicantsOf)}を申請した世帯` : "依頼のあった世帯"}）
                  </span>
                )}
              </>
            ),
          },
          {
            title: "方法・時期",
            cell: ({ way, timing }) => (
              <>
                {wayTitles[way]}
                <span class="cell-note">{timingTitles[timing]}</span>
              </>
            ),
          },
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
