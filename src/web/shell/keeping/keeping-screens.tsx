import { holds } from "#src/platform/access/index.ts";
import {
  destroyedPapers,
  type Erasure,
  enterDestroyed,
  getErasure,
  listErasures,
  moveErasure,
  papersToDestroy,
  searchErasable,
} from "#src/platform/keeping/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { erasureV1 } from "#workflows/keeping/machine.ts";
import {
  Badge,
  Button,
  EmptyState,
  Form,
  PageTitle,
  Panel,
  Table,
} from "../../components/index.ts";
import { readDate, showDateShort, showMoment } from "../../dates.ts";
import { page, redirect } from "../../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../../route.ts";
import type { ProgramScreens } from "../../screens.ts";
import { erasurePage } from "./erasure-page.tsx";
import { PapersPanel } from "./papers-panel.tsx";

const guard = { purpose: "administration", program: "keeping" } as const;
const title = "保存期間と消去";

/** 保存期間を過ぎた記録: searched, proposed, approved and erased; papers to be destroyed; the record of all of it. */
export function keepingScreens(programs: readonly ProgramScreens[]): AnyRoute[] {
  const titles = new Map(programs.map(({ id, title }) => [id, title]));
  return [
    defineRoute({
      ...guard,
      right: "keeping.read",
      method: "get",
      path: "/keeping",
      audit: "erasures.listed",
      handle: (request) => overview(request, titles, {}),
    }),
    defineRoute({
      ...guard,
      right: "keeping.prepare",
      method: "post",
      path: "/keeping",
      audit: "erasure.search-requested",
      async handle({ work }) {
        const id = await work(searchErasable);
        return redirect(`/keeping/${id}`, "保存期間を過ぎた方を抽出しました。");
      },
    }),
    defineRoute({
      ...guard,
      right: "keeping.read",
      method: "get",
      path: "/keeping/:run",
      audit: "erasure.opened",
      handle: erasurePage,
    }),
    defineRoute({
      ...guard,
      right: "keeping.read",
      method: "post",
      path: "/keeping/:run/step",
      audit: "erasure.step-requested",
      async handle({ params, form, work }) {
        const event = form.pressed(["propose", "approve", "refuse", "cancel"]);
        await work(async (unit) => moveErasure(unit, await getErasure(unit, params.run), event));
        return redirect(`/keeping/${params.run}`, said[event]);
      },
    }),
    defineRoute({
      ...guard,
      right: "keeping.prepare",
      method: "post",
      path: "/keeping/papers",
      audit: "papers.destroyed-entered",
      async handle(request) {
        const { form, work, platform } = request;
        const program = form.choice("program", [...titles.keys()]);
        const fiscalYear = form.integer("year");
        const on = readDate(form.text("on"));
        const fault = !on
          ? "廃棄した日を入力してください。例: R8.11.20"
          : on > platform.clock.today()
            ? "今日までの日を入力してください。"
            : undefined;
        if (fault || !on || !program || !fiscalYear)
          return overview(request, titles, { on: fault ?? "一覧から選んでください。" });
        await work((unit) => enterDestroyed(unit, { program, fiscalYear, on }));
        return redirect("/keeping", "廃棄を記録しました。");
      },
    }),
  ];
}

const said = {
  propose: "消去を起案しました。別の職員が承認すると始まります。",
  approve: "消去を承認しました。裏で進みます。",
  refuse: "消去を却下しました。だれの記録も変わっていません。",
  cancel: "消去を取りやめました。だれの記録も変わっていません。",
} as const;

async function overview(
  { work, form, actor }: ScreenRequest,
  titles: ReadonlyMap<string, string>,
  errors: Record<string, string>,
) {
  const found = await work(async (unit) => ({
    erasures: await listErasures(unit),
    papers: await papersToDestroy(unit),
    destroyed: await destroyedPapers(unit),
  }));
  const prepares = holds(actor, "keeping.prepare", { program: "keeping" });
  return page({
    title,
    breadcrumb: [{ title }],
    status: Object.keys(errors).length > 0 ? 422 : 200,
    content: (
      <>
        <PageTitle
          actions={
            prepares && (
              <Form action="/keeping" keys="search" class="inline-form">
                <Button>保存期間を過ぎた方を抽出する</Button>
              </Form>
            )
          }
        >
          {title}
        </PageTitle>
        <Panel title="記録の消去">
          {found.erasures.length === 0 ? (
            <EmptyState>消去はまだありません。年度に一度、自動で抽出します。</EmptyState>
          ) : (
            <Table caption="消去の記録" rows={found.erasures} columns={erasureColumns} />
          )}
        </Panel>
        <PapersPanel
          papers={found.papers}
          destroyed={found.destroyed}
          titles={titles}
          prepares={prepares}
          form={form}
          errors={errors}
        />
      </>
    ),
  });
}

const erasureColumns = [
  {
    title: "番号",
    cell: ({ id, serial }: Erasure) => <a href={`/keeping/${id}`}>消去 {serial}</a>,
    nowrap: true,
  },
  { title: "基準日", cell: ({ asOf }: Erasure) => showDateShort(asOf as IsoDate), nowrap: true },
  {
    title: "対象",
    cell: ({ people }: Erasure) => `${people.toLocaleString("ja-JP")}人`,
    align: "end" as const,
  },
  {
    title: "状態",
    cell: ({ state }: Erasure) => {
      const { title: words, tone } = stateMeta(erasureV1, state);
      return <Badge tone={tone ?? "info"}>{words}</Badge>;
    },
    nowrap: true,
  },
  { title: "起案", cell: ({ proposer }: Erasure) => proposer ?? "―" },
  {
    title: "承認",
    cell: ({ state, decider }: Erasure) => (state === "cancelled" ? "―" : (decider ?? "―")),
  },
  {
    title: "終了",
    cell: ({ erasedAt }: Erasure) => (erasedAt ? showMoment(erasedAt) : "―"),
    nowrap: true,
  },
];
