import { daysBetween, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { Figures, Lines } from "./lines.ts";
import type { WorkItem, WorkItemCount, WorkSource } from "./program.ts";
import type { Work } from "./work.ts";

/** Whether its day is past. */
export const isOverdue = (item: Pick<WorkItem, "deadline">, today: IsoDate): boolean =>
  item.deadline !== undefined && daysBetween(item.deadline, today) > 0;

/** By deadline, then the oldest. */
export function byUrgency(a: WorkItem, b: WorkItem): number {
  const deadlines = (a.deadline ?? "9999").localeCompare(b.deadline ?? "9999");
  return deadlines || a.since.getTime() - b.since.getTime();
}

/**
 * Items of one kind of one list, counted and cut by the database.
 *
 * @param one.read gives them by deadline, then the oldest first
 */
export function itemsOfKind(one: {
  list: WorkItem["list"];
  kind: string;
  /** Whether this person has to do with them at all. */
  for(work: Work): boolean;
  figures(work: Work): Promise<Figures>;
  read(work: Work, lines: Lines): Promise<Omit<WorkItem, "list" | "kind">[]>;
}): WorkSource {
  const { list, kind } = one;
  return {
    async count(work) {
      if (!one.for(work)) return [];
      const { count, since, overdue = 0, nearest = null } = await one.figures(work);
      return since ? [{ list, kind, count, since, overdue, nearest }] : [];
    },
    async read(work, wanted) {
      if (wanted.list !== list || (wanted.kind ?? kind) !== kind || !one.for(work)) return [];
      return (await one.read(work, wanted)).map((item) => ({ list, kind, ...item }));
    },
  };
}

/** Items of which there are never many, since their kinds are bounded: read whole, and counted and cut here. */
export function fewItems(readAll: (work: Work) => Promise<WorkItem[]>): WorkSource {
  return {
    async count(work) {
      const today = work.platform.clock.today();
      const sorts = Map.groupBy(await readAll(work), ({ list, kind }) => `${list} ${kind}`);
      return [...sorts.values()].flatMap((items) => countOf(items, today));
    },
    async read(work, { list, kind, from, size }) {
      const items = (await readAll(work)).filter(
        (item) => item.list === list && (kind === undefined || item.kind === kind),
      );
      return items.toSorted(byUrgency).slice(from, from + size);
    },
  };
}

function countOf(items: readonly WorkItem[], today: IsoDate): WorkItemCount[] {
  const [first] = items;
  if (!first) return [];
  return [
    {
      list: first.list,
      kind: first.kind,
      count: items.length,
      overdue: items.filter((item) => isOverdue(item, today)).length,
      since: new Date(Math.min(...items.map(({ since }) => since.getTime()))),
      nearest: items.flatMap(({ deadline }) => deadline ?? []).toSorted()[0] ?? null,
    },
  ];
}
