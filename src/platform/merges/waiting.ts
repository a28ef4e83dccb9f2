import {
  type CountedByOthers,
  type FiguresByOthers,
  figuresByOthers,
  type Lines,
} from "../lines.ts";
import type { Work } from "../work.ts";

/** What waits of numbers: a decision, who may have become a resident, a line to be set right. */
export const linkKinds = {
  merge: "番号の統合・分離の決裁",
  match: "住民になった可能性のある住登外者",
  line: "分離のあとに直す行",
} as const;
export type LinkKind = keyof typeof linkKinds;

/** One that waits: of whom, and with whom. */
export interface WaitingLink {
  number: string;
  other: string;
  /** The merge; none of a match. */
  id: number | null;
  since: Date;
}

/** How many wait of each kind, since when, and how many of them this person did not propose. */
export async function countLinks(work: Work): Promise<ReadonlyMap<LinkKind, FiguresByOthers>> {
  const rows = await work.sql<
    (CountedByOthers & { kind: LinkKind })[]
  >`select kind, count::integer as count, since::text as since, by_others::integer as by_others, by_others_since::text as by_others_since
      from people.count_links()`;
  return new Map(rows.map(({ kind, ...row }) => [kind, figuresByOthers(row)]));
}

/** Some of a kind, the oldest first. */
export async function listLinks(
  work: Work,
  kind: LinkKind,
  { from, size, byOthersAlone = false }: Lines & { byOthersAlone?: boolean },
): Promise<WaitingLink[]> {
  const rows = await work.sql<(Omit<WaitingLink, "since"> & { since: string })[]>`
    select number, other, id, since::text as since from people.list_links(${kind}, ${byOthersAlone}, ${from}, ${size})`;
  return rows.map((row) => ({ ...row, since: new Date(row.since) }));
}
