import { holds } from "#src/platform/access/actor.ts";
import { listRuns, runNumber } from "#src/platform/mailings/index.ts";
import { ButtonLink, PageTitle, Panel, Progress, Table } from "#src/web/components/index.ts";
import { showMoment } from "#src/web/dates.ts";
import { page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import { paths, RunBadge } from "./parts.tsx";

/** 一括発送の一覧: state, progress, counts of good, held and left out. */
export const runList = defineRoute({
  method: "get",
  path: paths.runs,
  right: "mailing.read",
  program: "vaccination",
  purpose: "mailing",
  audit: "mailing.listed",
  async handle({ work, actor }) {
    const runs = await work((unit) => listRuns(unit, "vaccination"));
    const prepares = holds(actor, "mailing.prepare", { program: "vaccination" });
    return page({
      title: "予防接種 一括発送",
      breadcrumb: [{ title: "一括発送" }],
      content: (
        <>
          <PageTitle
            actions={
              prepares && (
                <>
                  <ButtonLink href={paths.newRun} look="primary">
                    新しい一括発送
                  </ButtonLink>
                  <ButtonLink href={paths.reprints}>再印刷</ButtonLink>
                </>
              )
            }
          >
            一括発送
          </PageTitle>
          <Panel title="一覧">
            <Table
              caption="一括発送の一覧"
              columns={[
                { title: "番号", cell: ({ run }) => runNumber(run), nowrap: true },
                { title: "内容", cell: ({ run }) => run.title },
                { title: "状態", cell: ({ run }) => <RunBadge state={run.state} />, nowrap: true },
                {
                  title: "進み具合",
                  cell: ({ run, counts }) => (
                    <Progress
                      done={run.madeCount}
                      total={counts.ready + counts.made}
                      label={`${runNumber(run)} の進み具合`}
                      unit="枚"
                    />
                  ),
                },
                {
                  title: "保留",
                  cell: ({ counts }) => counts.held.toLocaleString("ja-JP"),
                  align: "end",
                  nowrap: true,
                },
                {
                  title: "除外",
                  cell: ({ counts }) => counts.leftOut.toLocaleString("ja-JP"),
                  align: "end",
                  nowrap: true,
                },
                { title: "委託先", cell: ({ contractorName }) => contractorName },
                { title: "準備", cell: ({ run }) => showMoment(run.preparedAt), nowrap: true },
              ]}
              rows={runs}
              href={({ run }) => paths.run(run.id)}
              tone={({ run }) =>
                run.state === "cancelled" || run.state === "closed"
                  ? "muted"
                  : run.state === "failed" || run.state === "extraction-failed"
                    ? "error"
                    : undefined
              }
              empty="一括発送はまだありません。「新しい一括発送」から始めてください。"
            />
          </Panel>
        </>
      ),
    });
  },
});
