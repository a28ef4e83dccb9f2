import { and, asc, count, desc, eq, inArray, isNull, ne, or, sql } from "drizzle-orm";
import {
  institution,
  receipt,
  receiptDecision,
  receiptFault,
  receiptFile,
  receiptLot,
} from "#db/schema/receipts.ts";
import type { Figures, Lines } from "../lines.ts";
import type { Work } from "../work.ts";
import type { FileRow } from "./move.ts";

export type ReceiptRow = typeof receipt.$inferSelect;
export type FaultRow = typeof receiptFault.$inferSelect;

/** How many lines a page of a list shows. */
export const linesAPage = 50;
const skipped = (page: number) => (page - 1) * linesAPage;

/** A page of a list, counted and cut by the database. */
export interface Paged<Row> {
  rows: Row[];
  total: number;
}

/** Files, the newest first; `page` counts from 1. */
export async function listFiles(work: Work, page: number): Promise<Paged<FileRow>> {
  const rows = await work.tx
    .select()
    .from(receiptFile)
    .orderBy(desc(receiptFile.preparedAt), desc(receiptFile.id))
    .limit(linesAPage)
    .offset(skipped(page));
  return { rows, total: await work.tx.$count(receiptFile) };
}

/** Lists of a file: what became of its receipts, and what was decided. */
export const receiptLists = {
  clear: "支払えるもの",
  open: "決めるもの",
  blocked: "支払えないもの",
  asked: "承認待ち",
  accepted: "支払うと決めたもの",
  queried: "照会中",
  returned: "返戻",
} as const;
export type ReceiptList = keyof typeof receiptLists;

const undecided = isNull(receipt.decided);
const inList: Record<ReceiptList, ReturnType<typeof and>> = {
  clear: and(eq(receipt.outcome, "clear"), undecided),
  open: and(eq(receipt.outcome, "doubtful"), undecided),
  blocked: and(eq(receipt.outcome, "blocked"), undecided),
  asked: eq(receipt.decided, "asked"),
  accepted: eq(receipt.decided, "accepted"),
  queried: eq(receipt.decided, "queried"),
  returned: eq(receipt.decided, "returned"),
};

/** A receipt in a list, with its faults and the name of its institution. */
export interface ListedReceipt {
  receipt: ReceiptRow;
  faults: FaultRow[];
  institutionName: string | null;
}

/** Receipts of a file in one of its lists, in the order of the file; of one fault, where its code is named. */
export async function listReceipts(
  work: Work,
  fileId: string,
  { list, fault, page }: { list: ReceiptList; fault?: string | undefined; page: number },
): Promise<Paged<ListedReceipt>> {
  const which = and(
    eq(receipt.fileId, fileId),
    inList[list],
    fault
      ? inArray(
          receipt.row,
          work.tx
            .select({ row: receiptFault.row })
            .from(receiptFault)
            .where(and(eq(receiptFault.fileId, fileId), eq(receiptFault.code, fault))),
        )
      : undefined,
  );
  const rows = await work.tx
    .select({ receipt, institutionName: institution.name })
    .from(receipt)
    .leftJoin(institution, eq(institution.code, receipt.institution))
    .where(which)
    .orderBy(asc(receipt.row))
    .limit(linesAPage)
    .offset(skipped(page));
  const faults = await faultsOf(
    work,
    fileId,
    rows.map((one) => one.receipt.row),
  );
  return {
    rows: rows.map((one) => ({
      ...one,
      faults: faults.filter(({ row }) => row === one.receipt.row),
    })),
    total: await work.tx.$count(receipt, which),
  };
}

/** What is against some receipts of a file; row 0 is the file as a whole. */
export const faultsOf = async (
  work: Work,
  fileId: string,
  rows: readonly number[],
): Promise<FaultRow[]> =>
  rows.length === 0
    ? []
    : work.tx
        .select()
        .from(receiptFault)
        .where(and(eq(receiptFault.fileId, fileId), inArray(receiptFault.row, [...rows])))
        .orderBy(asc(receiptFault.row), asc(receiptFault.line), asc(receiptFault.code));

/** A receipt of a file with its faults; nothing where there is none that this person sees. */
export async function findReceipt(
  work: Work,
  fileId: string,
  row: number,
): Promise<ListedReceipt | undefined> {
  const [found] = await work.tx
    .select({ receipt, institutionName: institution.name })
    .from(receipt)
    .leftJoin(institution, eq(institution.code, receipt.institution))
    .where(and(eq(receipt.fileId, fileId), eq(receipt.row, row)));
  return found && { ...found, faults: await faultsOf(work, fileId, [row]) };
}

/** Decisions about a receipt, the oldest first. */
export const decisionsOf = (work: Work, fileId: string, row: number) =>
  work.tx
    .select()
    .from(receiptDecision)
    .where(and(eq(receiptDecision.fileId, fileId), eq(receiptDecision.row, row)))
    .orderBy(asc(receiptDecision.id));

