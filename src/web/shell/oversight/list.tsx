import {
  countFindings,
  type Finding,
  type FindingSort,
  lastAnalysis,
  listFindings,
} from "#src/platform/oversight/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  ButtonLink,
  Notification,
  PageTitle,
  Pagination,
  Panel,
  Table,
  Tabs,
} from "../../components/index.ts";
import { showDate, showDateShort, showMoment } from "../../dates.ts";
import { page } from "../../reply.ts";
import { defineRoute } from "../../route.ts";
import { StateBadge } from "./parts.tsx";
import { findingTitles } from "./words.ts";

export const guard = { right: "finding.settle", purpose: "audit" } as const;
export const title = "アクセスの点検";
const findingsAPage = 50;

/** The findings of the nightly analysis: what is to be done, and what is settled. */
export const findingList = defineRoute({
  ...guard,
  method: "get",
  path: "/access-review",
  audit: "findings.listed",
  async handle({ work, query }) {
    const which: FindingSort = query.text("which") === "settled" ? "settled" : "open";
    const at = Math.max(1, query.integer("page") ?? 1);
    const found = await work(async (unit) => ({
      rows: await listFindings(unit, which, { page: at, size: findingsAPage }),
      counts: await countFindings(unit),
      last: await lastAnalysis(unit),
    }));
    return page({
      title,
      breadcrumb: [{ title }],
      content: (
        <>
          <PageTitle
            actions={<ButtonLink href="/access-review/declarations">職員の宛名番号</ButtonLink>}
          >
            {title}
          </PageTitle>
          <Analysed last={found.last} />
          <Tabs
            label="指摘の区分"
            tabs={[
              {
                title: "処理中",
                href: "/access-review",
                current: which === "open",
                count: found.counts.open,
              },
              {
                title: "処理済み",
                href: "/access-review?which=settled",
                current: which === "settled",
                count: found.counts.settled,
              },
            ]}
          />
          <Panel title={`指摘 ${found.counts[which].toLocaleString("ja-JP")}件`}>
            <Findings rows={found.rows} which={which} />
          </Panel>
          <Pagination
            page={at}
            pages={Math.ceil(found.counts[which] / findingsAPage)}
            href={(number) => `/access-review?which=${which}&page=${number}`}
          />
        </>
      ),
    });
  },
});

function Analysed({ last }: { last: Awaited<ReturnType<typeof lastAnalysis>> }) {
  if (!last)
    return (
      <Notification tone="info" title="まだ一度も点検していません。">
        毎日2時30分に、前の日までのアクセス記録を点検します。
      </Notification>
    );
  return (
    <p>
      {showDate(last.day as IsoDate)}の分まで点検しました（{showMoment(last.analysedAt)}。閲覧
      {last.looks.toLocaleString("ja-JP")}件、指摘{last.findings.toLocaleString("ja-JP")}件）。
    </p>
  );
}

function Findings({ rows, which }: { rows: readonly Finding[]; which: FindingSort }) {
  return (
    <Table
      caption="点検の指摘"
      columns={[
        { title: "番号", cell: ({ id }: Finding) => `第${id}号`, nowrap: true },
        { title: "日", cell: ({ day }) => showDateShort(day), nowrap: true },
        { title: "指摘", cell: ({ kind }) => findingTitles[kind] },
        {
          title: "職員",
          cell: ({ staffName, officeName }) => (
            <>
              {staffName}
              <span class="cell-note">{officeName ?? "全市"}</span>
            </>
          ),
        },
        {
          title: "見た人数",
          cell: ({ people }) => `${people.toLocaleString("ja-JP")}人`,
          align: "end",
          nowrap: true,
        },
        {
          title: "記録",
          cell: ({ records }) => `${records.toLocaleString("ja-JP")}件`,
          align: "end",
          nowrap: true,
        },
        { title: "状態", cell: ({ state }) => <StateBadge state={state} />, nowrap: true },
        { title: "説明を求めた職員", cell: ({ askedName }) => askedName ?? "―" },
      ]}
      rows={rows}
      href={({ id }) => `/access-review/findings/${id}`}
      empty={which === "open" ? "処理を待つ指摘はありません。" : "処理の済んだ指摘はありません。"}
    />
  );
}
