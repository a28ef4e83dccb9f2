import { and, asc, count, desc, eq, min, type SQL, sql } from "drizzle-orm";
import { byHand } from "#db/schema/high-cost.ts";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import type { Figures, Lines } from "../lines.ts";
import { notFound } from "../problem.ts";
import { ofThisProgram, refuseInWords } from "../refusals.ts";
import type { Work } from "../work.ts";

/** Somebody's month of which the rule leaves something out; yen. */
export type ByHand = typeof byHand.$inferSelect;

/** Printed number: `H0000012`. */
export const byHandNumber = ({ serial }: { serial: number }): string =>
  `H${String(serial).padStart(7, "0")}`;

/** Why nothing calculates it. */
export const byHandReasonTitles = {
  "other-funds": "他の公費を併用するレセプト",
  refund: "償還払いの領収書",
} as const satisfies Record<ByHand["reasons"][number], string>;

export const byHandStateTitles = {
  open: "確認待ち",
  settled: "確認済み",
  gone: "対象外になった",
} as const satisfies Record<ByHand["state"], string>;
export type ByHandState = ByHand["state"];

/** How it came out. */
export const byHandOutcomeTitles = {
  "nothing-due": "高額療養費に該当しない、または既に計算されている",
  "claimed-apart": "保険者に別に請求した",
  "of-person": "本人に支給される",
  "of-other-fund": "他の公費に支給される",
} as const satisfies Record<NonNullable<ByHand["outcome"]>, string>;
export type ByHandOutcome = NonNullable<ByHand["outcome"]>;

/** A line of what a search leaves out, before it is taken over; `new`: it is looked at for the first time or again. */
export interface LeftOut {
  personNumber: string;
  reasons: ByHand["reasons"];
  fundedShare: number;
  refundedShare: number;
  homeShare: number;
  state: "new" | "open" | "settled";
  outcome: ByHandOutcome | null;
}

/** What a search leaves to be looked at by hand: a page of it, and how many people it is of. */
export async function leftOutOf(
  work: Work,
  searchId: string,
  { page, size }: { page: number; size: number },
): Promise<{ total: number; rows: LeftOut[] }> {
  const rows = await work.sql<
    {
      person_number: string;
      reasons: ByHand["reasons"];
      funded_share: string;
      refunded_share: string;
      home_share: string;
      state: LeftOut["state"];
      outcome: ByHandOutcome | null;
      total: number;
    }[]
  >`select * from high_cost.left_out(${searchId}, ${(page - 1) * size}, ${size})`;
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map((row) => ({
      personNumber: row.person_number,
      reasons: row.reasons,
      fundedShare: Number(row.funded_share),
      refundedShare: Number(row.refunded_share),
      homeShare: Number(row.home_share),
      state: row.state,
      outcome: row.outcome,
    })),
  };
}

const which = (
  program: string,
  { state, month }: { state?: ByHandState | undefined; month?: IsoMonth | undefined },
): SQL | undefined =>
  and(
    eq(byHand.program, program),
    state && eq(byHand.state, state),
    month && eq(byHand.treatmentMonth, month),
  );

/** 手で確かめるもの of a 事務, what lapses first before; the newest first where all states are asked for. */
export async function listByHand(
  work: Work,
  program: string,
  filter: { state?: ByHandState | undefined; month?: IsoMonth | undefined },
  { from, size }: Lines,
): Promise<{ total: number; rows: ByHand[] }> {
  const wanted = which(program, filter);
  const rows = await work.tx
    .select()
    .from(byHand)
    .where(wanted)
    .orderBy(
      ...(filter.state ? [asc(byHand.lapsesOn)] : [desc(byHand.treatmentMonth)]),
      asc(byHand.serial),
    )
    .limit(size)
    .offset(from);
  return { total: await work.tx.$count(byHand, wanted), rows };
}

/** How many wait to be looked at, since when, and when the first lapses. */
export async function countByHand(work: Work, program: string): Promise<Figures> {
  const today = work.platform.clock.today();
  const [row] = await work.tx
    .select({
      count: count(),
      since: min(byHand.stateSince),
      nearest: min(byHand.lapsesOn),
      overdue: sql<number>`(count(*) filter (where ${byHand.lapsesOn} < ${today}))::integer`,
    })
    .from(byHand)
    .where(which(program, { state: "open" }));
  return row ? { ...row, nearest: row.nearest as IsoDate | null } : { count: 0, since: null };
}

/** @throws Problem 404 */
export async function readByHand(work: Work, id: string): Promise<ByHand> {
  const [found] = await work.tx.select().from(byHand).where(eq(byHand.id, id));
  const row = ofThisProgram(work, found);
  if (!row) throw notFound("この確認は見つかりません。");
  return row;
}

/** Says how it came out, or opens it again (`null`), as the page showed it. @throws Problem 404, 409 */
export async function settleByHand(
  work: Work,
  { id, seen, outcome }: { id: string; seen: number; outcome: ByHandOutcome | null },
): Promise<void> {
  await readByHand(work, id);
  await refuseInWords(
    work.sql`select high_cost.settle_by_hand(${id}, ${seen}, ${outcome})`,
    "この確認は、ほかの職員が先に入力しました。",
  );
}
