import { and, count, desc, eq, gte, lte, min, ne, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { staff } from "#db/schema/access.ts";
import { request } from "#db/schema/provision.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Figures, Lines } from "../lines.ts";
import { numbersUnder } from "../people/index.ts";
import { conflict, EntryProblem, notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import type { AskedItem } from "./items.ts";

export const requestStateTitles = {
  provided: "提供済",
  waiting: "解除待ち",
  released: "解除済（未取出）",
  refused: "拒否",
} as const;
export type RequestState = keyof typeof requestStateTitles;

/** What somebody looks for in the register; all that is given must hold. */
export interface RegisterQuery {
  recipient?: string | undefined;
  state?: RequestState | undefined;
  /** 統合宛名番号. */
  person?: string | undefined;
  from?: IsoDate | undefined;
  to?: IsoDate | undefined;
}

export type ProvisionRequest = Awaited<ReturnType<typeof listRequests>>[number];

/** The register of provisions, refusals among them, the newest first. */
export function listRequests(
  work: Work,
  query: RegisterQuery,
  { page, size }: { page: number; size: number },
) {
  return select(work)
    .where(conditions(query))
    .orderBy(desc(request.id))
    .limit(size)
    .offset((page - 1) * size);
}

/** How many the register has of them. */
export async function countRequests(work: Work, query: RegisterQuery): Promise<number> {
  const [row] = await work.tx.select({ found: count() }).from(request).where(conditions(query));
  return row?.found ?? 0;
}

/** What waits for a release that another person asked for. */
const toRelease = ({ actor }: Work): SQL | undefined =>
  and(eq(request.state, "waiting"), ne(request.askedBy, actor.staffId));

/** Requests that this person may release or refuse, the oldest first. */
export const requestsToRelease = (work: Work, { from, size }: Lines) =>
  select(work).where(toRelease(work)).orderBy(request.askedAt, request.id).limit(size).offset(from);

/** How many of them there are, and since when the oldest waits. */
export async function countToRelease(work: Work): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(request.askedAt) })
    .from(request)
    .where(toRelease(work));
  return row ?? { count: 0, since: null };
}

/** One request. @throws Problem 404 where there is none or it may not be seen */
export async function getRequest(work: Work, id: number): Promise<ProvisionRequest> {
  const [row] = await select(work).where(eq(request.id, id));
  if (!row) throw notFound("提供の記録が見つかりません。");
  return row;
}

/** Why this person may not release or refuse one; nothing where they may. */
export const releaseObstacle = (work: Work, one: ProvisionRequest): string | undefined =>
  one.askedBy === work.actor.staffId ? "自分が依頼したものは、解除も拒否もできません。" : undefined;

/** Releases or refuses what waits. @throws Problem 403, 404, 409; EntryProblem of `reason` */
export async function decideRequest(
  work: Work,
  id: number,
  decision: "released" | "refused",
  reason: string,
): Promise<void> {
  const obstacle = releaseObstacle(work, await getRequest(work, id));
  if (obstacle) throw new Problem({ status: 403, message: obstacle });
  if (reason.length < 5 || reason.length > 200)
    throw new EntryProblem("reason", "理由を5文字以上200文字以内で入力してください。");
  const [row] = await work.sql<{ decided: boolean }[]>`
    select provision.decide(${id}, ${decision}, ${reason}) as decided`;
  if (!row?.decided) throw conflict("ほかの職員が先に処理しました。");
}

/** Erases records of provisions past their years. By the account of scheduled jobs. */
export async function eraseOldRequests(work: Work): Promise<void> {
  await work.sql`select provision.erase_old()`;
}

function select(work: Work) {
  const [asker, decider, taker] = [
    alias(staff, "asker"),
    alias(staff, "decider"),
    alias(staff, "taker"),
  ];
  return work.tx
    .select({
      id: request.id,
      recipient: request.recipient,
      legalBasis: request.legalBasis,
      items: sql<AskedItem[]>`${request.items}`,
      personNumber: request.personNumber,
      ruleId: request.ruleId,
      askedBy: request.askedBy,
      asker: asker.displayName,
      askedAt: request.askedAt,
      state: request.state,
      refusal: request.refusal,
      decider: decider.displayName,
      decidedAt: request.decidedAt,
      decisionReason: request.decisionReason,
      taker: taker.displayName,
      takenAt: request.takenAt,
    })
    .from(request)
    .innerJoin(asker, eq(asker.id, request.askedBy))
    .leftJoin(decider, eq(decider.id, request.decidedBy))
    .leftJoin(taker, eq(taker.id, request.takenBy))
    .$dynamic();
}

const conditions = ({ recipient, state, person, from, to }: RegisterQuery): SQL | undefined =>
  and(
    recipient ? eq(request.recipient, recipient) : undefined,
    state ? eq(request.state, state) : undefined,
    person ? sql`${request.personNumber} in ${numbersUnder(person)}` : undefined,
    from ? gte(request.askedOn, from) : undefined,
    to ? lte(request.askedOn, to) : undefined,
  );
