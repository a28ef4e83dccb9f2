import { holds } from "#src/platform/access/index.ts";
import {
  cityParameterOf,
  proposalOf,
  proposeParameter,
  scopeOf,
} from "#src/platform/parameters/index.ts";
import { EntryProblem, Problem } from "#src/platform/problem.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import {
  type Entered,
  inputOf,
  placeOf,
  readEntered,
  sentOf,
  withoutEmptyRows,
  withRows,
} from "#workflows/rules/entered.ts";
import { faultOf } from "#workflows/rules/rule.ts";
import {
  Actions,
  Button,
  choicesOf,
  DateField,
  type FieldErrors,
  FieldRow,
  FirstButton,
  Form,
  PageTitle,
  Panel,
  RadioGroup,
  ROWS_BUTTON,
  SpecFields,
  TextField,
} from "../../components/index.ts";
import { readDate, showDateShort } from "../../dates.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute, type ScreenRequest } from "../../route.ts";
import { Values } from "../../values.ts";
import { certaintyTitles, title } from "./parts.tsx";

const guard = { right: "city-parameter.prepare", purpose: "administration" } as const;
const PREFIX = "value.";
/** Fields beside the value. */
const around = ["from", "to", "source", "certainty"] as const;

/** The entry of a row: its value by the parameter's own fields, from when, and where it is written. */
export const entryScreens = [
  defineRoute({
    ...guard,
    method: "get",
    path: "/city-parameters/:key/new",
    audit: "city-parameter.entry-opened",
    async handle(request) {
      const one = parameterFor(request);
      const { query, work } = request;
      const template = one.templates?.[query.integer("template") ?? -1];
      const from = query.integer("from");
      const base = from === undefined ? undefined : await work((unit) => proposalOf(unit, from));
      const known = base?.key === one.key ? base.value : template?.known;
      const start = template?.from ? [["from", showDateShort(template.from)] as const] : [];
      const sent = [
        ...sentOf(one.fields, known ?? {}, PREFIX),
        ...start,
        ...(template ? ([["source", template.source]] as const) : []),
      ];
      return entryPage(one, new Values(sent), {});
    },
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/city-parameters/:key/new",
    audit: "city-parameter.sent",
    handle: propose,
  }),
];

/** @throws Problem 403 where the person holds the right for another 事務 only */
function parameterFor({ params, actor }: ScreenRequest<"/city-parameters/:key/new">) {
  const one = cityParameterOf(params.key);
  if (!holds(actor, "city-parameter.prepare", scopeOf(one.key)))
    throw new Problem({ status: 403, message: "この事務の数値を起案する権限がありません。" });
  return one;
}

async function propose(request: ScreenRequest<"/city-parameters/:key/new">) {
  const { form, work } = request;
  const one = parameterFor(request);
  const sent = readEntered(one.fields, form, PREFIX);
  if (form.has(ROWS_BUTTON)) {
    const asked = form.text(ROWS_BUTTON).replace(` ${PREFIX}`, " ");
    const rows = withRows(one.fields, sent, asked);
    if (rows !== undefined) return entryPage(one, valuesOf(one, rows, form), {});
  }
  const entered = withoutEmptyRows(sent) as { readonly [name: string]: Entered };
  const values = valuesOf(one, entered, form);
  const read = one.schema.safeParse(inputOf(one.fields, entered));
  const errors: Record<string, string> = {};
  if (!read.success) {
    const fault = faultOf(one.fields, inputOf(one.fields, entered), read.error);
    const place = placeOf(one.fields, fault.field);
    errors[place === "" ? "" : PREFIX + place] = fault.message;
  }
  const from = readDate(form.text("from"));
  const to = form.text("to") === "" ? null : readDate(form.text("to"));
  const certainty = form.choice("certainty", ["established", "probable"]);
  if (!from) errors.from = "始まりを入力してください。例: R8.4.1";
  if (to === undefined) errors.to = "終わりは日付で入力してください。例: R9.3.31";
  if (!certainty) errors.certainty = "確かさを選んでください。";
  if (form.text("source") === "") errors.source = "出典を入力してください。";
  if (!read.success || !from || to === undefined || !certainty || Object.keys(errors).length > 0)
    return entryPage(one, values, errors);
  let id: number;
  try {
    id = await work((unit) =>
      proposeParameter(unit, one, {
        // As typed: the schema reads it again, in this version and in later ones.
        value: inputOf(one.fields, entered),
        from,
        to,
        source: form.text("source"),
        certainty,
      }),
    );
  } catch (error) {
    if (!(error instanceof EntryProblem)) throw error;
    return entryPage(one, values, error.errors);
  }
  return redirect(
    `/city-parameters/${one.key}/rows/${id}`,
    "起案しました。実際の案件で試算した後、決裁者が承認すると使われます。",
  );
}

const valuesOf = (one: CityParameter, entered: unknown, form: Values) =>
  new Values([
    ...sentOf(one.fields, entered, PREFIX),
    ...around.map((name): [string, string] => [name, form.text(name)]),
  ]);

function entryPage(one: CityParameter, values: Values, errors: FieldErrors) {
  return page({
    title: `${title} ${one.title} 起案`,
    breadcrumb: [
      { title, path: "/city-parameters" },
      { title: one.title, path: `/city-parameters/${one.key}` },
      { title: "起案" },
    ],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{one.title}を起案する</PageTitle>
        <p class="lead">{one.hint}</p>
        <Form action={`/city-parameters/${one.key}/new`} values={values} errors={errors}>
          <FirstButton>起案する</FirstButton>
          <Panel title="いつから、何によって">
            <FieldRow>
              <DateField name="from" label="始まり" required />
              <DateField name="to" label="終わり（定めのあるとき）" />
            </FieldRow>
            <TextField
              name="source"
              label="出典"
              required
              width={40}
              hint="条例・規則の名前と条、通知の日付など"
            />
            <RadioGroup
              name="certainty"
              label="確かさ"
              required
              options={choicesOf(certaintyTitles)}
            />
          </Panel>
          <Panel title="値">
            <SpecFields fields={one.fields} prefix={PREFIX} />
          </Panel>
          <Actions>
            <Button shortcut="Ctrl+Enter">起案する</Button>
          </Actions>
        </Form>
      </>
    ),
  });
}
