import type { Work } from "../work.ts";
import type { Feed, Finding } from "./kind.ts";
import type { LotRow } from "./lot.ts";

/** A finding with the keyed token of what only one subject may say, where the row says such a thing. */
export type FoundAlone = Finding & { sole?: bigint };

/**
 * What the kind found in rows of a lot, doubtful where a row of an earlier lot says what only one subject may say.
 * The kind sees the rows of one lot, and two lots are written at a time.
 */
export async function compareLot(
  work: Work,
  { kind }: Feed,
  { importId, number }: Pick<LotRow, "importId" | "number">,
  rows: unknown[],
): Promise<FoundAlone[]> {
  const found = await kind.compare(work, rows);
  const { sole } = kind;
  if (!sole) return found;
  const withTokens = found.map((finding, at): FoundAlone => {
    const key = sole.keyOf(rows[at], finding);
    return key === undefined
      ? finding
      : { ...finding, sole: work.platform.keys.token(`feed-sole:${kind.id}:${key}`) };
  });
  const tokens = withTokens.flatMap((finding) => finding.sole ?? []);
  if (number === 1 || tokens.length === 0) return withTokens;
  const earlier = await work.sql<{ sole: string }[]>`
    select sole::text from feeds.row
     where import_id = ${importId} and sole = any(${tokens.map(String)}::bigint[]) and lot < ${number} and not superseded`;
  const taken = new Set(earlier.map((row) => row.sole));
  return withTokens.map((finding) =>
    taken.has(String(finding.sole))
      ? { ...finding, verdict: "doubtful", doubt: sole.doubt, changes: undefined }
      : finding,
  );
}

/**
 * Whether a row may be written as it was reviewed: what is found of it is what was seen. Whoever took a row although
 * another said the same has answered for it, even if that other has since given way.
 */
export function standsAsSeen(
  { kind }: Feed,
  found: Finding | undefined,
  seen: { verdict: string; doubt: string | null; seenRevision: number | null } | undefined,
): boolean {
  if (!found || !seen || (found.revision ?? null) !== seen.seenRevision) return false;
  if (found.verdict === seen.verdict) return true;
  return (
    kind.sole !== undefined &&
    seen.doubt === kind.sole.doubt &&
    (found.verdict === "new" || found.verdict === "changed")
  );
}
