import { and, asc, count, eq, inArray, min, sql } from "drizzle-orm";
import { claim, entry } from "#db/schema/high-cost.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { HighCostClaimState } from "#workflows/high-cost/claim-machine.ts";
import type { HighCostEntryState } from "#workflows/high-cost/entry-machine.ts";
import { lapseWarnedBefore } from "#workflows/high-cost/lapse.ts";
import type { Figures, Lines } from "../lines.ts";
import type { Work } from "../work.ts";
import type { HighCostClaimRow } from "./claims.ts";
import type { HighCostEntry } from "./entries.ts";

const nothing: Figures = { count: 0, since: null };

const inState = (program: string, state: HighCostEntryState) =>
  and(eq(entry.program, program), eq(entry.state, state));

/** Entries that stand in a state: what lapses first. */
export async function entriesInState(
  work: Work,
  program: string,
  state: HighCostEntryState,
  lines: Lines,
) {
  return entriesOf(work, inState(program, state), lines);
}
export const countEntriesInState = (work: Work, program: string, state: HighCostEntryState) =>
  figuresOf(work, inState(program, state));

/** That it is not claimed waits for another person. */
const dropsAsked = (work: Work, program: string) =>
  and(
    eq(entry.program, program),
    sql`${entry.dropAskedBy} is not null and ${entry.dropAskedBy} <> ${work.actor.staffId} and ${entry.state} <> 'dropped'`,
  );
export const entriesToDrop = (work: Work, program: string, lines: Lines) =>
  entriesOf(work, dropsAsked(work, program), lines);
export const countEntriesToDrop = (work: Work, program: string) =>
  figuresOf(work, dropsAsked(work, program));

const unsent: readonly HighCostEntryState[] = [
  "query",
  "mandate-wanted",
  "mandate-asked",
  "claimable",
  "sent-back",
];
/** What is not with the insurer and lapses soon (時効), or has. */
const lapsing = (work: Work, program: string) =>
  and(
    eq(entry.program, program),
    inArray(entry.state, [...unsent]),
    sql`${entry.lapsesOn} < ${lapseWarnedBefore(work.platform.clock.today())}`,
  );
export const entriesLapsing = (work: Work, program: string, lines: Lines) =>
  entriesOf(work, lapsing(work, program), lines);
export const countEntriesLapsing = (work: Work, program: string) =>
  figuresOf(work, lapsing(work, program));

async function entriesOf(
  work: Work,
  which: ReturnType<typeof and>,
  { from, size }: Lines,
): Promise<HighCostEntry[]> {
  const rows = await work.tx
    .select()
    .from(entry)
    .where(which)
    .orderBy(asc(entry.lapsesOn), asc(entry.stateSince), asc(entry.serial))
    .limit(size)
    .offset(from);
  return rows as HighCostEntry[];
}

async function figuresOf(work: Work, which: ReturnType<typeof and>): Promise<Figures> {
  const today = work.platform.clock.today();
  const [row] = await work.tx
    .select({
      count: count(),
      since: min(entry.stateSince),
      nearest: min(entry.lapsesOn),
      overdue: sql<number>`(count(*) filter (where ${entry.lapsesOn} < ${today}))::integer`,
    })
    .from(entry)
    .where(which);
  return row ? { ...row, nearest: row.nearest as IsoDate | null } : nothing;
}

const claims = (program: string, state: HighCostClaimState) =>
  and(eq(claim.program, program), eq(claim.state, state));

/** Claims that stand in a state, the oldest first. */
export async function claimsInState(
  work: Work,
  program: string,
  state: HighCostClaimState,
  { from, size }: Lines,
): Promise<HighCostClaimRow[]> {
  const rows = await work.tx
    .select()
    .from(claim)
    .where(claims(program, state))
    .orderBy(asc(claim.preparedAt), asc(claim.serial))
    .limit(size)
    .offset(from);
  return rows as HighCostClaimRow[];
}

export async function countClaimsInState(
  work: Work,
  program: string,
  state: HighCostClaimState,
): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(claim.preparedAt) })
    .from(claim)
    .where(claims(program, state));
  return row ?? nothing;
}
