import { and, asc, count, desc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import { contractor } from "#db/schema/mailings.ts";
import { handover, punchedFile, punchedRow } from "#db/schema/punched.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { EntryFaults, EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

export type HandoverRow = typeof handover.$inferSelect;

/** Number as it is shown: `J000012`. */
export const handoverNumber = ({ serial }: { serial: number }): string =>
  `J${String(serial).padStart(6, "0")}`;

/** Why counts differ, as an order is closed. */
export const differenceTitles = {
  blank: "白紙・書損じが混ざっていた",
  unreadable: "読めない予診票があった",
  "counted-wrong": "引渡しの数え間違い",
  lost: "紛失（事案として扱う）",
  other: "その他",
} as const satisfies Record<NonNullable<HandoverRow["difference"]>, string>;
export type Difference = keyof typeof differenceTitles;

/** Contractors to whom papers may be handed today. */
export async function contractorsToday(work: Work) {
  const today = work.platform.clock.today();
  const rows = await work.tx
    .select({
      id: contractor.id,
      name: contractor.name,
      from: contractor.contractFrom,
      to: contractor.contractTo,
    })
    .from(contractor)
    .where(isNull(contractor.endedAt))
    .orderBy(asc(contractor.id));
  return rows.filter(({ from, to }) => from <= today && today <= to);
}

/** Enters that papers were handed to a contractor. @throws EntryProblem; Problem 403 */
export async function handOver(
  work: Work,
  given: {
    contractorId: number | undefined;
    orderNumber: string;
    slips: number | undefined;
    boxes: number | undefined;
    sentOn: IsoDate | undefined;
    dueOn: IsoDate | undefined;
  },
): Promise<string> {
  const today = work.platform.clock.today();
  const faults = new EntryFaults();
  const between = (n: number | undefined, most: number) =>
    n !== undefined && n >= 1 && n <= most ? n : undefined;
  const known = (await contractorsToday(work)).find(({ id }) => id === given.contractorId);
  const to = faults.need("contractor", known, "委託先を選んでください。");
  const order = /^[0-9A-Za-z-]{1,30}$/.test(given.orderNumber) ? given.orderNumber : undefined;
  const orderNumber = faults.need(
    "orderNumber",
    order,
    "注文番号を、英数字とハイフンで30文字以内で入力してください。",
  );
  const slips = faults.need("slips", between(given.slips, 1_000_000), "枚数を入力してください。");
  const boxes = faults.need("boxes", between(given.boxes, 9999), "箱の数を入力してください。");
  const sent = given.sentOn && given.sentOn <= today ? given.sentOn : undefined;
  const sentOn = faults.need("sentOn", sent, "引き渡した日を、今日までの日で入力してください。");
  const due = given.dueOn && sent && given.dueOn >= sent ? given.dueOn : undefined;
  const dueOn = faults.need("dueOn", due, "納期を、引き渡した日より後の日で入力してください。");
  faults.end();
  if (sentOn < to.from) throw new EntryProblem("sentOn", "契約の期間の中の日を入力してください。");
  const [same] = await work.tx
    .select({ id: handover.id })
    .from(handover)
    .where(and(eq(handover.contractorId, to.id), eq(handover.orderNumber, orderNumber)));
  if (same) throw new EntryProblem("orderNumber", "この委託先には、同じ注文番号がもうあります。");
  const [made] = await work.sql<{ id: string }[]>`
    select punched.hand_over(${to.id}, ${orderNumber}, ${slips}, ${boxes}, ${sentOn}, ${dueOn}) as id`;
  if (!made) throw new Error("nothing was handed over");
  return made.id;
}

/** How an order stands: sent, brought by its files, back; all three have to be the same. */
export interface Balance {
  rows: number;
  returned: number;
  /** Files that are not closed yet. */
  openFiles: number;
}

export async function getHandover(work: Work, id: string) {
  const [found] = await work.tx
    .select({ handover, contractor })
    .from(handover)
    .innerJoin(contractor, eq(contractor.id, handover.contractorId))
    .where(eq(handover.id, id));
  if (!found) throw notFound("この授受の記録は見つかりません。");
  const files = await work.tx
    .select()
    .from(punchedFile)
    .where(eq(punchedFile.handoverId, id))
    .orderBy(asc(punchedFile.serial));
  const counted = files.filter(({ state }) => state !== "cancelled");
  const returned = await work.tx.$count(
    punchedRow,
    and(
      eq(punchedRow.state, "returned"),
      inArray(punchedRow.fileId, [...counted.map((one) => one.id), id]),
    ),
  );
  const balance: Balance = {
    rows: counted.reduce((sum, { rowCount }) => sum + rowCount, 0) - returned,
    returned,
    openFiles: counted.filter(({ state }) => state !== "closed").length,
  };
  return { ...found, files, balance };
}

const movedOn = "この授受の記録は、ほかの職員が先に変えました。";

/** Enters that the papers came back. @throws EntryProblem; Problem 403, 409 */
export async function papersBack(
  work: Work,
  given: {
    id: string;
    seen: number;
    slips: number | undefined;
    backOn: IsoDate | undefined;
  },
): Promise<void> {
  const { handover: row } = await getHandover(work, given.id);
  const faults = new EntryFaults();
  const some =
    given.slips !== undefined && given.slips >= 0 && given.slips <= 1_000_000
      ? given.slips
      : undefined;
  const slips = faults.need("slipsBack", some, "戻った枚数を入力してください。");
  const day =
    given.backOn && given.backOn >= row.sentOn && given.backOn <= work.platform.clock.today()
      ? given.backOn
      : undefined;
  const backOn = faults.need(
    "backOn",
    day,
    "戻った日を、引き渡した日から今日までの日で入力してください。",
  );
  faults.end();
  await refuseInWords(
    work.sql`select punched.take_papers_back(${given.id}, ${given.seen}, ${slips}, ${backOn})`,
    movedOn,
  );
}

/** Whether papers and rows are as many as were sent. */
export const isEven = (row: HandoverRow, { rows }: Balance): boolean =>
  row.slipsBack === row.slipsSent && rows === row.slipsSent;

/** Closes an order; where counts differ, with the reason. @throws EntryProblem; Problem 403, 409 */
export async function closeHandover(
  work: Work,
  given: { id: string; seen: number; difference: Difference | undefined },
): Promise<void> {
  const { handover: row, balance } = await getHandover(work, given.id);
  if (row.slipsBack === null)
    throw new EntryProblem("difference", "先に、戻った枚数を入力してください。");
  if (balance.openFiles > 0)
    throw new EntryProblem("difference", "完了していないファイルがあります。");
  const even = isEven(row, balance);
  if (!even && !given.difference)
    throw new EntryProblem("difference", "数が合わない理由を選んでください。");
  await refuseInWords(
    work.sql`select punched.close_handover(${given.id}, ${given.seen}, ${even ? null : (given.difference ?? null)})`,
    movedOn,
  );
}

/** Orders, those that are open first, by what is due next. */
export async function listHandovers(work: Work, { from, size }: Lines) {
  const rows = await work.tx
    .select({ handover, contractorName: contractor.name })
    .from(handover)
    .innerJoin(contractor, eq(contractor.id, handover.contractorId))
    .orderBy(
      sql`${handover.closedAt} is not null`,
      sql`case when ${handover.closedAt} is null then ${handover.dueOn} end`,
      desc(handover.serial),
    )
    .limit(size)
    .offset(from);
  return { rows, total: await work.tx.$count(handover) };
}

/** Orders that files may still come for. */
export const openHandovers = (work: Work) =>
  work.tx
    .select({ handover, contractorName: contractor.name })
    .from(handover)
    .innerJoin(contractor, eq(contractor.id, handover.contractorId))
    .where(isNull(handover.closedAt))
    .orderBy(asc(handover.serial))
    .limit(200);

const late = (work: Work) =>
  and(
    isNull(handover.closedAt),
    lt(handover.dueOn, work.platform.clock.today()),
    sql`not exists (select from punched.file f where f.handover_id = ${handover.id} and f.state <> 'cancelled')`,
  );

/** Orders whose file is late: how many, and since when. */
export async function lateFigures(work: Work): Promise<Figures> {
  const [row] = await work.tx
    .select({
      count: count(),
      since: sql<Date | null>`min(${handover.sentAt})`.mapWith(handover.sentAt),
    })
    .from(handover)
    .where(late(work));
  return { count: row?.count ?? 0, since: row?.since ?? null };
}

export const lateHandovers = (work: Work, { from, size }: Lines): Promise<HandoverRow[]> =>
  work.tx
    .select()
    .from(handover)
    .where(late(work))
    .orderBy(asc(handover.dueOn), asc(handover.serial))
    .limit(size)
    .offset(from);
