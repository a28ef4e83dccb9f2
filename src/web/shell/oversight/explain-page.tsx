import {
  type Finding,
  getFinding,
  moveFinding,
  recordsOf,
  stepsOf,
} from "#src/platform/oversight/index.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import {
  Actions,
  Button,
  Columns,
  type FieldErrors,
  Form,
  PageTitle,
  Panel,
  TextArea,
} from "../../components/index.ts";
import { numberOf } from "../../params.ts";
import { page, redirect } from "../../reply.ts";
import { defineRoute } from "../../route.ts";
import type { Values } from "../../values.ts";
import { FindingPanel } from "./finding-page.tsx";
import { type Known, RecordsPanel, recordsAPage, StepsPanel } from "./parts.tsx";

const guard = { right: "signed-in", purpose: "audit" } as const;
export const explanationPath = ({ id }: Pick<Finding, "id">) => `/explanations/${id}` as const;

/** The page of whoever is asked to explain looks at people: their own, or those of one of their staff. */
export const explainScreens = (known: Known) => [
  defineRoute({
    ...guard,
    method: "get",
    path: "/explanations/:finding",
    audit: "explanation.opened",
    handle: ({ params, query, work, form }) =>
      explainPage(known, { id: numberOf(params.finding), query, work, form }, {}),
  }),
  defineRoute({
    ...guard,
    method: "post",
    path: "/explanations/:finding",
    audit: "explanation.sent",
    async handle({ params, query, work, form }) {
      const id = numberOf(params.finding);
      try {
        await work(async (unit) =>
          moveFinding(unit, await asked(unit, id), {
            event: "explain",
            said: form.text("said-explain"),
            askOf: undefined,
          }),
        );
      } catch (error) {
        if (!(error instanceof EntryProblem)) throw error;
        return explainPage(known, { id, query, work, form }, error.errors);
      }
      return redirect("/", "説明を送りました。監査担当が確認します。");
    },
  }),
];

/** @throws Problem 404 for anybody who was not asked, or has explained it already */
async function asked(work: Work, id: number): Promise<Finding> {
  const found = await getFinding(work, id);
  if (found.state !== "asked" || found.askedOf !== work.actor.staffId)
    throw notFound("説明を求められている指摘が見つかりません。");
  return found;
}

async function explainPage(
  known: Known,
  request: {
    id: number;
    query: Values;
    form: Values;
    work: <T>(run: (work: Work) => Promise<T>) => Promise<T>;
  },
  errors: FieldErrors,
) {
  const { id, query, form, work } = request;
  const at = Math.max(1, query.integer("page") ?? 1);
  const { found, steps, records } = await work(async (unit) => ({
    found: await asked(unit, id),
    steps: await stepsOf(unit, id),
    records: await recordsOf(unit, id, { page: at, size: recordsAPage }),
  }));
  const title = `閲覧の説明 第${id}号`;
  const path = explanationPath(found);
  return page({
    title,
    breadcrumb: [{ title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle>{title}</PageTitle>
        <Columns>
          <FindingPanel found={found} />
          <Panel title="説明する">
            <p>
              アクセス記録の点検で、説明が必要とされました。何の仕事で見たのかを書いてください。点検の指摘は、不正を意味するものではありません。
            </p>
            <Form
              action={path}
              values={form.names().length > 0 ? form : undefined}
              errors={errors}
              class="form stacked"
            >
              <TextArea name="said-explain" label="説明" required rows={5} />
              <Actions>
                <Button shortcut="Ctrl+Enter">説明を送る</Button>
              </Actions>
            </Form>
          </Panel>
        </Columns>
        <StepsPanel steps={steps} />
        <RecordsPanel records={records} total={found.records} page={at} path={path} known={known} />
      </>
    ),
  });
}
