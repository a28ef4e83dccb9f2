/** How many members have to be there for an opinion: half of them, or more. */
export type Quorum = "half" | "over-half";

/** How those who were there voted on one matter, without whoever was in the chair. */
export interface Votes<Opinion extends string = string> {
  readonly appointed: number;
  /** Members who were there, the chair among them. */
  readonly attended: number;
  readonly counts: Readonly<Record<Opinion, number>>;
  /** What the chair says where votes are equal. */
  readonly casting: Opinion | null;
}

export const hasQuorum = (
  { appointed, attended }: Pick<Votes, "appointed" | "attended">,
  quorum: Quorum,
): boolean =>
  appointed > 0 && (quorum === "half" ? attended * 2 >= appointed : attended * 2 > appointed);

/**
 * The opinion of the majority of those who voted; where the most votes are equal, that for which the chair speaks. Nothing where
 * there is no quorum, nobody voted, more voted than could, or the chair is silent on a tie. The database says the same
 * (review_panels.opinion_of).
 */
export function opinionOf<Opinion extends string>(
  votes: Votes<Opinion>,
  quorum: Quorum,
): Opinion | undefined {
  const { attended, counts, casting } = votes;
  const all = Object.entries(counts) as [Opinion, number][];
  const sum = all.reduce((total, [, count]) => total + count, 0);
  if (!hasQuorum(votes, quorum) || sum === 0 || sum > attended - 1) return undefined;
  if (all.some(([, count]) => count < 0)) return undefined;
  const most = Math.max(...all.map(([, count]) => count));
  const first = all.flatMap(([opinion, count]) => (count === most ? [opinion] : []));
  const [only] = first;
  if (first.length === 1) return only;
  return casting !== null && first.includes(casting) ? casting : undefined;
}
