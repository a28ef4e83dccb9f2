import { type MergeContext, type MergeEvent, mergeV1 } from "#workflows/people/merge-machine.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { actionsAt, type FlowAction, stateAfter } from "../flow.ts";
import { conflict, EntryProblem, notFound, Problem } from "../problem.ts";
import { refuseInWords } from "../refusals.ts";
import { keyOfPerson, seal, unseal } from "../vault/index.ts";
import type { Work } from "../work.ts";
import { obstacleWords } from "./words.ts";

/** How much of a kind stands under either number. */
export interface MergeCount {
  program: string;
  what: string;
  /** Under the number that is followed to the other, with all that were followed to it before. */
  merged: number;
  canonical: number;
  /** Of both, what is under way or in force. */
  open: number;
}

/** What a merge brings together, as far as one may see it. */
export interface MergePreview {
  counts: MergeCount[];
  /** What may stand but once of a person and stands under both numbers. `once`: which, such as `mr1 1`. */
  clashes: { program: string; what: string; once: string }[];
  /** How many 事務 whose people this person does not read have something of them. */
  others: number;
}

export type MergeGround = "same-person" | "registered" | "individual-number";

/** Whose a line is that came after a merge. */
export interface UnmergeLine {
  program: string;
  what: string;
  key: string;
  standsUnder: string;
  belongsTo: string;
  settled: boolean;
}

/** Two numbers of one person, as they stand. */
export interface Merge {
  id: number;
  merged: string;
  canonical: string;
  ground: MergeGround;
  state: "waiting" | "merged" | "refused" | "withdrawn" | "unmerging" | "unmerged";
  revision: number;
  preview: MergePreview;
  reason: string | undefined;
  proposedBy: number | null;
  proposedAt: Date;
  decidedBy: number | null;
  decidedAt: Date | null;
  unmergeReason: string | undefined;
  unmergeProposedBy: number | null;
  unmergeProposedAt: Date | null;
  unmergeDecidedBy: number | null;
  unmergeDecidedAt: Date | null;
  lines: UnmergeLine[];
}

/** What a merge would do, and in words what stands against it. Both are recorded as looked at. */
export async function previewMerge(
  work: Work,
  merged: string,
  canonical: string,
): Promise<{ preview: MergePreview; obstacles: string[] }> {
  const [row] = await work.sql<{ preview: MergePreview; obstacles: string[] }[]>`
    select preview, obstacles from people.preview_merge(${merged}, ${canonical})`;
  if (!row) throw notFound();
  return { preview: row.preview, obstacles: row.obstacles.map(wordsOf) };
}

const wordsOf = (code: string) => obstacleWords[code] ?? "いまは統合できません。";

/**
 * Proposes that one number is followed to another.
 *
 * @returns its id
 * @throws EntryProblem of `reason`; Problem 409 where something stands against it
 */
export async function proposeMerge(
  work: Work,
  merge: {
    merged: string;
    canonical: string;
    ground: "same-person" | "registered";
    reason: string;
  },
): Promise<number> {
  const { merged, canonical, ground } = merge;
  const sealed = await sealReason(work, canonical, merge.reason, "統合の理由");
  const [row] = await inWords(
    work.sql<
      { id: number }[]
    >`select people.propose_merge(${merged}, ${canonical}, ${ground}, ${sealed}) as id`,
  );
  if (!row) throw new Error("a merge has an id");
  return row.id;
}

const placeOf = (number: string) => `${number}|merge`;

async function sealReason(work: Work, holder: string, text: string, what: string): Promise<Buffer> {
  const reason = text.trim();
  const fault = reasonFault(reason, what);
  if (fault) throw new EntryProblem("reason", fault);
  return seal(await keyOfPerson(work, holder), placeOf(holder), JSON.stringify({ reason }));
}

interface MergeRow
  extends Omit<
    Merge,
    | "reason"
    | "unmergeReason"
    | "proposedAt"
    | "decidedAt"
    | "unmergeProposedAt"
    | "unmergeDecidedAt"
  > {
  sealedReason: Buffer | null;
  sealedUnmergeReason: Buffer | null;
  proposedAt: string;
  decidedAt: string | null;
  unmergeProposedAt: string | null;
  unmergeDecidedAt: string | null;
}

