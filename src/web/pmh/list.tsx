import { holds, holdsForAll } from "#src/platform/access/actor.ts";
import {
  changesToGather,
  countRefusedLines,
  gatherPmhRun,
  linesIn,
  listPmhRuns,
  pmhRunNumber,
  pmhRunStateMeta,
  settingToday,
} from "#src/platform/pmh/index.ts";
import type { PmhRunState } from "#workflows/pmh/run.ts";
import { SentContext, SentNote, sentWith } from "../cases/sent.tsx";
import {
  Actions,
  Badge,
  Button,
  ButtonLink,
  Form,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  Table,
} from "../components/index.ts";
import { showMoment } from "../dates.ts";
import { page, redirect } from "../reply.ts";
import { type AnyRoute, defineRoute, type ScreenRequest } from "../route.ts";
import { operationTitles, type PmhSet, whyTitles } from "./set.ts";

/** How many rows stand on a page of a list. */
export const rowsAPage = 50;
export const number = (count: number): string => count.toLocaleString("ja-JP");

export const PmhRunBadge = ({ state }: { state: PmhRunState }) => {
  const { title, tone } = pmhRunStateMeta(state);
  return <Badge tone={tone ?? "info"}>{title}</Badge>;
};

/** PMH登録: what waits to be registered, and the runs. */
export const listScreens = (of: PmhSet): AnyRoute[] => [
  defineRoute({
    ...of.reading,
    method: "get",
    path: of.paths.runs,
    audit: "pmh-runs.listed",
    handle: (request) => listPage(of, request),
  }),
  defineRoute({
    ...of.reading,
    right: "pmh.prepare",
    method: "post",
    path: of.paths.runs,
    audit: "pmh-run.gather-asked",
    async handle(request) {
      try {
        const id = await request.work((unit) => gatherPmhRun(unit, of.program));
        return redirect(
          of.paths.run(id),
          "変更を集めました。内容を確かめて、承認を求めてください。",
        );
      } catch (error) {
        return listPage(of, request, sentWith("gather", request.form, error));
      }
    },
  }),
];

async function listPage(
  of: PmhSet,
  { work, query, actor }: ScreenRequest,
  sent?: Parameters<typeof SentContext.Provider>[0]["value"],
) {
  const at = Math.max(1, query.integer("page") ?? 1);
  const found = await work(async (unit) => ({
    setting: await settingToday(unit, of.program),
    changes: await changesToGather(unit, of.program),
    refused: (await countRefusedLines(unit, of.program)).count,
    list: await listPmhRuns(unit, of.program, { from: (at - 1) * rowsAPage, size: rowsAPage }),
  }));
  const { setting, changes, refused, list } = found;
  const waiting = changes.reduce((sum, { lines }) => sum + lines, 0);
  return page({
    title: `${of.title} PMH登録`,
    breadcrumb: [{ title: "PMH登録" }],
    status: sent ? 422 : 200,
    content: (
      <SentContext.Provider value={sent}>
        <PageTitle actions={<ButtonLink href={of.paths.errors}>登録エラー</ButtonLink>}>
          PMH登録
        </PageTitle>
        <SentNote />
        {refused > 0 && (
          <Notification
            tone="warning"
            title={`PMHが受け付けなかった登録が${number(refused)}件あります。`}
          >
            <a href={of.paths.errors}>登録エラーの一覧</a>
            で、送り直すか、送らないことにするかを選んでください。
          </Notification>
        )}
        <Panel title={`まだ集めていない変更 ${number(waiting)}件`}>
          {setting ? (
            <>
              {waiting === 0 ? (
                <p>PMHに登録されている受給者証は、今の資格と同じです。</p>
              ) : (
                <>
                  <p>集めただけでは送りません。別の決裁者が承認してから送ります。</p>
                  <Table
                    caption="まだ集めていない変更"
                    columns={[
                      {
                        title: "操作",
                        cell: (row) => operationTitles[row.operation],
                        nowrap: true,
                      },
                      { title: "変わったこと", cell: (row) => whyTitles[row.why] },
                      {
                        title: "件数",
                        cell: (row) => number(row.lines),
                        align: "end",
                        nowrap: true,
                      },
                    ]}
                    rows={changes}
                  />
                </>
              )}
              {waiting > 0 && holdsForAll(actor, "pmh.prepare", of.program) && (
                <Form action={of.paths.runs} class="form stacked">
                  <Actions>
                    <Button>変更を集める</Button>
                  </Actions>
                </Form>
              )}
            </>
          ) : (
            <p>
              PMH登録の設定がないので、登録していません。登録を始めるときは、制度担当者が
              {holds(actor, "city-parameter.prepare", { program: of.program }) ? (
                <a href={`/city-parameters/${of.program}.pmh`}>PMH登録の設定</a>
              ) : (
                "「制度の数値」の「PMH登録の設定」"
              )}
              を起案し、決裁者が承認します。
            </p>
          )}
        </Panel>
        <Panel title={`PMH登録の回 ${number(list.total)}件`}>
          <Table
            caption="PMH登録の回の一覧"
            columns={[
              { title: "番号", cell: ({ run }) => pmhRunNumber(run), nowrap: true },
              { title: "状態", cell: ({ run }) => <PmhRunBadge state={run.state} />, nowrap: true },
              ...(
                [
                  ["送る", ["ready"]],
                  ["受付済", ["accepted"]],
                  ["エラー", ["refused"]],
                  ["保留", ["held"]],
                ] as const
              ).map(([title, states]) => ({
                title,
                cell: ({ figures }: (typeof list.rows)[number]) =>
                  number(linesIn(figures, ...states)),
                align: "end" as const,
                nowrap: true,
              })),
              { title: "準備", cell: ({ run }) => showMoment(run.preparedAt), nowrap: true },
            ]}
            rows={list.rows}
            href={({ run }) => of.paths.run(run.id)}
            empty="PMH登録の回はまだありません。"
          />
          <Pagination
            page={at}
            pages={Math.ceil(list.total / rowsAPage)}
            href={(next) => `${of.paths.runs}?page=${next}`}
          />
        </Panel>
      </SentContext.Provider>
    ),
  });
}
