import type { WorkListName } from "#src/platform/cases/index.ts";
import type { WorkItem } from "#src/platform/program.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { EmptyState, Pagination, Panel, Table } from "../../components/index.ts";
import { countOf, type HomeWork, type SetFigures } from "./gather.ts";
import { type HomeQuery, homePath, pagesOf } from "./home-path.ts";
import { waitingDays } from "./urgency.tsx";

interface Props extends HomeWork {
  asked: HomeQuery;
  today: IsoDate;
}

/** One of the lists that are only looked at: how many lines it has in all, and those of its page. */
function listOf(
  { counts, cases, others, asked }: Props,
  list: Exclude<WorkListName, "waiting">,
  title: string,
) {
  const own = others.filter((item) => item.list === list);
  const count = countOf(counts, list);
  const pages = pagesOf(count);
  const at = Math.min(asked[list], Math.max(1, pages));
  const rows: readonly WorkItem[] = [...(at === 1 ? own : []), ...cases[list]];
  const paging = (
    <Pagination
      of={title}
      page={at}
      pages={pages}
      href={(page) => homePath({ ...asked, [list]: page })}
    />
  );
  const total = (count + own.length).toLocaleString("ja-JP");
  return { heading: `${title} ${total}件`, rows, paging };
}

/** Proposals that came back, each with the comment why. */
export function Returned(props: Props) {
  const { heading, rows, paging } = listOf(props, "returned", "差戻し");
  return (
    <Panel title={heading}>
      {rows.length === 0 ? (
        <EmptyState>差し戻されたものはありません。</EmptyState>
      ) : (
        <ul class="returned">
          {rows.map((item) => (
            <li key={item.path}>
              <a href={item.path}>{item.title}</a>
              <blockquote>{item.comment ?? "理由の記載なし"}</blockquote>
            </li>
          ))}
        </ul>
      )}
      {paging}
    </Panel>
  );
}

/** What this person took part in and others have to do something about. */
export function Sent(props: Props) {
  const { heading, rows, paging } = listOf(props, "sent", "送ったもの");
  return (
    <Panel title={heading}>
      <Table
        caption="わたしが送ったもの"
        rows={rows}
        href={(item) => item.path}
        empty="決裁などへ送ったものはありません。"
        columns={[
          { title: "件名", cell: (item) => item.title },
          { title: "いまの状態", cell: (item) => item.state ?? item.kind, nowrap: true },
          {
            title: "経過",
            cell: (item) => `${waitingDays(item, props.today)}日`,
            align: "end",
            nowrap: true,
          },
        ]}
      />
      {paging}
    </Panel>
  );
}

/** What the counters did today, by 事務. */
export function Figures({ sets }: { sets: readonly SetFigures[] }) {
  if (sets.length === 0) return null;
  return (
    <Panel title="本日の窓口">
      {sets.map(({ title, figures }) => (
        <section key={title} class="one-of-several" aria-label={title}>
          <h3>{title}</h3>
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
        </section>
      ))}
    </Panel>
  );
}