/** The merges that concern a person, by any of their numbers, the newest first. */
export async function mergesOf(work: Work, personNumber: string): Promise<Merge[]> {
  const rows = await work.sql<MergeRow[]>`
    select id, merged, canonical, ground, state, revision, preview, sealed_reason as "sealedReason", proposed_by as "proposedBy",
           proposed_at::text as "proposedAt", decided_by as "decidedBy", decided_at::text as "decidedAt",
           sealed_unmerge_reason as "sealedUnmergeReason", unmerge_proposed_by as "unmergeProposedBy",
           unmerge_proposed_at::text as "unmergeProposedAt", unmerge_decided_by as "unmergeDecidedBy",
           unmerge_decided_at::text as "unmergeDecidedAt", lines
      from people.merges_of(${personNumber})`;
  const keys = new Map<string, Buffer>();
  const opened = async (holder: string, sealed: Buffer | null): Promise<string | undefined> => {
    if (!sealed) return undefined;
    const key = keys.get(holder) ?? (await keyOfPerson(work, holder));
    keys.set(holder, key);
    return (JSON.parse(unseal(key, placeOf(holder), sealed).toString()) as { reason: string })
      .reason;
  };
  const merges: Merge[] = [];
  for (const { sealedReason, sealedUnmergeReason, ...row } of rows)
    merges.push({
      ...row,
      reason: await opened(row.canonical, sealedReason),
      unmergeReason: await opened(row.canonical, sealedUnmergeReason),
      proposedAt: new Date(row.proposedAt),
      decidedAt: at(row.decidedAt),
      unmergeProposedAt: at(row.unmergeProposedAt),
      unmergeDecidedAt: at(row.unmergeDecidedAt),
    });
  return merges;
}

const at = (text: string | null): Date | null => (text ? new Date(text) : null);

/** One of the merges of a person. @throws Problem 404 */
export async function mergeOf(work: Work, personNumber: string, id: number): Promise<Merge> {
  const found = (await mergesOf(work, personNumber)).find((one) => one.id === id);
  if (!found) throw notFound("番号の統合が見つかりません。");
  return found;
}

const standing = (work: Work, { state, proposedBy, unmergeProposedBy }: Merge) => ({
  definition: mergeV1,
  state,
  context: {
    actingStaffId: work.actor.staffId,
    proposedBy,
    unmergeProposedBy,
  } satisfies MergeContext,
});

/** What this person could do with a merge. */
export const mergeActions = (work: Work, merge: Merge): FlowAction[] =>
  actionsAt(work.actor, standing(work, merge));

/** A decision upon a merge or its end. @throws Problem 403, 409 */
export async function moveMerge(
  work: Work,
  merge: Merge,
  event: Exclude<MergeEvent, "unmerge">,
): Promise<void> {
  const state = stateAfter(standing(work, merge), event);
  const { id, revision } = merge;
  const ending = event === "approve-unmerge" || event === "refuse-unmerge";
  await inWords(
    ending
      ? work.sql`select people.decide_unmerge(${id}, ${revision}, ${state})`
      : work.sql`select people.decide_merge(${id}, ${revision}, ${state})`,
  );
}

/** A line that came after a merge, and under which number. */
export interface LineAfter {
  personNumber: string;
  program: string;
  what: string;
  key: string;
  at: Date;
}

/** What came under either number since they were merged, in order. @throws 42501 where one does not read the cases of each 事務 */
export async function linesAfter(work: Work, { id }: Merge): Promise<LineAfter[]> {
  const rows = await work.sql<(Omit<LineAfter, "at"> & { at: string })[]>`
    select person_number as "personNumber", program, what, key, at::text as at from people.lines_of_unmerge(${id})`;
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

/**
 * Proposes the end of a merge that was a mistake. What was there comes back by itself; what came since is assigned line by line.
 *
 * @param belongs the number to which each of {@link linesAfter} belongs, in their order
 * @throws EntryProblem of `reason`; Problem 409, 422 where a line is missing
 */
export async function proposeUnmerge(
  work: Work,
  merge: Merge,
  {
    lines,
    belongs,
    reason,
  }: { lines: readonly LineAfter[]; belongs: readonly string[]; reason: string },
): Promise<void> {
  stateAfter(standing(work, merge), "unmerge");
  const sealed = await sealReason(work, merge.canonical, reason, "分離の理由");
  await inWords(
    work.sql`select people.propose_unmerge(${merge.id}, ${merge.revision}, ${sealed}, ${lines.map(({ what }) => what)}::text[],
      ${lines.map(({ key }) => key)}::text[], ${[...belongs]}::text[])`,
  );
}

/** Enters that a line was set right in its 事務. @throws Problem 409 */
export async function settleLine(
  work: Work,
  merge: Merge,
  { what, key }: Pick<UnmergeLine, "what" | "key">,
): Promise<void> {
  await inWords(work.sql`select people.settle_line(${merge.id}, ${what}, ${key})`);
}

/** Says that whoever was found as a file of the register came in is another person than somebody outside it. */
export async function dismissMatch(
  work: Work,
  { outsider, resident, reason }: { outsider: string; resident: string; reason: string },
): Promise<void> {
  const sealed = await sealReason(work, resident, reason, "別の方とする理由");
  await inWords(work.sql`select people.dismiss_match(${outsider}, ${resident}, ${sealed})`);
}

async function inWords<T>(statement: PromiseLike<T>): Promise<T> {
  try {
    return await refuseInWords(
      statement,
      "ほかの職員が先に処理しました。画面を開き直してください。",
    );
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "MD024") {
      const [first = "", ...others] = (error.message.split(": ")[1] ?? "").split(" ").map(wordsOf);
      throw conflict(first, others);
    }
    if (error.code === "MD019")
      throw new Problem({
        status: 409,
        message:
          "統合のあとに増えた行があります。画面を開き直し、すべての行の持ち主を選んでください。",
      });
    throw error;
  }
}
