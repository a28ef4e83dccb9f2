import { holds } from "#src/platform/access/actor.ts";
import { listRuns, runNumber } from "#src/platform/mailings/index.ts";
import {
  ButtonLink,
  PageTitle,
  Pagination,
  Panel,
  Progress,
  Table,
} from "#src/web/components/index.ts";
import { showMoment } from "#src/web/dates.ts";
import { page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import { isEnd } from "#workflows/flows/answer.ts";
import { mailingRun, runStateMeta } from "#workflows/mailings/machine.ts";
import { figure, RunBadge, rowsAPage } from "./parts.tsx";
import type { Mailings } from "./set.ts";

/** 一括発送の一覧: state, progress, how many are sent, wait and are left out. */
export const runList = ({ title, orders, paths, reading }: Mailings) =>
  defineRoute({
    ...reading,
    method: "get",
    path: paths.runs,
    audit: "mailing.listed",
    async handle({ work, actor, query }) {
      const at = Math.max(1, query.integer("page") ?? 1);
      const { total, runs } = await work((unit) => listRuns(unit, { page: at, size: rowsAPage }));
      const prepares = holds(actor, "mailing.prepare", { program: reading.program });
      return page({
        title: `${title} 一括発送`,
        breadcrumb: [{ title: "一括発送" }],
        content: (
          <>
            <PageTitle
              actions={
                prepares &&
                orders.map((order, place) => (
                  <ButtonLink
                    key={order.path}
                    href={paths.order(order)}
                    {...(place === 0 ? { look: "primary" as const } : {})}
                  >
                    {order.title}
                  </ButtonLink>
                ))
              }
            >
              一括発送
            </PageTitle>
            <Panel title={`一覧 ${figure(total)}件`}>
              <Table
                caption="一括発送の一覧"
                columns={[
                  { title: "番号", cell: ({ run }) => runNumber(run), nowrap: true },
                  { title: "内容", cell: ({ run }) => run.title },
                  {
                    title: "状態",
                    cell: ({ run }) => <RunBadge state={run.state} />,
                    nowrap: true,
                  },
                  {
                    title: "進み具合",
                    cell: ({ run, pieces }) => (
                      <Progress
                        done={run.madeCount}
                        total={pieces("ready") + pieces("made")}
                        label={`${runNumber(run)} の進み具合`}
                        unit="通"
                      />
                    ),
                  },
                  {
                    title: "保留",
                    cell: ({ pieces }) => figure(pieces("held")),
                    align: "end",
                    nowrap: true,
                  },
                  {
                    title: "除外",
                    cell: ({ pieces }) => figure(pieces("left-out")),
                    align: "end",
                    nowrap: true,
                  },
                  { title: "委託先", cell: ({ contractorName }) => contractorName },
                  { title: "準備", cell: ({ run }) => showMoment(run.preparedAt), nowrap: true },
                ]}
                rows={runs}
                href={({ run }) => paths.run(run.id)}
                tone={({ run: { state } }) =>
                  isEnd(mailingRun, state)
                    ? "muted"
                    : runStateMeta(state).tone === "error"
                      ? "error"
                      : undefined
                }
                empty={`一括発送はまだありません。「${orders[0]?.title}」から始めてください。`}
              />
              <Pagination
                page={at}
                pages={Math.ceil(total / rowsAPage)}
                href={(next) => `${paths.runs}?page=${next}`}
              />
            </Panel>
          </>
        ),
      });
    },
  });
