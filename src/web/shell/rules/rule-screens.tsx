import { notFound } from "#src/platform/problem.ts";
import { findRule, rules } from "#src/platform/rules.ts";
import { placeOf, readEntered, sentOf, withRows } from "#workflows/rules/entered.ts";
import { runRuleForm } from "#workflows/rules/form.ts";
import type { ResultWords, Rule, RuleOutput } from "#workflows/rules/rule.ts";
import {
  Actions,
  Button,
  Columns,
  FirstButton,
  Form,
  Notification,
  PageTitle,
  Panel,
  ROWS_BUTTON,
  SpecFields,
  Table,
} from "../../components/index.ts";
import { showBasis } from "../../dates.ts";
import { page } from "../../reply.ts";
import { defineRoute } from "../../route.ts";
import { Values } from "../../values.ts";
import { ResultValue } from "./result-value.tsx";

const guard = { right: "rules.try", purpose: "inquiry" } as const;
const title = "制度の試算";

/** What-if pages: every rule with a form made of its own fields; touches no personal data. */
export const ruleScreens = [
  defineRoute({
    ...guard,
    method: "get",
    path: "/rules",
    audit: "nothing-personal",
    because: "a list of the program's rules",
    handle: async () =>
      page({
        title,
        breadcrumb: [{ title }],
        content: (
          <>
            <PageTitle>{title}</PageTitle>
            <p class="lead">
              画面や一括処理と同じ計算を、仮の条件で試せます。住民の情報は使わず、結果も保存しません。
            </p>
            <Table
              caption="試算できる計算"
              columns={[
                { title: "計算", cell: (rule) => rule.title, nowrap: true },
                { title: "内容", cell: (rule) => rule.summary },
              ]}
              rows={rules}
              href={(rule) => `/rules/${rule.id}`}
            />
          </>
        ),
      }),
  }),
  defineRoute({
    ...guard,
    method: "get",
    path: "/rules/:rule",
    audit: "nothing-personal",
    because: "a form with an example of the program",
    async handle({ params, query }) {
      const rule = getRule(params.rule);
      const example = rule.examples[query.integer("example") ?? -1];
      return rulePage(rule, example && valuesOf(rule, example.input), undefined);
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/rules/:rule",
    audit: "nothing-personal",
    because: "reckons with invented facts and keeps nothing",
    async handle({ params, form }) {
      const rule = getRule(params.rule);
      const rows = form.has(ROWS_BUTTON)
        ? withRows(rule.fields, readEntered(rule.fields, form), form.text(ROWS_BUTTON))
        : undefined;
      if (rows !== undefined) return rulePage(rule, valuesOf(rule, rows), undefined);
      const { entered, output } = runRuleForm(rule, form);
      return rulePage(rule, valuesOf(rule, entered), output);
    },
  }),
];

function getRule(id: string): Rule {
  const rule = findRule(id);
  if (!rule) throw notFound("その計算はありません。");
  return rule;
}

const valuesOf = (rule: Rule, input: unknown) => new Values(sentOf(rule.fields, input));

function rulePage(rule: Rule, values: Values | undefined, output: RuleOutput | undefined) {
  const wrong = output && !output.ok ? output.error : undefined;
  return page({
    title: `${title} ${rule.title}`,
    breadcrumb: [{ title, path: "/rules" }, { title: rule.title }],
    status: wrong ? 422 : 200,
    content: (
      <>
        <PageTitle>{rule.title}</PageTitle>
        <p class="lead">{rule.summary}</p>
        <Columns wide="last">
          <div>
            <Panel title="条件">
              <Form
                action={`/rules/${rule.id}`}
                values={values}
                errors={wrong ? { [placeOf(rule.fields, wrong.field)]: wrong.message } : {}}
              >
                <FirstButton>計算する</FirstButton>
                <SpecFields fields={rule.fields} />
                <Actions>
                  <Button shortcut="Ctrl+Enter">計算する</Button>
                </Actions>
              </Form>
            </Panel>
            <Panel title="例">
              <ul class="plain-list">
                {rule.examples.map((example, index) => (
                  <li key={example.title}>
                    <a href={`/rules/${rule.id}?example=${index}`}>{example.title}</a>
                  </li>
                ))}
              </ul>
            </Panel>
          </div>
          <Outcome output={output} words={rule.words} />
        </Columns>
      </>
    ),
  });
}

function Outcome({ output, words }: { output: RuleOutput | undefined; words: ResultWords }) {
  if (!output) {
    return (
      <Panel title="結果">
        <p class="empty-state">条件を入力して「計算する」を押すと、結果と根拠を表示します。</p>
      </Panel>
    );
  }
  if (!output.ok) {
    return (
      <Panel title="結果">
        <Notification tone="warning" title="計算できませんでした。">
          <p>{output.error.message}</p>
        </Notification>
      </Panel>
    );
  }
  return (
    <div>
      <Panel title="結果">
        <ResultValue value={output.result} words={words} />
      </Panel>
      <Panel title="根拠">
        <ul class="plain-list">
          {output.basis.map((line) => (
            <li key={line}>{showBasis(line)}</li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}
