import type { CaseQuery, countByState } from "#src/platform/cases/index.ts";

type StateCount = Awaited<ReturnType<typeof countByState>>[number];

/** A tab of the list: which states it shows, and how many cases stand in them. */
export interface CaseTab {
  id: string;
  title: string;
  states: CaseQuery["states"];
  count: number;
}

/**
 * The tabs: all that is under way, each state of it in which something stands, what is done with, and all. A state that has
 * another title in another kind of case is one tab.
 */
export function tabsOf(counts: readonly StateCount[]): CaseTab[] {
  const sum = (rows: readonly StateCount[]) => rows.reduce((total, { count }) => total + count, 0);
  const open = counts.filter((row) => row.open);
  const ended = counts.filter((row) => !row.open);
  const states = [...Map.groupBy(open, ({ state }) => state)].map(
    ([state, rows]): CaseTab => ({
      id: state,
      title: [...new Set(rows.map(({ title }) => title))].join("・"),
      states: [state],
      count: sum(rows),
    }),
  );
  return [
    { id: "open", title: "手続き中", states: "open", count: sum(open) },
    ...states,
    {
      id: "ended",
      title: "終わったもの",
      states: [...new Set(ended.map(({ state }) => state))],
      count: sum(ended),
    },
    { id: "all", title: "すべて", states: undefined, count: sum(counts) },
  ];
}
