import type { Lines } from "#src/platform/lines.ts";
import type { WorkItem, WorkItemCount, WorkSource } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { byUrgency } from "#src/platform/work-sources.ts";
import type { ScreenRequest } from "../../route.ts";
import type { ScreenSet } from "../../screens.ts";

/** How much of a kind that is no case there is, and who has it. */
export interface OtherCount extends WorkItemCount {
  source: WorkSource;
  /** The 事務 of the source, in the name of which it is asked. */
  program: string | undefined;
}

/** What the sources of a set of screens count. */
export async function countOthers(
  work: Work,
  { id, workItems = [] }: ScreenSet,
): Promise<OtherCount[]> {
  // None waits for the answer to the one before: home asks more than a hundred questions of the database.
  const counted = await Promise.all(
    workItems.map(async (source) =>
      (await source.count(work)).map((one) => ({ ...one, source, program: id })),
    ),
  );
  return counted.flat();
}

/** Kinds in the order of their most urgent item. */
export const byUrgencyOfKind = (a: OtherCount, b: OtherCount): number =>
  (a.nearest ?? "9999").localeCompare(b.nearest ?? "9999") || a.since.getTime() - b.since.getTime();

export const sumOf = (counted: readonly WorkItemCount[]): number =>
  counted.reduce((sum, { count }) => sum + count, 0);

/**
 * Some lines of what was counted, in one order over all sources. Where one source alone has something in the part that
 * is looked at, it cuts it; of several each gives as much as could come to stand there.
 */
export async function readOthers(
  work: ScreenRequest["work"],
  counted: readonly OtherCount[],
  { list, kind, from, size }: Lines & { list: WorkItem["list"]; kind: string | undefined },
): Promise<WorkItem[]> {
  if (sumOf(counted) <= from) return [];
  const sources = [...new Map(counted.map((one) => [one.source, one])).values()];
  const [first] = sources;
  const read = ({ source, program }: OtherCount, lines: Lines) =>
    work((unit) => source.read(unit, { list, kind, ...lines }), { ...(program && { program }) });
  if (first && sources.length === 1) return read(first, { from, size });
  const items: WorkItem[] = [];
  for (const one of sources) items.push(...(await read(one, { from: 0, size: from + size })));
  return items.toSorted(byUrgency).slice(from, from + size);
}
