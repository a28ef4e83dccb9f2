import { and, asc, count, desc, eq, isNull, type SQL } from "drizzle-orm";
import { returnedPiece } from "#db/schema/mailings.ts";
import { recordAudit } from "../audit/write.ts";
import { conflict, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import { peopleOf } from "./judge.ts";
import { mailingKinds } from "./kind.ts";
import { programOf } from "./run.ts";

export type ReturnedPiece = typeof returnedPiece.$inferSelect;
export type ReturnReason = ReturnedPiece["reason"];
export type ReturnOutcome = NonNullable<ReturnedPiece["outcome"]>;

/** Why the post brought a piece back, as its stamp says. */
export const returnReasons: Record<ReturnReason, string> = {
  "unknown-address": "宛所不明",
  moved: "転居先不明",
  "not-collected": "保管期間経過",
  refused: "受取拒絶",
  other: "その他",
};

/** What came of looking into the address. */
export const returnOutcomes: Record<ReturnOutcome, string> = {
  "sent-again": "住所を確かめて送り直した",
  "handed-out": "窓口で渡した",
  "moved-away": "転出・死亡などで送らない",
  "not-found": "居所が分からない",
};

/** 返戻: enters a piece by the code on it. @throws Problem 422 where it is none that was sent, 409 where it is entered already */
export async function enterReturn(
  work: Work,
  { code, reason }: { code: string; reason: ReturnReason },
): Promise<number> {
  const program = programOf(work);
  const read = mailingKinds(program).flatMap(({ id, number }) => {
    const found = number.read(code);
    return found === undefined ? [] : [{ id, number: found }];
  });
  const number = read[0]?.number;
  if (number === undefined)
    throw new Problem({
      status: 422,
      message: "番号の形が違います。検査数字を含めて、もう一度読み取ってください。",
    });
  const kinds = read.flatMap((one) => (one.number === number ? [one.id] : []));
  const [row] = await work.sql<{ id: number | null }[]>`
    select mailings.enter_return(${program}, ${kinds}, ${number}, ${reason}) as id`.catch(
    (error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "23505")
        throw conflict("この番号は、すでに入力されています。");
      throw error;
    },
  );
  if (!row?.id)
    throw new Problem({
      status: 422,
      message: "この番号の郵便物は、まだ委託先に渡していません。",
    });
  const [entered] = await work.tx
    .select({ personNumber: returnedPiece.personNumber })
    .from(returnedPiece)
    .where(eq(returnedPiece.id, row.id));
  await recordAudit(work, {
    kind: "change",
    action: "returned-mail.entered",
    persons: entered ? [entered.personNumber] : [],
    detail: { returned: row.id, reason },
  });
  return row.id;
}

/** Another reason for a piece that was entered, or no return at all: it was read by mistake. @throws Problem 409 when it is settled */
export async function correctReturn(
  work: Work,
  { id, reason, takenBack }: { id: number; reason: ReturnReason; takenBack: boolean },
): Promise<void> {
  const [row] = await work.sql<{ done: boolean }[]>`
    select mailings.correct_return(${programOf(work)}, ${id}, ${reason}, ${takenBack}) as done`;
  await requireDone(
    row,
    work,
    id,
    takenBack ? "returned-mail.taken-back" : "returned-mail.corrected",
  );
}

/** What came of looking into the address. @throws Problem 409 when it is settled */
export async function settleReturn(
  work: Work,
  { id, outcome }: { id: number; outcome: ReturnOutcome },
): Promise<ReturnedPiece> {
  const [row] = await work.sql<{ done: boolean }[]>`
    select mailings.settle_return(${programOf(work)}, ${id}, ${outcome}) as done`;
  return requireDone(row, work, id, "returned-mail.settled");
}

async function requireDone(
  row: { done: boolean } | undefined,
  work: Work,
  id: number,
  action: `returned-mail.${string}`,
): Promise<ReturnedPiece> {
  const [found] = await work.tx
    .select()
    .from(returnedPiece)
    .where(and(eq(returnedPiece.id, id), eq(returnedPiece.program, programOf(work))));
  if (!row?.done || !found) throw conflict("この返戻は、ほかの人が済ませたか、取り消しました。");
  await recordAudit(work, {
    kind: "change",
    action,
    persons: [found.personNumber],
    detail: { returned: id },
  });
  return found;
}

const standing = (work: Work): SQL | undefined =>
  and(eq(returnedPiece.program, programOf(work)), eq(returnedPiece.takenBack, false));

/** What the person entered today: how many, by reason, and the last of them with the names of the people. */
export async function listEntered(work: Work, size: number) {
  const own = and(
    standing(work),
    eq(returnedPiece.enteredBy, work.actor.staffId),
    eq(returnedPiece.enteredOn, work.platform.clock.today()),
  );
  const rows = await work.tx
    .select()
    .from(returnedPiece)
    .where(own)
    .orderBy(desc(returnedPiece.id))
    .limit(size);
  const reasons = await work.tx
    .select({ reason: returnedPiece.reason, pieces: count() })
    .from(returnedPiece)
    .where(own)
    .groupBy(returnedPiece.reason)
    .orderBy(asc(returnedPiece.reason));
  const people = await peopleOf(work, rows, ["name"]);
  return {
    total: reasons.reduce((sum, { pieces }) => sum + pieces, 0),
    reasons,
    rows: rows.map((row) => ({ ...row, person: people.get(row.personNumber) })),
  };
}

const isOpen = (work: Work): SQL | undefined => and(standing(work), isNull(returnedPiece.outcome));

/** How many returned pieces of a 事務 nobody has followed up yet. */
export const countOpenReturns = (work: Work): Promise<number> =>
  work.tx.$count(returnedPiece, isOpen(work));

/** A page (from 1) of returned pieces that nobody has followed up yet, the oldest first; each look at a person is logged. */
export async function listOpenReturns(work: Work, { page, size }: { page: number; size: number }) {
  const rows = await work.tx
    .select()
    .from(returnedPiece)
    .where(isOpen(work))
    .orderBy(asc(returnedPiece.id))
    .limit(size)
    .offset((page - 1) * size);
  const people = await peopleOf(work, rows, ["name"]);
  return {
    total: await countOpenReturns(work),
    rows: rows.map((row) => ({ ...row, person: people.get(row.personNumber) })),
  };
}

/** What the post brought back of a person, the latest first. */
export const returnsOf = (work: Work, personNumber: string): Promise<ReturnedPiece[]> =>
  work.tx
    .select()
    .from(returnedPiece)
    .where(and(standing(work), eq(returnedPiece.personNumber, personNumber)))
    .orderBy(desc(returnedPiece.id));
