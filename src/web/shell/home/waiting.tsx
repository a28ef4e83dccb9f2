import type { WorkItem } from "#src/platform/program.ts";
import { daysBetween, type IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge, EmptyState, Pagination, Panel, Table } from "../../components/index.ts";
import { showDateShort } from "../../dates.ts";
import { countOf, type HomeWork } from "./gather.ts";
import { type HomeQuery, homePath, pagesOf } from "./home-path.ts";
import { byUrgency, Deadline, isOverdue, waitingDays } from "./urgency.tsx";

interface Props extends HomeWork {
  asked: HomeQuery;
  today: IsoDate;
}

/** What this person can do now: how much of each sort, and the sort that is looked at, page by page. */
export function Waiting(props: Props) {
  const { asked, today, counts, cases, others } = props;
  const sorts = sortsOf(props);
  const sum = (pick: (sort: Sort) => number) => sorts.reduce((all, sort) => all + pick(sort), 0);
  const overdue = sum((sort) => sort.overdue);
  const besides = others
    .filter((item) => item.list === "waiting" && (!asked.kind || item.kind === asked.kind))
    .toSorted(byUrgency);
  const pages = pagesOf(countOf(counts, "waiting", asked.kind));
  const at = Math.min(asked.waiting, Math.max(1, pages));
  const rows = [...(at === 1 ? besides : []), ...cases.waiting];
  return (
    <Panel
      title={`処理待ち ${sum((sort) => sort.count).toLocaleString("ja-JP")}件`}
      actions={
        overdue > 0 && <Badge tone="error">{`期限超過 ${overdue.toLocaleString("ja-JP")}件`}</Badge>
      }
    >
      {sorts.length === 0 ? (
        <EmptyState>いま処理を待っているものはありません。</EmptyState>
      ) : (
        <>
          <Sorts sorts={sorts} asked={asked} />
          <WaitingTable rows={rows} today={today} />
          <Pagination
            of="処理待ち"
            page={at}
            pages={pages}
            href={(page) => homePath({ ...asked, waiting: page })}
          />
        </>
      )}
    </Panel>
  );
}

/** A sort of work: how much of it there is, since when, until when. */
interface Sort {
  title: string;
  count: number;
  overdue: number;
  /** Days since the oldest of it waits. */
  days: number;
  nearest: IsoDate | null;
}

/** Of cases as the database counted them, then of what is no case. */
function sortsOf({ counts, others, today }: Props): Sort[] {
  const waiting = others.filter(({ list }) => list === "waiting");
  return [
    ...counts
      .filter(({ list }) => list === "waiting")
      .map(({ waitsTitle, count, overdue, oldest, nearest }) => ({
        title: waitsTitle,
        count,
        overdue,
        days: daysBetween(oldest, today),
        nearest,
      })),
    ...[...Map.groupBy(waiting, ({ kind }) => kind)].map(([title, items]) => ({
      title,
      count: items.length,
      overdue: items.filter((item) => isOverdue(item, today)).length,
      days: Math.max(...items.map((item) => waitingDays(item, today))),
      nearest: items.flatMap(({ deadline }) => deadline ?? []).toSorted()[0] ?? null,
    })),
  ];
}

/** Each sort narrows the list to itself; the one that is looked at leads back to all. */
function Sorts({ sorts, asked }: { sorts: readonly Sort[]; asked: HomeQuery }) {
  return (
    <ul class="kind-summary">
      {sorts.map(({ title, count, overdue, days, nearest }) => {
        const chosen = asked.kind === title;
        const kind = chosen ? undefined : title;
        return (
          <li key={title}>
            <a href={homePath({ ...asked, kind, waiting: 1 })} aria-current={chosen || undefined}>
              <strong>{title}</strong>
              <span class="kind-count">{count.toLocaleString("ja-JP")}件</span>
              <span class="kind-note">
                最長 {days}日{nearest && `・期限 ${showDateShort(nearest)}`}
              </span>
              {overdue > 0 && <Badge tone="error">{`超過 ${overdue}件`}</Badge>}
              {chosen && <span class="kind-note">（絞り込みを解く）</span>}
            </a>
          </li>
        );
      })}
    </ul>
  );
}

const WaitingTable = ({ rows, today }: { rows: readonly WorkItem[]; today: IsoDate }) => (
  <Table
    caption="処理を待っているもの"
    rows={rows}
    href={({ path }) => path}
    tone={(item) => (isOverdue(item, today) ? "error" : undefined)}
    columns={[
      { title: "件名", cell: ({ title }) => title },
      { title: "処理", cell: ({ kind }) => kind, nowrap: true },
      {
        title: "待ち",
        cell: (item) => `${waitingDays(item, today)}日`,
        align: "end",
        nowrap: true,
      },
      { title: "期限", cell: (item) => <Deadline item={item} today={today} />, nowrap: true },
    ]}
  />
);
