import { and, asc, count, desc, eq, inArray, isNull, min, type SQL } from "drizzle-orm";
import { followUp } from "#db/schema/follow-ups.ts";
import {
  type DropReason,
  dropReasons,
  type FollowUpContext,
  type FollowUpEventType,
  type FollowUpState,
  followUpV1,
} from "#workflows/cases/follow-up.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { actionsAt, stateAfter } from "../flow.ts";
import { conflict, EntryProblem, notFound } from "../problem.ts";
import type { Work } from "../work.ts";

export type FollowUp = Omit<typeof followUp.$inferSelect, "state"> & { state: FollowUpState };
export type FollowUpKind = FollowUp["kind"];

export const followUpTitles = {
  "send-back": "レセプトの返戻",
  recover: "支払済みの助成の回収（過誤・返還）",
  "check-payment": "支給済みの支払の確認（返還）",
  reissue: "受給者証の差替え",
  "judge-again": "レセプトの再点検",
  "pay-more": "返戻したレセプトの再請求・償還払いの案内",
} as const satisfies Record<FollowUpKind, string>;

export const followUpStateMeta = (state: FollowUpState) => stateMeta(followUpV1, state);

/** Why one was given up, in words; by itself where its month counts again, or its insurer is right after all. */
export const dropReasonTitle = (reason: string | null): string =>
  reason === "counts-again"
    ? "訂正により、その月に資格があることになった"
    : reason === "insurer-agrees"
      ? "保険の訂正により、レセプトの保険者と一致した"
      : (dropReasons[reason as DropReason] ?? "");

/** What decisions on some entitlements left to be done, those that wait first. */
export async function followUpsOfEntitlements(
  work: Work,
  ids: readonly string[],
): Promise<FollowUp[]> {
  if (ids.length === 0) return [];
  const rows = await work.tx
    .select()
    .from(followUp)
    .where(inArray(followUp.entitlementId, [...ids]))
    .orderBy(desc(isNull(followUp.settledOn)), asc(followUp.kind), asc(followUp.treatmentMonth));
  return rows as FollowUp[];
}

export interface FollowUpQuery {
  program: string;
  /** Those that are settled, or wait. */
  settled?: boolean;
  state?: FollowUpState | undefined;
  kind?: FollowUpKind | undefined;
  from: number;
  size: number;
}

/** A part of the list of a 事務, the oldest first, and how many there are. */
export async function listFollowUps(
  work: Work,
  { program, settled = false, state, kind, from, size }: FollowUpQuery,
): Promise<{ total: number; rows: FollowUp[] }> {
  const where: SQL[] = [eq(followUp.program, program)];
  if (state) where.push(eq(followUp.state, state));
  else if (!settled) where.push(isNull(followUp.settledOn));
  if (kind) where.push(eq(followUp.kind, kind));
  const rows = await work.tx
    .select()
    .from(followUp)
    .where(and(...where))
    .orderBy(asc(followUp.openedOn), asc(followUp.id))
    .limit(size)
    .offset(from);
  return { total: await work.tx.$count(followUp, and(...where)), rows: rows as FollowUp[] };
}

/** How many wait in a state, and since when. */
export async function countFollowUps(work: Work, program: string, state: FollowUpState) {
  const [row] = await work.tx
    .select({ count: count(), since: min(followUp.openedAt) })
    .from(followUp)
    .where(and(eq(followUp.program, program), eq(followUp.state, state)));
  return row ?? { count: 0, since: null };
}

/** @throws Problem 404 */
export async function readFollowUp(work: Work, id: string): Promise<FollowUp> {
  const [row] = await work.tx.select().from(followUp).where(eq(followUp.id, id));
  if (!row) throw notFound("遡及に伴う処理が見つかりません。");
  return row as FollowUp;
}

/** Of some, those of which what they ask for was done. */
export async function metFollowUps({ sql }: Work, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const [row] = await sql<{ ids: string[] }[]>`select entitlements.met(${[...ids]}::uuid[]) as ids`;
  return new Set(row?.ids ?? []);
}

const standing = (work: Work, row: FollowUp, met: boolean) => ({
  definition: followUpV1,
  state: row.state,
  context: {
    actingStaffId: work.actor.staffId,
    askedBy: row.askedBy,
    met,
  } satisfies FollowUpContext,
});

/** Buttons of one. */
export const followUpActions = (work: Work, row: FollowUp, met: boolean) =>
  actionsAt(work.actor, standing(work, row, met), {
    program: row.program,
    reach: { office: row.officeCode },
  });

/** One step. @throws EntryProblem of `reason`; Problem 403, 404, 409 */
export async function moveFollowUp(
  work: Work,
  step: { id: string; seen: number; type: FollowUpEventType; reason?: DropReason | undefined },
): Promise<void> {
  const { id, seen, type, reason } = step;
  const row = await readFollowUp(work, id);
  const met = (await metFollowUps(work, [id])).has(id);
  const target = stateAfter(standing(work, row, met), type);
  if (type === "ask-drop" && !reason) throw new EntryProblem("reason", "理由を選んでください。");
  if (row.revision !== seen)
    throw conflict("ほかの職員が先に進めました。画面を開き直してください。");
  const why = type === "ask-drop" ? (reason ?? null) : null;
  await work.sql`select entitlements.move_follow_up(${id}, ${seen}, ${type}, ${target}, ${why})`;
}
