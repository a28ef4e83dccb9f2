import { type CaseLine, listCases } from "#src/platform/cases/index.ts";
import { Badge, PageTitle, Table, Tabs } from "#src/web/components/index.ts";
import { dayOf, showDateShort } from "#src/web/dates.ts";
import { page } from "#src/web/reply.ts";
import { defineRoute } from "#src/web/route.ts";
import { daysBetween, type IsoDate } from "#workflows/dates/iso-date.ts";
import { casePath, StateBadge } from "./parts.tsx";

const tabs: readonly { id: string; title: string; states?: readonly string[] }[] = [
  {
    id: "open",
    title: "手続き中",
    states: [
      "received",
      "identity",
      "examination",
      "held",
      "proposed",
      "approval",
      "certified",
      "revocation",
    ],
  },
  { id: "examination", title: "審査", states: ["examination"] },
  { id: "held", title: "保留", states: ["held"] },
  { id: "approval", title: "決裁待ち", states: ["approval", "revocation"] },
  { id: "certified", title: "交付待ち", states: ["certified"] },
  { id: "all", title: "すべて" },
];

/** Applications and reports by where they stand; holds numbers and dates only. */
export const caseList = defineRoute({
  method: "get",
  path: "/child-medical/cases",
  right: "case.read",
  program: "child-medical",
  audit: "case-list.opened",
  purpose: "case",
  async handle({ query, work, platform }) {
    const tab = tabs.find((one) => one.id === query.text("state")) ?? tabs[0];
    const rows = await work((unit) =>
      listCases(unit, { program: "child-medical", ...(tab?.states ? { states: tab.states } : {}) }),
    );
    const today = platform.clock.today();
    return page({
      title: "こども医療費助成 申請一覧",
      breadcrumb: [{ title: "申請一覧" }],
      content: (
        <>
          <PageTitle>こども医療費助成 申請一覧</PageTitle>
          <Tabs
            label="状態"
            tabs={tabs.map((one) => ({
              title: one.title,
              href: `/child-medical/cases?state=${one.id}`,
              current: one === tab,
            }))}
          />
          <Table
            caption="申請・届出"
            rows={rows}
            href={(row) => casePath(row.found.id)}
            empty="該当する申請・届出はありません。"
            tone={(row) => (overdue(row, today) ? "error" : undefined)}
            columns={[
              { title: "番号", cell: (row) => row.found.number, nowrap: true },
              {
                title: "種別",
                cell: (row) => (row.found.kind === "child-medical" ? "申請" : "変更・喪失届"),
                nowrap: true,
              },
              {
                title: "状態",
                cell: (row) => <StateBadge state={row.found.state} title={row.stateTitle} />,
                nowrap: true,
              },
              { title: "統合宛名番号", cell: (row) => row.found.personNumber, nowrap: true },
              {
                title: "受付日",
                cell: (row) => showDateShort(row.found.receivedOn as IsoDate),
                nowrap: true,
              },
              {
                title: "経過",
                cell: (row) => `${daysBetween(dayOf(row.found.stateSince), today)}日`,
                align: "end",
                nowrap: true,
              },
              {
                title: "期限",
                cell: (row) => (
                  <>
                    {showDateShort(row.deadline as IsoDate | null)}{" "}
                    {overdue(row, today) && <Badge tone="error">超過</Badge>}
                  </>
                ),
                nowrap: true,
              },
            ]}
          />
        </>
      ),
    });
  },
});

const overdue = (row: CaseLine, today: IsoDate) => row.deadline !== null && row.deadline < today;
