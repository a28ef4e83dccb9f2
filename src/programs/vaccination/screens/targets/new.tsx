import type { Work } from "#src/platform/work.ts";
import {
  type Sent,
  SentContext,
  SentNote,
  sentWith,
  statusOf,
  useSent,
} from "#src/web/cases/sent.tsx";
import {
  Actions,
  Button,
  ButtonLink,
  Form,
  PageTitle,
  Panel,
  Table,
} from "#src/web/components/index.ts";
import { page, type Reply, redirect } from "#src/web/reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "#src/web/route.ts";
import { isGoing, outcomeIds } from "#workflows/vaccination/targets/outcomes.ts";
import { type Definition, getDefinition, keepDefinition } from "../../targets/definitions.ts";
import { keepExtraction } from "../../targets/extractions.ts";
import { countTargets, findTargets, type TargetCount } from "../../targets/gather.ts";
import { paths } from "../paths.ts";
import { choicesOn } from "./choices.ts";
import { figure, outcomeTitle } from "./parts.tsx";
import { readSearch, SearchFields } from "./search-form.tsx";

const common = {
  path: paths.targetNew,
  right: "mailing.prepare",
  program: "vaccination",
  purpose: "mailing",
} as const;

/** 新しい抽出: asked, looked at as counts, and only then kept. */
export const targetNewScreens: readonly AnyRoute[] = [
  defineRoute({
    ...common,
    method: "get",
    audit: "nothing-personal",
    because: "a form with nothing in it yet",
    handle: (request) => newPage(request),
  }),
  defineRoute({
    ...common,
    method: "post",
    audit: "targets.search-asked",
    async handle(request) {
      const { form, work } = request;
      const pressed = form.pressed(["preview", "keep", "define"]);
      try {
        const done = await work(async (unit): Promise<Done> => {
          const errors: Record<string, string> = {};
          const entry = await readSearch(unit, form, { choices: await choicesOn(unit), errors });
          if (!entry) return { errors };
          const definitionId = form.integer("definition") ?? null;
          if (pressed === "preview")
            return { counts: countTargets(await findTargets(unit, entry)) };
          if (pressed === "keep")
            return { kept: (await keepExtraction(unit, { ...entry, definitionId })).id };
          const seen = form.integer("revision");
          const changed =
            definitionId !== null && seen !== undefined ? { id: definitionId, seen } : undefined;
          await keepDefinition(unit, entry, changed);
          return { defined: true };
        });
        if ("kept" in done) return redirect(paths.target(done.kept), "対象者を抽出しました。");
        if ("defined" in done) return redirect(paths.targets, "抽出条件を保存しました。");
        if ("errors" in done)
          return newPage(request, { event: "search", form, errors: done.errors });
        return newPage(request, { event: "search", form, errors: {} }, done.counts);
      } catch (error) {
        return newPage(request, sentWith("search", form, error));
      }
    },
  }),
];

type Done =
  | { errors: Record<string, string> }
  | { counts: readonly TargetCount[] }
  | { kept: string }
  | { defined: true };

async function definitionOf(work: Work, id: number | undefined): Promise<Definition | undefined> {
  return id === undefined ? undefined : getDefinition(work, id);
}

async function newPage(
  { work, query, form, platform }: Pick<ScreenRequest, "work" | "query" | "form" | "platform">,
  sent?: Sent,
  counts?: readonly TargetCount[],
): Promise<Reply> {
  const { choices, from } = await work(async (unit) => ({
    choices: await choicesOn(unit),
    from: await definitionOf(unit, (sent ? form : query).integer("definition")),
  }));
  return page({
    title: "予防接種 対象者の抽出",
    breadcrumb: [{ title: "対象者抽出", path: paths.targets }, { title: "新しい抽出" }],
    status: counts ? 200 : statusOf(sent),
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>{from ? `抽出条件「${from.title}」` : "新しい抽出"}</PageTitle>
        <SentNote />
        {counts && <Preview counts={counts} />}
        <SearchForm
          from={from}
          fields={
            <SearchFields
              choices={choices}
              today={platform.clock.today()}
              {...(from && { from })}
            />
          }
          previewed={counts !== undefined}
        />
      </SentContext.Provider>
    ),
  });
}

function SearchForm(props: {
  from: Definition | undefined;
  fields: preact.ComponentChildren;
  previewed: boolean;
}) {
  const { values, errors } = useSent("search");
  const { from, fields, previewed } = props;
  return (
    <Form
      id="search"
      action={paths.targetNew}
      class="form stacked"
      values={values}
      errors={errors ?? {}}
    >
      {from && (
        <>
          <input type="hidden" name="definition" value={String(from.id)} />
          <input type="hidden" name="revision" value={String(from.revision)} />
        </>
      )}
      {fields}
      <Actions>
        <Button name="event" value="preview">
          人数を確かめる
        </Button>
        {!previewed && (
          <Button name="event" value="keep" look="secondary">
            抽出して保存する
          </Button>
        )}
        <Button name="event" value="define" look="secondary">
          {from ? "条件の変更を保存する" : "条件を保存する"}
        </Button>
        <ButtonLink href={paths.targets} look="quiet">
          やめる
        </ButtonLink>
      </Actions>
    </Form>
  );
}

/** How many there are by vaccine and reason; nothing has been made yet. */
function Preview({ counts }: { counts: readonly TargetCount[] }) {
  const rows = counts.toSorted(
    (one, other) => outcomeIds.indexOf(one.outcome) - outcomeIds.indexOf(other.outcome),
  );
  const going = counts.reduce(
    (sum, { outcome, people }) => sum + (isGoing(outcome) ? people : 0),
    0,
  );
  return (
    <Panel
      title={`見込み ${figure(going)}件（まだ何も作っていません）`}
      actions={
        <Button form="search" name="event" value="keep">
          抽出して保存する
        </Button>
      }
    >
      <Table
        caption="見込みの件数"
        columns={[
          { title: "予防接種", cell: ({ title }) => title },
          { title: "区分", cell: ({ outcome }) => outcomeTitle(outcome) },
          { title: "人数", cell: ({ people }) => figure(people), align: "end", nowrap: true },
        ]}
        rows={rows}
        tone={({ outcome }) => (isGoing(outcome) ? "current" : undefined)}
        empty="条件に合う人はいません。"
      />
    </Panel>
  );
}
