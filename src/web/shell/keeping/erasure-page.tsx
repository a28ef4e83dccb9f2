import {
  countsOf,
  type Erasure,
  erasureActions,
  getErasure,
  peopleByYear,
  peopleOfErasure,
  progressOf,
} from "#src/platform/keeping/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { erasureV1 } from "#workflows/keeping/machine.ts";
import {
  Actions,
  Badge,
  Button,
  DefinitionList,
  DisabledAction,
  Form,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  Table,
} from "../../components/index.ts";
import { showDateShort, showMoment } from "../../dates.ts";
import { page } from "../../reply.ts";
import type { ScreenRequest } from "../../route.ts";
import { kindTitle, reasonTitles } from "./words.ts";

const perPage = 50;

/** An erasure: whom it is about, what this person may do, and in the end what was erased. */
export async function erasurePage({ params, query, work }: ScreenRequest<"/keeping/:run">) {
  const asked = Math.max(1, query.integer("page") ?? 1);
  const found = await work(async (unit) => {
    const run = await getErasure(unit, params.run);
    return {
      run,
      actions: erasureActions(unit, run),
      years: await peopleByYear(unit, run.id),
      people: await peopleOfErasure(unit, run.id, asked, perPage),
      counts: await countsOf(unit, run.id),
      progress: await progressOf(unit, run.id),
    };
  });
  const { run, counts } = found;
  const heading = `消去 ${run.serial}`;
  return page({
    title: heading,
    breadcrumb: [{ title: "保存期間と消去", path: "/keeping" }, { title: heading }],
    content: (
      <>
        <PageTitle>{heading}</PageTitle>
        {run.problem && <Notification tone="error">{run.problem}</Notification>}
        <Panel title="内容">
          <Facts run={run} {...found.progress} />
          <Steps run={run} actions={found.actions} />
        </Panel>
        {counts.length > 0 && (
          <Panel title="消去した記録">
            <Table
              caption="消去した記録の種類と件数"
              rows={counts}
              columns={[
                { title: "種類", cell: ({ kind }) => kindTitle(kind) },
                {
                  title: "件数",
                  cell: ({ records }) => `${records.toLocaleString("ja-JP")}件`,
                  align: "end",
                },
              ]}
            />
          </Panel>
        )}
        <Panel title="事由と年">
          <Table
            caption="対象の人数"
            rows={found.years}
            empty="保存期間を過ぎた方はいません。"
            columns={[
              { title: "年", cell: ({ year }) => `${year}年`, nowrap: true },
              { title: "事由", cell: ({ reason }) => reasonTitles[reason] },
              {
                title: "人数",
                cell: ({ people }) => `${people.toLocaleString("ja-JP")}人`,
                align: "end",
              },
            ]}
          />
        </Panel>
        {run.people > 0 && (
          <Panel title="対象の方">
            <Table
              caption="対象の方の宛名番号"
              rows={found.people}
              columns={[
                { title: "宛名番号", cell: ({ personNumber }) => personNumber, nowrap: true },
                { title: "事由", cell: ({ reason }) => reasonTitles[reason] },
                {
                  title: "死亡・転出の日",
                  cell: ({ endedOn }) => showDateShort(endedOn as IsoDate),
                  nowrap: true,
                },
                {
                  title: "結果",
                  cell: ({ outcome }) =>
                    outcome === "erased" ? "消去した" : outcome === "kept" ? "残した" : "―",
                },
              ]}
            />
            <Pagination
              page={asked}
              pages={Math.ceil(run.people / perPage)}
              href={(next) => `/keeping/${run.id}?page=${next}`}
            />
          </Panel>
        )}
      </>
    ),
  });
}

function Facts({ run, erased, kept }: { run: Erasure; erased: number; kept: number }) {
  const { title, tone } = stateMeta(erasureV1, run.state);
  const by = (who: string | null, at: Date | null) =>
    who && at ? `${who}（${showMoment(at)}）` : "―";
  return (
    <DefinitionList
      items={[
        ["状態", <Badge tone={tone ?? "info"}>{title}</Badge>],
        ["基準日", showDateShort(run.asOf as IsoDate)],
        ["対象", `${run.people.toLocaleString("ja-JP")}人`],
        ["抽出", by(run.searcher, run.searchedAt)],
        ["起案", by(run.proposer, run.proposedAt)],
        [run.state === "cancelled" ? "取りやめ" : "承認", by(run.decider, run.decidedAt)],
        ...(run.decidedAt && run.state !== "cancelled"
          ? [
              ["消去した方", `${erased.toLocaleString("ja-JP")}人`] as const,
              [
                "残した方",
                `${kept.toLocaleString("ja-JP")}人（抽出の後に申請などがあった方）`,
              ] as const,
            ]
          : []),
        ...(run.erasedAt
          ? [
              [
                "終了",
                `${showMoment(run.erasedAt)}（鍵を更新し、前の鍵を破棄しました。控えからも読めません）`,
              ] as const,
            ]
          : []),
      ]}
    />
  );
}

const asked: { approve: string } & Readonly<Record<string, string>> = {
  propose: "この方々の記録の消去を起案します。",
  approve:
    "承認すると、この方々の記録と個人番号を消去し、鍵を更新します。元に戻せません。控えからも読めなくなります。",
  refuse: "消去を却下します。だれの記録も変わりません。",
  cancel: "消去を取りやめます。だれの記録も変わりません。",
};

function Steps(props: { run: Erasure; actions: ReturnType<typeof erasureActions> }) {
  const { run, actions } = props;
  if (actions.length === 0) return null;
  return (
    <Actions>
      {actions.map(({ type, title, reasons }) =>
        reasons.length > 0 ? (
          <DisabledAction key={type} reasons={reasons}>
            {title}
          </DisabledAction>
        ) : (
          <Form key={type} action={`/keeping/${run.id}/step`} keys="search" class="inline-form">
            <Button
              name="event"
              value={type}
              {...(type === "approve"
                ? { look: "danger", confirm: asked.approve }
                : { look: type === "propose" ? "primary" : "secondary", confirm: asked[type] })}
            >
              {title}
            </Button>
          </Form>
        ),
      )}
    </Actions>
  );
}
