import { holds } from "#src/platform/access/index.ts";
import type { OfficeFigure, WorkItem } from "#src/platform/program.ts";
import { daysBetween, type IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge, Columns, EmptyState, PageTitle, Panel, Table } from "../components/index.ts";
import { dayOf, showDateShort } from "../dates.ts";
import { page } from "../reply.ts";
import { defineRoute, type ScreenRequest } from "../route.ts";
import type { ScreenSet } from "../screens.ts";
import { SearchBox } from "./people/search-box.tsx";

/** Home: what waits for me, what came back, what I sent on, the office's figures. */
export function homePage(sets: readonly ScreenSet[]) {
  return defineRoute({
    method: "get",
    path: "/",
    right: "signed-in",
    purpose: "inquiry",
    audit: "work-list.opened",
    async handle(request) {
      const today = request.platform.clock.today();
      const { items, figures } = await gather(sets, request);
      return page({
        title: "ホーム",
        breadcrumb: [],
        content: (
          <>
            <PageTitle>ホーム</PageTitle>
            {holds(request.actor, "person.search") && <SearchBox />}
            <Columns wide="first">
              <div>
                <Waiting items={items.filter((item) => item.list === "waiting")} today={today} />
                <Sent items={items.filter((item) => item.list === "sent")} today={today} />
              </div>
              <div>
                <Returned items={items.filter((item) => item.list === "returned")} />
                <Figures figures={figures} />
              </div>
            </Columns>
          </>
        ),
      });
    },
  });
}

async function gather(sets: readonly ScreenSet[], { actor, work }: ScreenRequest) {
  const items: WorkItem[] = [];
  const figures: OfficeFigure[] = [];
  for (const set of sets) {
    if (!holds(actor, "work.read", { program: set.id })) continue;
    await work(
      async (unit) => {
        items.push(...((await set.workItems?.(unit)) ?? []));
        figures.push(...((await set.officeFigures?.(unit)) ?? []));
      },
      { ...(set.id && { program: set.id }) },
    );
  }
  return { items, figures };
}

const isOverdue = (item: WorkItem, today: IsoDate) =>
  item.deadline !== undefined && item.deadline < today;

/** Overdue first, then by deadline, then the oldest. */
function byUrgency(a: WorkItem, b: WorkItem): number {
  const deadlines = (a.deadline ?? "9999").localeCompare(b.deadline ?? "9999");
  return deadlines || a.since.getTime() - b.since.getTime();
}

function Waiting({ items, today }: { items: readonly WorkItem[]; today: IsoDate }) {
  const overdue = items.filter((item) => isOverdue(item, today)).length;
  return (
    <Panel
      title={`処理待ち ${items.length}件`}
      actions={overdue > 0 && <Badge tone="error">期限超過 {overdue}件</Badge>}
    >
      {items.length === 0 ? (
        <EmptyState>いま処理を待っているものはありません。</EmptyState>
      ) : (
        <>
          <KindSummary items={items} today={today} />
          <Table
            caption="処理を待っているもの"
            columns={[
              { title: "件名", cell: (item) => item.title },
              { title: "処理", cell: (item) => item.kind, nowrap: true },
              {
                title: "待ち",
                cell: (item) => waitingDays(item, today),
                align: "end",
                nowrap: true,
              },
              {
                title: "期限",
                cell: (item) => <Deadline item={item} today={today} />,
                nowrap: true,
              },
            ]}
            rows={items.toSorted(byUrgency)}
            href={(item) => item.path}
            tone={(item) => (isOverdue(item, today) ? "error" : undefined)}
          />
        </>
      )}
    </Panel>
  );
}

function KindSummary({ items, today }: { items: readonly WorkItem[]; today: IsoDate }) {
  const kinds = [...Map.groupBy(items, (item) => item.kind)];
  return (
    <ul class="kind-summary">
      {kinds.map(([kind, list]) => {
        const first = list.toSorted(byUrgency)[0];
        const oldest = Math.max(...list.map((item) => daysBetween(dayOf(item.since), today)));
        return (
          <li key={kind}>
            <strong>{kind}</strong>
            <span class="kind-count">{list.length}件</span>
            <span class="kind-note">
              最長 {oldest}日{first?.deadline && `・期限 ${showDateShort(first.deadline)}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

const waitingDays = (item: WorkItem, today: IsoDate) =>
  `${daysBetween(dayOf(item.since), today)}日`;

function Deadline({ item, today }: { item: WorkItem; today: IsoDate }) {
  if (!item.deadline) return <>―</>;
  if (!isOverdue(item, today)) return <>{showDateShort(item.deadline)}</>;
  return (
    <>
      {showDateShort(item.deadline)}{" "}
      <Badge tone="error">{`${daysBetween(item.deadline, today)}日超過`}</Badge>
    </>
  );
}

function Returned({ items }: { items: readonly WorkItem[] }) {
  return (
    <Panel title={`差戻し ${items.length}件`}>
      {items.length === 0 ? (
        <EmptyState>差し戻されたものはありません。</EmptyState>
      ) : (
        <ul class="returned">
          {items.map((item) => (
            <li key={item.path}>
              <a href={item.path}>{item.title}</a>
              <blockquote>{item.comment ?? "理由の記載なし"}</blockquote>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Sent({ items, today }: { items: readonly WorkItem[]; today: IsoDate }) {
  return (
    <Panel title={`送ったもの ${items.length}件`}>
      <Table
        caption="わたしが送ったもの"
        columns={[
          { title: "件名", cell: (item) => item.title },
          { title: "いまの状態", cell: (item) => item.state ?? item.kind, nowrap: true },
          { title: "経過", cell: (item) => waitingDays(item, today), align: "end", nowrap: true },
        ]}
        rows={items}
        href={(item) => item.path}
        empty="決裁などへ送ったものはありません。"
      />
    </Panel>
  );
}

function Figures({ figures }: { figures: readonly OfficeFigure[] }) {
  if (figures.length === 0) return null;
  return (
    <Panel title="本日の窓口">
      <dl class="figures">
        {figures.map((figure) => (
          <div key={figure.title}>
            <dt>{figure.path ? <a href={figure.path}>{figure.title}</a> : figure.title}</dt>
            <dd>
              <strong>{figure.value.toLocaleString("ja-JP")}</strong>
              {figure.unit}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
