import { Panel } from "../../components/index.ts";
import type { SetFigures } from "./gather.ts";
import { type WorkProps, WorkTable, withCount } from "./work-table.tsx";

/** Proposals that came back, each with the comment why. */
export function Returned(props: WorkProps) {
  const { count } = props.lists.returned;
  if (count === 0) return null;
  return (
    <Panel title={withCount("差戻し", count)} id="returned">
      <WorkTable
        {...props}
        list="returned"
        title="差戻し"
        caption="わたしに差し戻されたもの"
        empty="差し戻されたものはありません。"
        about={{ title: "差戻しの理由", cell: ({ comment }) => comment ?? "理由の記載なし" }}
      />
    </Panel>
  );
}

/** What this person took part in and others have to do something about. */
export function Sent(props: WorkProps) {
  return (
    <Panel title={withCount("送ったもの", props.lists.sent.count)}>
      <WorkTable
        {...props}
        list="sent"
        title="送ったもの"
        caption="わたしが送ったもの"
        empty="決裁などへ送ったものはありません。"
        about={{ title: "いまの状態", cell: ({ state, kind }) => state ?? kind }}
      />
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
