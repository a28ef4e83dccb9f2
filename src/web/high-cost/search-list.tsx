import { holds, holdsForAll } from "#src/platform/access/actor.ts";
import {
  beginSearch,
  listSearches,
  searchNumber,
  searchStateTitles,
} from "#src/platform/high-cost/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { SentContext, SentNote, sentWith, useSent } from "../cases/sent.tsx";
import {
  Actions,
  Badge,
  Button,
  DisabledAction,
  Form,
  PageTitle,
  Pagination,
  Panel,
  SelectField,
  Table,
} from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { rowsAPage } from "../payments/parts.tsx";
import { monthChoices, showMonth } from "../receipts/words.ts";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { forAllOffices, isMonth } from "./parts.tsx";
import type { HighCosts } from "./set.ts";

const title = "月ごとの抽出";

/** Searches of months: the list, and beginning one. */
export const searchListScreens = (of: HighCosts): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: of.paths.searches,
    audit: "high-cost-searches.listed",
    handle: (request) => listPage(of, request),
  }),
  defineRoute({
    ...of.reading,
    right: "high-cost.prepare",
    method: "post",
    path: of.paths.searches,
    audit: "high-cost-search.begin-asked",
    async handle(request) {
      const { form, work } = request;
      try {
        const id = await work((unit) => {
          const month = form.text("month");
          if (!isMonth(month)) throw new EntryProblem("month", "診療月を選んでください。");
          return beginSearch(unit, of.program, month);
        });
        return redirect(of.paths.search(id), "抽出を始めました。");
      } catch (error) {
        return listPage(of, request, sentWith("begin", form, error));
      }
    },
  }),
];

async function listPage(
  of: HighCosts,
  { work, query, actor, platform }: ScreenRequest,
  sent?: Parameters<typeof SentContext.Provider>[0]["value"],
) {
  const at = Math.max(1, query.integer("page") ?? 1);
  const list = await work((unit) => listSearches(unit, of.program, { page: at, size: rowsAPage }));
  return page({
    title: `${of.title} 高額療養費 ${title}`,
    breadcrumb: [{ title: "高額療養費の請求", path: of.paths.entries }, { title }],
    status: sent ? 422 : 200,
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle>{title}</PageTitle>
        <SentNote />
        {holds(actor, "high-cost.prepare", { program: of.program }) && (
          <Panel title="抽出する">
            {holdsForAll(actor, "high-cost.prepare", of.program) ? (
              <Begin action={of.paths.searches} thisMonth={platform.clock.today().slice(0, 7)} />
            ) : (
              <DisabledAction reasons={[forAllOffices]}>抽出する</DisabledAction>
            )}
          </Panel>
        )}
        <Panel title={`一覧 ${list.total.toLocaleString("ja-JP")}件`}>
          <Table
            caption="抽出の一覧"
            columns={[
              { title: "番号", cell: searchNumber, nowrap: true },
              { title: "診療月", cell: (row) => showMonth(row.treatmentMonth), nowrap: true },
              {
                title: "状態",
                cell: (row) => (
                  <Badge tone={tones[row.state]}>{searchStateTitles[row.state]}</Badge>
                ),
                nowrap: true,
              },
              {
                title: "計算した世帯",
                cell: (row) => row.households.toLocaleString("ja-JP"),
                align: "end",
              },
              { title: "開始", cell: (row) => showMoment(row.preparedAt), nowrap: true },
              {
                title: "反映",
                cell: (row) => (row.appliedAt ? showMoment(row.appliedAt) : "―"),
                nowrap: true,
              },
            ]}
            rows={list.rows}
            href={({ id }) => of.paths.search(id)}
            empty="抽出はまだありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(list.total / rowsAPage)}
            href={(next) => `${of.paths.searches}?page=${next}`}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}

export const tones = {
  searching: "info",
  found: "warning",
  applied: "success",
  cancelled: "neutral",
} as const;

function Begin(props: { action: string; thisMonth: string }) {
  const { values, errors } = useSent("begin");
  // The receipts of a month come in two months later.
  const months = monthChoices(props.thisMonth, { before: 36, after: 0 }).slice(1);
  return (
    <Form action={props.action} class="form stacked" values={values} errors={errors}>
      <p>
        給付台帳に載ったレセプトから、高額療養費に該当するものを探します。探しただけでは、何も変わりません。結果を確かめてから反映します。
      </p>
      <p>多数回該当は前の月までの該当から数えるので、古い月から順に行ってください。</p>
      <SelectField
        name="month"
        label="診療月"
        required
        value={months[1]?.value ?? ""}
        options={months}
      />
      <Actions>
        <Button>抽出する</Button>
      </Actions>
    </Form>
  );
}
