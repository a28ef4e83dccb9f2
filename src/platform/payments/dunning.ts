import { and, asc, count, eq, isNotNull, isNull, lt, min, sql } from "drizzle-orm";
import { instalment, notice, repayment } from "#db/schema/repayments.ts";
import type { Lines } from "../lines.ts";
import { conflict, EntryProblem } from "../problem.ts";
import { refuseInWords } from "../refusals.ts";
import { putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import { lateOf, type RepaymentRow, readRepayment, repaymentNumber } from "./repayments.ts";

/**
 * 督促 without a letter: records how somebody was told that an amount is past its day, once a day of payment. What was said is
 * sealed.
 *
 * @throws EntryProblem of `words`, Problem 409 where nothing is past its day, nothing was demanded yet, or it was recorded already
 */
export async function recordDunning(work: Work, id: string, words: string): Promise<void> {
  const { repayment: row, unpaid, notices } = await readRepayment(work, id);
  const late = lateOf(unpaid, work.platform.clock.today());
  const [first] = late;
  if (!first) throw conflict("納期限を過ぎた額はありません。");
  if (row.demandedOn === null) throw conflict("返還決定通知書を、まだ発行していません。");
  if (words.trim() === "") throw new EntryProblem("words", "督促の方法と内容を入力してください。");
  const sealed = await putSealed(work, {
    holder: row.personNumber,
    program: row.program,
    kind: "repayment-notice",
    data: words.trim(),
  });
  await refuseInWords(
    work.sql`select repayments.keep_notice(${id}, 'dunning', ${first.dueOn}, ${late.reduce((sum, { amount }) => sum + amount, 0)},
      ${`${repaymentNumber(row)}-${notices.length + 1}`}, ${sealed})`,
    "この納期限の督促は、既に記録されています。",
  );
}

const ofProgram = (work: Work) =>
  work.program === undefined ? undefined : eq(repayment.program, work.program);

/** The earliest day of what is unpaid: of a part of the plan in force, else of the whole. */
const firstUnpaidOn = sql`coalesce((select min(i.due_on) from ${instalment} i where i.repayment_id = ${repayment.id}
  and i.plan = (select max(x.plan) from ${instalment} x where x.repayment_id = i.repayment_id)
  and (select sum(b.amount) from ${instalment} b where b.repayment_id = i.repayment_id and b.plan = i.plan and b.number <= i.number)
    > (select sum(b.amount) from ${instalment} b where b.repayment_id = i.repayment_id and b.plan = i.plan)
      - (${repayment.amount} - ${repayment.reducedBy} - ${repayment.received})), ${repayment.dueOn})`;

/** Repayments of which something is past its day and for which no 督促 of that day was made. */
const overdue = (work: Work) =>
  and(
    eq(repayment.state, "open"),
    isNotNull(repayment.demandedOn),
    ofProgram(work),
    lt(firstUnpaidOn, sql`${work.platform.clock.today()}::date`),
    sql`not exists (select from ${notice} n where n.repayment_id = ${repayment.id} and n.kind = 'dunning'
      and n.due_on = ${firstUnpaidOn})`,
  );

/** Decided repayments whose 返還決定通知書 was not issued yet. */
const undemanded = (work: Work) =>
  and(eq(repayment.state, "open"), isNull(repayment.demandedOn), ofProgram(work));

const figures = (work: Work, which: ReturnType<typeof and>) =>
  work.tx
    .select({ count: count(), since: min(repayment.decidedAt), nearest: min(repayment.dueOn) })
    .from(repayment)
    .where(which);

const rowsOf = (work: Work, which: ReturnType<typeof and>, { from, size }: Lines) =>
  work.tx
    .select()
    .from(repayment)
    .where(which)
    .orderBy(asc(repayment.dueOn), asc(repayment.serial))
    .limit(size)
    .offset(from);

const nothing = { count: 0, since: null, nearest: null };

/** 督促 that is due, the earliest first. */
export const dunningDue = async (work: Work, lines: Lines) =>
  (await rowsOf(work, overdue(work), lines)) as RepaymentRow[];
export const countDunningDue = async (work: Work) =>
  (await figures(work, overdue(work)))[0] ?? nothing;

/** 返還決定通知書 that is to be issued, the earliest day first. */
export const demandsDue = async (work: Work, lines: Lines) =>
  (await rowsOf(work, undemanded(work), lines)) as RepaymentRow[];
export const countDemandsDue = async (work: Work) =>
  (await figures(work, undemanded(work)))[0] ?? nothing;