/** Ids of the decisions about some receipts of a file that wait for a second person. */
export async function openDecisionsOf(
  work: Work,
  fileId: string,
  rows: readonly number[],
): Promise<number[]> {
  if (rows.length === 0) return [];
  const found = await work.tx
    .select({ id: receiptDecision.id })
    .from(receiptDecision)
    .where(
      and(
        eq(receiptDecision.fileId, fileId),
        inArray(receiptDecision.row, [...rows]),
        isNull(receiptDecision.decision),
      ),
    );
  return found.map(({ id }) => id);
}

/** Figures of a file: how many receipts stand in each list, how often each fault, and how far its lots are. */
export interface FileFigures {
  lists: Record<ReceiptList, number>;
  /** Yen of subsidy that the clear and accepted ones come to. */
  subsidy: number;
  faults: { code: string; count: number }[];
  lots: { all: number; judged: number; posted: number };
}

export async function figuresOf(work: Work, fileId: string): Promise<FileFigures> {
  const names = Object.keys(receiptLists) as ReceiptList[];
  const counts = Object.fromEntries(
    names.map((name) => [name, sql<number>`(count(*) filter (where ${inList[name]}))::integer`]),
  ) as Record<ReceiptList, ReturnType<typeof sql<number>>>;
  const [lists] = await work.tx
    .select({
      ...counts,
      subsidy: sql<string>`coalesce(sum(${receipt.subsidy}) filter (where ${or(inList.clear, inList.accepted)}), 0)`,
    })
    .from(receipt)
    .where(eq(receipt.fileId, fileId));
  const faults = await work.tx
    .select({ code: receiptFault.code, count: count() })
    .from(receiptFault)
    .where(and(eq(receiptFault.fileId, fileId), ne(receiptFault.row, 0)))
    .groupBy(receiptFault.code)
    .orderBy(desc(count()), asc(receiptFault.code));
  const [lots] = await work.tx
    .select({
      all: count(),
      judged: count(receiptLot.judgedAt),
      posted: count(receiptLot.postedAt),
    })
    .from(receiptLot)
    .where(eq(receiptLot.fileId, fileId));
  const { subsidy = "0", ...inLists } = lists ?? {};
  return {
    lists: {
      ...Object.fromEntries(names.map((name) => [name, 0])),
      ...inLists,
    } as FileFigures["lists"],
    subsidy: Number(subsidy),
    faults,
    lots: lots ?? { all: 0, judged: 0, posted: 0 },
  };
}

const waitingFor = {
  judged: eq(receiptFile.state, "judged"),
  withdrawing: eq(receiptFile.state, "withdrawing"),
};

/** Files that wait for the word of a second person: those of others, or one's own. */
export async function waitingFiles(
  work: Work,
  state: keyof typeof waitingFor,
  { from, size }: Lines,
): Promise<FileRow[]> {
  return work.tx
    .select()
    .from(receiptFile)
    .where(and(waitingFor[state], byOthers(work, state)))
    .orderBy(asc(receiptFile.preparedAt))
    .limit(size)
    .offset(from);
}

const byOthers = (work: Work, state: keyof typeof waitingFor) =>
  ne(
    state === "judged" ? receiptFile.preparedBy : receiptFile.withdrawalAskedBy,
    work.actor.staffId,
  );

/** How many there are, and since when the oldest waits. */
export async function countWaitingFiles(
  work: Work,
  state: keyof typeof waitingFor,
): Promise<Figures> {
  const [found] = await work.tx
    .select({
      count: count(),
      since: sql<Date | null>`min(${receiptFile.preparedAt})`.mapWith(receiptFile.preparedAt),
    })
    .from(receiptFile)
    .where(and(waitingFor[state], byOthers(work, state)));
  return found ?? { count: 0, since: null };
}

/** Files with receipts that somebody has yet to decide about (`open`), or to approve (`asked`), as far as this person sees them. */
export async function filesWithWork(
  work: Work,
  what: "open" | "asked",
): Promise<{ file: FileRow; count: number }[]> {
  const rows = await work.tx
    .select({ file: receiptFile, count: count() })
    .from(receipt)
    .innerJoin(receiptFile, eq(receiptFile.id, receipt.fileId))
    .where(
      and(
        inArray(receiptFile.state, ["judged", "committed"]),
        what === "asked"
          ? and(
              inList.asked,
              sql`exists (select from receipts.decision d where d.file_id = ${receipt.fileId} and d.row = ${receipt.row}
                and d.decision is null and d.asked_by <> ${work.actor.staffId})`,
            )
          : or(inList.open, inList.blocked),
      ),
    )
    .groupBy(receiptFile.id)
    .orderBy(asc(receiptFile.preparedAt));
  return rows;
}
