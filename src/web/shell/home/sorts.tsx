import { daysBetween, type IsoDate } from "#workflows/dates/iso-date.ts";
import { Badge } from "../../components/index.ts";
import { showDateShort } from "../../dates.ts";
import { waitingDays } from "./urgency.tsx";
import type { WorkProps } from "./work-table.tsx";

/** A sort of work: how much of it there is, since when, until when. */
export interface Sort {
  title: string;
  count: number;
  overdue: number;
  /** Days since the oldest of it was received, or waits. */
  days: number;
  nearest: IsoDate | null;
}

const sumOf = (figures: readonly number[]) => figures.reduce((sum, one) => sum + one, 0);

/** The sorts of a list: of cases as the database counted them, then of what is no case. */
export function sortsOf({ counts, others, today }: WorkProps, list: "waiting" | "support"): Sort[] {
  const besides = others.filter((one) => one.list === list);
  return [
    ...counts
      .filter((one) => one.list === list)
      .map(({ waitsTitle, count, overdue, oldest, nearest }) => ({
        title: waitsTitle,
        count,
        overdue,
        days: daysBetween(oldest, today),
        nearest,
      })),
    ...[...Map.groupBy(besides, ({ kind }) => kind)].map(([title, counted]) => ({
      title,
      count: sumOf(counted.map(({ count }) => count)),
      overdue: sumOf(counted.map(({ overdue }) => overdue)),
      days: Math.max(...counted.map((one) => waitingDays(one, today))),
      nearest: counted.flatMap(({ nearest }) => nearest ?? []).toSorted()[0] ?? null,
    })),
  ];
}

/** Each sort narrows the list to itself; the one that is looked at leads back to all. */
export function Sorts(props: {
  sorts: readonly Sort[];
  chosen: string | undefined;
  href: (kind: string | undefined) => string;
}) {
  return (
    <ul class="kind-summary">
      {props.sorts.map(({ title, count, overdue, days, nearest }) => {
        const chosen = props.chosen === title;
        return (
          <li key={title}>
            <a href={props.href(chosen ? undefined : title)} aria-current={chosen || undefined}>
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
