import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { slip } from "#db/schema/vaccination.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { lookAtPeople } from "#src/platform/people/index.ts";
import { notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import { getSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { AcceptReason } from "#workflows/vaccination/records/channels.ts";
import { scoreOf } from "#workflows/vaccination/records/score.ts";
import { couponsByNumber } from "../coupons.ts";
import { judgeTold, knownOfTold } from "./judge-told.ts";
import { keepJudged, sealDetails } from "./keep.ts";
import { type Candidate, candidatesOf, knownIdentity, type Matched } from "./match.ts";
import type { SlipDetails, TakenRecord, ToldRecord } from "./told.ts";

export type Slip = typeof slip.$inferSelect;
export type SlipState = Slip["state"];

/** Number as it is shown: `S000012`. */
export const slipNumber = ({ serial }: { serial: number }): string =>
  `S${String(serial).padStart(6, "0")}`;

/** Why a slip is no record after all. */
export const discardTitles = {
  returned: "医療機関に返した",
  "entered-twice": "二重に入力した",
  "not-ours": "この市の分でない",
  illegible: "読めない",
} as const satisfies Record<NonNullable<Slip["discardReason"]>, string>;
export type DiscardReason = keyof typeof discardTitles;

/** What the acting person entered today: how many by state, and the last ones. */
export async function listEntered(work: Work, size: number) {
  const own = and(
    eq(slip.enteredBy, work.actor.staffId),
    eq(slip.enteredOn, work.platform.clock.today()),
    eq(slip.channel, "slip"),
  );
  const states = await work.tx
    .select({ state: slip.state, slips: count() })
    .from(slip)
    .where(own)
    .groupBy(slip.state);
  const rows = await work.tx.select().from(slip).where(own).orderBy(desc(slip.serial)).limit(size);
  return { states, rows, total: states.reduce((sum, { slips }) => sum + slips, 0) };
}

/** The lists that slips are worked off from. */
export const listedStates = ["doubtful", "unmatched", "discarded"] as const;
export type ListedState = (typeof listedStates)[number];

/** How many slips stand in each of the lists. */
export async function slipFigures(work: Work): Promise<Map<SlipState, number>> {
  const rows = await work.tx
    .select({ state: slip.state, slips: count() })
    .from(slip)
    .where(inArray(slip.state, [...listedStates]))
    .groupBy(slip.state);
  return new Map(rows.map(({ state, slips }) => [state, slips]));
}

/** Slips of a state, those that wait longest first, the settled ones newest first. */
export async function listSlips(work: Work, state: ListedState, { from, size }: Lines) {
  const waits = state === "unmatched" || state === "doubtful";
  return work.tx
    .select()
    .from(slip)
    .where(eq(slip.state, state))
    .orderBy(waits ? asc(slip.serial) : desc(slip.serial))
    .limit(size)
    .offset(from);
}

/** What waits in the work lists: how much, and the oldest. */
export async function waitingFigures(
  work: Work,
  state: "unmatched" | "doubtful",
): Promise<Figures> {
  const [row] = await work.tx
    .select({
      count: count(),
      since: sql<Date | null>`min(${slip.enteredAt})`.mapWith(slip.enteredAt),
    })
    .from(slip)
    .where(eq(slip.state, state));
  return { count: row?.count ?? 0, since: row?.since ?? null };
}

/** A slip with who entered it and what is sealed of it. @throws Problem 404 */
export async function readSlip(work: Work, id: string) {
  const [found] = await work.tx
    .select({ slip, enteredName: staff.displayName })
    .from(slip)
    .innerJoin(staff, eq(staff.id, slip.enteredBy))
    .where(eq(slip.id, id));
  if (!found) throw notFound("この予診票は見つかりません。");
  const [sealed] = found.slip.detailsId ? await getSealed(work, [found.slip.detailsId]) : [];
  return { ...found, details: (sealed?.data ?? {}) as SlipDetails };
}

/** Whose slip it may be, the best first, each with its score in lines. */
export async function candidatesOfSlip(work: Work, details: SlipDetails): Promise<Candidate[]> {
  const { identity } = details;
  if (!identity?.birth || !(identity.kana || identity.name)) return [];
  const [found = []] = await candidatesOf(work, [{ ...identity, birth: identity.birth }]);
  return found.toSorted((a, b) => b.score.points - a.score.points).slice(0, 10);
}

/** Somebody chosen by number, with the score beside the slip. */
export async function candidateByNumber(
  work: Work,
  number: string,
  details: SlipDetails,
): Promise<Candidate | undefined> {
  const [person] = await lookAtPeople(work, [number], ["facts", "name", "address"]);
  return person && { person, score: scoreOf(details.identity ?? {}, knownIdentity(person)) };
}

/** A slip as it was told, to be judged again with what is changed. */
export function toldOf(row: Slip, details: SlipDetails): ToldRecord {
  return {
    channel: row.channel,
    outcome: row.outcome,
    vaccine: row.vaccine,
    dose: row.dose ?? undefined,
    givenOn: row.givenOn as IsoDate,
    couponNumber: row.couponNumber ?? undefined,
    product: row.product ?? undefined,
    lot: row.lot ?? undefined,
    volume: row.volume ?? undefined,
    route: row.route ?? undefined,
    clinicCode: row.clinicCode ?? undefined,
    clinicName: row.clinicName ?? undefined,
    interviewOn: (row.interviewOn ?? undefined) as IsoDate | undefined,
    reference: row.reference ?? undefined,
    ...details,
  };
}

/**
 * Settles a slip that waits, or was put aside: for the person who was chosen, with what was mended. It becomes a record, a second
 * channel, or stays doubtful with what is still wrong.
 *
 * @throws Problem 404; 409 where somebody was faster
 */
export async function settleSlip(
  work: Work,
  given: {
    id: string;
    seen: number;
    personNumber: string;
    changes: Partial<ToldRecord>;
    accept: AcceptReason | undefined;
  },
): Promise<TakenRecord> {
  const { slip: row, details } = await readSlip(work, given.id);
  const told: ToldRecord = { ...toldOf(row, details), ...given.changes, accept: given.accept };
  const coupon = row.couponNumber
    ? (await couponsByNumber(work, [row.couponNumber])).get(row.couponNumber)
    : undefined;
  const matched: Matched = { personNumber: given.personNumber, by: "hand", coupon, doubts: [] };
  const found = [{ id: row.id, told, matched }];
  const known = await knownOfTold(work, found);
  const [detailsId = null] = await sealDetails(work, found, known.people);
  const [judged] = await judgeTold(work, found, known);
  if (!judged) throw new Error("nothing was judged");
  const [kept] = await keepJudged(work, [{ ...judged, id: row.id, detailsId, seen: given.seen }]);
  if (!kept) throw new Error("nothing was kept");
  return kept;
}

/** Puts a slip aside for a reason; it stays and may still be settled. @throws Problem 404, 409 */
export async function discardSlip(
  work: Work,
  { id, seen, reason }: { id: string; seen: number; reason: DiscardReason },
): Promise<void> {
  await readSlip(work, id);
  await refuseInWords(
    work.sql`select vaccination.discard_slip(${id}, ${seen}, ${reason})`,
    "この予診票は、ほかの職員が先に処理しました。",
  );
}

/** Slips by the record that came of them, the first channel first. */
export const slipsOfShot = (work: Work, shotIds: readonly string[]) =>
  work.tx
    .select()
    .from(slip)
    .where(inArray(slip.shotId, [...shotIds]))
    .orderBy(asc(slip.serial));
