import { holds } from "#src/platform/access/index.ts";
import {
  type CaseWorkItem,
  caseKindTitle,
  countWork,
  listWork,
  type WorkCount,
  type WorkListName,
  type WorkQuery,
  workLists,
} from "#src/platform/cases/index.ts";
import type { Person } from "#src/platform/people/index.ts";
import type { OfficeFigure, WorkItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { peopleOfRows } from "../../person-cell.tsx";
import type { ScreenRequest } from "../../route.ts";
import type { ScreenSet } from "../../screens.ts";
import { type HomeQuery, linesOfHome, pagesOf } from "./home-path.ts";
import { byUrgencyOfKind, countOthers, type OtherCount, readOthers, sumOf } from "./others.ts";

/** Figures of the day of one 事務. */
export interface SetFigures {
  title: string;
  figures: readonly OfficeFigure[];
}

/** One of the lists of the home page, cut to the page that is looked at. */
export interface HomeList {
  /** How many lines it has in all, as it is narrowed now. */
  count: number;
  /** From 1. */
  page: number;
  pages: number;
  rows: readonly WorkItem[];
}

/** The work of a person: what is no case, and then cases; each counted and cut where it is kept. */
export interface HomeWork {
  counts: readonly WorkCount[];
  /** Mailings, feeds, settings, grants … by kind, the most urgent first. */
  others: readonly OtherCount[];
  lists: Readonly<Record<WorkListName, HomeList>>;
  /** Whom the rows that are shown are about. */
  people: ReadonlyMap<string, Person>;
}

/** Gathers it from all 事務, as far as the person may read it. */
export async function gather(
  sets: readonly ScreenSet[],
  request: ScreenRequest,
  asked: HomeQuery,
): Promise<HomeWork & { figures: SetFigures[] }> {
  const { actor, work } = request;
  const others: OtherCount[] = [];
  const figures: SetFigures[] = [];
  for (const set of sets) {
    if (!holds(actor, "work.read", { program: set.id })) continue;
    await work(
      async (unit) => {
        others.push(...(await countOthers(unit, set)));
        const own = (await set.officeFigures?.(unit)) ?? [];
        if (own.length > 0) figures.push({ title: set.title, figures: own });
      },
      { ...(set.id && { program: set.id }) },
    );
  }
  others.sort(byUrgencyOfKind);
  if (!holds(actor, "work.read")) return { ...nothing, figures };
  return { ...(await readLists(request, asked, others)), figures };
}

const noRows: HomeList = { count: 0, page: 1, pages: 1, rows: [] };
const nothing: HomeWork = {
  counts: [],
  others: [],
  lists: { waiting: noRows, support: noRows, returned: noRows, sent: noRows },
  people: new Map(),
};

async function readLists(
  { work }: ScreenRequest,
  asked: HomeQuery,
  others: readonly OtherCount[],
): Promise<HomeWork> {
  const counts = await work(countWork);
  const cuts = cutsOf(asked, others, counts);
  const besides = new Map<WorkListName, WorkItem[]>();
  for (const { list, query, counted, from } of cuts) {
    // Of what one could stand in for, a sort is chosen first.
    if (list === "support" && !query.waitsTitle) continue;
    const lines = { list, kind: query.waitsTitle, from, size: linesOfHome };
    besides.set(list, await readOthers(work, counted, lines));
  }
  return work(async (unit) => {
    const lists = { ...nothing.lists };
    for (const cut of cuts)
      lists[cut.list] = await readList(unit, cut, besides.get(cut.list) ?? []);
    const shown = Object.values(lists).flatMap(({ rows }) => rows);
    const numbers = shown.flatMap(({ personNumber }) => personNumber ?? []);
    return { counts, others, lists, people: await peopleOfRows(unit, numbers) };
  });
}

/** Which part of a list is shown; a page that is no longer there is the last one. */
interface Cut {
  list: WorkListName;
  query: WorkQuery;
  /** What is no case, in this part. */
  counted: readonly OtherCount[];
  count: number;
  page: number;
  pages: number;
  from: number;
}

const cutsOf = (
  asked: HomeQuery,
  others: readonly OtherCount[],
  counts: readonly WorkCount[],
): Cut[] =>
  workLists.map((list) => {
    const query: WorkQuery = {
      list,
      ...(list === "waiting" && { waitsTitle: asked.kind, assigned: asked.assigned }),
      ...(list === "support" && { waitsTitle: asked.supportKind }),
    };
    const counted = others.filter(
      (one) =>
        one.list === list &&
        (query.waitsTitle === undefined || one.kind === query.waitsTitle) &&
        !query.assigned,
    );
    const count = sumOf(counted) + countOf(counts, query);
    const pages = pagesOf(count);
    const page = Math.min(asked.pages[list], pages);
    return { list, query, counted, count, page, pages, from: (page - 1) * linesOfHome };
  });

/** A page of one list: first what is no case, then cases. */
async function readList(
  work: Work,
  { list, query, counted, count, page, pages, from }: Cut,
  first: readonly WorkItem[],
): Promise<HomeList> {
  const besides = sumOf(counted);
  const size = linesOfHome - first.length;
  // Not asked where nothing could come: of what one could stand in for, a sort is chosen first.
  const asks = size > 0 && count > besides && (list !== "support" || query.waitsTitle);
  const found = asks
    ? await listWork(work, { ...query, from: Math.max(0, from - besides), size })
    : [];
  return { count, page, pages, rows: [...first, ...found.map((one) => itemOf(list, one))] };
}

/** How many cases stand in a part of a list. */
export const countOf = (
  counts: readonly WorkCount[],
  { list, waitsTitle, assigned }: WorkQuery,
): number =>
  counts
    .filter((one) => one.list === list && (!waitsTitle || one.waitsTitle === waitsTitle))
    .reduce(
      (sum, { count, mine, nobodys }) =>
        sum + (assigned === "mine" ? mine : assigned === "nobody" ? nobodys : count),
      0,
    );

const itemOf = (list: WorkListName, found: CaseWorkItem): WorkItem => ({
  list,
  kind: found.waitsTitle,
  title: `${caseKindTitle(found.kind)} ${found.number}`,
  path: `/${found.program}/cases/${found.id}`,
  since: found.stateSince,
  state: found.stateTitle,
  personNumber: found.personNumber,
  receivedOn: found.receivedOn,
  ...(found.assigned ? { assigned: found.assigned.name } : {}),
  ...(found.dueOn ? { deadline: found.dueOn } : {}),
  ...(found.comment ? { comment: found.comment } : {}),
});
