import { holds } from "#src/platform/access/index.ts";
import {
  type CaseWorkItem,
  caseKindTitle,
  countWork,
  listWork,
  type WorkCount,
  type WorkListName,
} from "#src/platform/cases/index.ts";
import type { OfficeFigure, WorkItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import type { ScreenRequest } from "../../route.ts";
import type { ScreenSet } from "../../screens.ts";
import { type HomeQuery, linesOfHome, pagesOf } from "./home-path.ts";

/** Figures of the day of one 事務. */
export interface SetFigures {
  title: string;
  figures: readonly OfficeFigure[];
}

/** The work of a person: cases counted and cut by the database, and what is no case. */
export interface HomeWork {
  counts: readonly WorkCount[];
  /** The page of each list that is looked at. */
  cases: Readonly<Record<WorkListName, readonly WorkItem[]>>;
  /** Mailings, feeds, settings: few, and shown whole on the first page. */
  others: readonly WorkItem[];
}

/** Gathers it from all 事務, as far as the person may read it. */
export async function gather(
  sets: readonly ScreenSet[],
  { actor, work }: ScreenRequest,
  asked: HomeQuery,
): Promise<HomeWork & { figures: SetFigures[] }> {
  const others: WorkItem[] = [];
  const figures: SetFigures[] = [];
  for (const set of sets) {
    if (!holds(actor, "work.read", { program: set.id })) continue;
    await work(
      async (unit) => {
        others.push(...((await set.workItems?.(unit)) ?? []));
        const own = (await set.officeFigures?.(unit)) ?? [];
        if (own.length > 0) figures.push({ title: set.title, figures: own });
      },
      { ...(set.id && { program: set.id }) },
    );
  }
  const cases = holds(actor, "work.read")
    ? await work((unit) => workOnCases(unit, asked))
    : { counts: [], cases: { waiting: [], returned: [], sent: [] } };
  return { ...cases, others, figures };
}

async function workOnCases(
  work: Work,
  { kind, ...pages }: HomeQuery,
): Promise<Pick<HomeWork, "counts" | "cases">> {
  const counts = await countWork(work);
  const read = async (list: WorkListName, waitsTitle?: string): Promise<WorkItem[]> => {
    // A page that is no longer there, because the work was done, is the last one.
    const last = Math.max(1, pagesOf(countOf(counts, list, waitsTitle)));
    const page = Math.min(pages[list], last);
    const found = await listWork(work, { list, waitsTitle, page, size: linesOfHome });
    return found.map((one) => itemOf(list, one));
  };
  return {
    counts,
    cases: {
      waiting: await read("waiting", kind),
      returned: await read("returned"),
      sent: await read("sent"),
    },
  };
}

/** How many cases stand in a list, of one sort or of all. */
export const countOf = (
  counts: readonly WorkCount[],
  list: WorkListName,
  waitsTitle?: string,
): number =>
  counts
    .filter((one) => one.list === list && (!waitsTitle || one.waitsTitle === waitsTitle))
    .reduce((sum, { count }) => sum + count, 0);

const itemOf = (list: WorkListName, found: CaseWorkItem): WorkItem => ({
  list,
  kind: found.waitsTitle,
  title: `${caseKindTitle(found.kind)} ${found.number}`,
  path: `/${found.program}/cases/${found.id}`,
  since: found.stateSince,
  state: found.stateTitle,
  ...(found.dueOn ? { deadline: found.dueOn } : {}),
  ...(found.comment ? { comment: found.comment } : {}),
});
