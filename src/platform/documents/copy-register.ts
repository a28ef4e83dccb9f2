import { and, count, desc, eq, gte, isNotNull, isNull, lt, max, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { staff } from "#db/schema/access.ts";
import { copyTaken, listCopy } from "#db/schema/documents.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { Lines } from "../lines.ts";
import { notFound } from "../problem.ts";
import type { Work } from "../work.ts";

/** A copy of a list as the register has it. */
export interface ListCopy {
  id: number;
  program: string;
  format: "csv" | "print";
  filter: Record<string, string>;
  /** Of what it is and how it was narrowed, as it was approved; `null` of those asked for before it was kept. */
  title: string | null;
  words: string | null;
  lines: number;
  reason: string;
  requestedBy: number;
  requester: string;
  requestedAt: Date;
  decision: "approved" | "refused" | null;
  decider: string | null;
  decidedAt: Date | null;
  takeBy: IsoDate | null;
  /** How often it was taken, and when last. */
  taken: number;
  takenAt: Date | null;
  eraseBy: IsoDate | null;
  erasedAt: Date | null;
  eraser: string | null;
}

const [requester, decider, eraser] = [
  alias(staff, "requester"),
  alias(staff, "decider"),
  alias(staff, "eraser"),
];

function copies(work: Work) {
  return work.tx
    .select({
      id: listCopy.id,
      program: listCopy.program,
      format: listCopy.format,
      filter: listCopy.filter,
      title: listCopy.title,
      words: listCopy.words,
      lines: listCopy.lines,
      reason: listCopy.reason,
      requestedBy: listCopy.requestedBy,
      requester: requester.displayName,
      requestedAt: listCopy.requestedAt,
      decision: listCopy.decision,
      decider: decider.displayName,
      decidedAt: listCopy.decidedAt,
      takeBy: sql<IsoDate | null>`${listCopy.takeBy}`,
      taken: count(copyTaken.id),
      takenAt: max(copyTaken.takenAt),
      eraseBy: sql<IsoDate | null>`${listCopy.eraseBy}`,
      erasedAt: listCopy.erasedAt,
      eraser: eraser.displayName,
    })
    .from(listCopy)
    .innerJoin(requester, eq(requester.id, listCopy.requestedBy))
    .leftJoin(decider, eq(decider.id, listCopy.decidedBy))
    .leftJoin(eraser, eq(eraser.id, listCopy.erasedBy))
    .leftJoin(copyTaken, eq(copyTaken.copyId, listCopy.id))
    .groupBy(listCopy.id, requester.id, decider.id, eraser.id);
}

/** What the register is looked through for; all that is given must hold. Days are those of the request, in Japan. */
export interface CopyQuery {
  program?: string | undefined;
  standing?: CopyStanding | undefined;
  from?: IsoDate | undefined;
  to?: IsoDate | undefined;
}

/** How a copy stands, in the words of the register. */
export const copyStandingTitles = {
  waiting: "承認待ち",
  approved: "承認済（未受取）",
  held: "受取済（廃棄前）",
  overdue: "廃棄の期限超過",
  erased: "廃棄済",
  refused: "却下",
} as const;
export type CopyStanding = keyof typeof copyStandingTitles;

const wasTaken = sql`exists (select from ${copyTaken} t where t.copy_id = ${listCopy.id})`;
const outside = and(eq(listCopy.decision, "approved"), isNull(listCopy.erasedAt), wasTaken);

function standingIs(standing: CopyStanding, today: IsoDate): SQL | undefined {
  switch (standing) {
    case "waiting":
      return isNull(listCopy.decision);
    case "refused":
      return eq(listCopy.decision, "refused");
    case "approved":
      return and(eq(listCopy.decision, "approved"), sql`not ${wasTaken}`);
    case "held":
      return outside;
    case "overdue":
      return and(outside, lt(listCopy.eraseBy, today));
    case "erased":
      return isNotNull(listCopy.erasedAt);
  }
}

const startOf = (day: IsoDate) => new Date(`${day}T00:00:00+09:00`);

const conditionOf = (work: Work, { program, standing, from, to }: CopyQuery) =>
  and(
    ...(program ? [eq(listCopy.program, program)] : []),
    ...(standing ? [standingIs(standing, work.platform.clock.today())] : []),
    ...(from ? [gte(listCopy.requestedAt, startOf(from))] : []),
    ...(to ? [lt(listCopy.requestedAt, startOf(addDays(to, 1)))] : []),
  );

/** How many copies answer a query, as far as this person may see them. */
export const countCopies = (work: Work, query: CopyQuery): Promise<number> =>
  work.tx.$count(listCopy, conditionOf(work, query));

/** Copies of the register, as far as this person may see them, the newest first. */
export const listCopies = (work: Work, query: CopyQuery, lines: Lines): Promise<ListCopy[]> =>
  copies(work)
    .where(conditionOf(work, query))
    .orderBy(desc(listCopy.id))
    .limit(lines.size)
    .offset(lines.from);

/** @throws Problem 404 */
export async function getCopy(work: Work, program: string, id: number): Promise<ListCopy> {
  const [copy] = await copies(work).where(and(eq(listCopy.id, id), eq(listCopy.program, program)));
  if (!copy) throw notFound("写しの申請が見つかりません。");
  return copy;
}

/** Of these, read whole with their order: for the work that waits. */
export const copiesWhere = (work: Work, where: SQL | undefined, order: SQL, lines: Lines) =>
  copies(work).where(where).orderBy(order, listCopy.id).limit(lines.size).offset(lines.from);
