import { and, asc, count, desc, eq, inArray, ne, sql } from "drizzle-orm";
import { contractor } from "#db/schema/mailings.ts";
import { handover, punchedFile, punchedLot, punchedRow } from "#db/schema/punched.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import type { Work } from "#src/platform/work.ts";
import type { FileRow } from "./move.ts";
import type { PunchedRow } from "./rows.ts";

/** Files, the newest first. */
export async function listFiles(work: Work, { from, size }: Lines) {
  const rows = await work.tx
    .select({
      file: punchedFile,
      orderNumber: handover.orderNumber,
      contractorName: contractor.name,
    })
    .from(punchedFile)
    .innerJoin(handover, eq(handover.id, punchedFile.handoverId))
    .innerJoin(contractor, eq(contractor.id, handover.contractorId))
    .orderBy(desc(punchedFile.serial))
    .limit(size)
    .offset(from);
  return { rows, total: await work.tx.$count(punchedFile) };
}

/** The lists of a file: what waits, what would become of the rest, and what became of it. */
export const rowLists = {
  faulty: "エラー",
  recorded: "記録になる",
  "second-channel": "ほかの経路で記録済み",
  doubtful: "確かめるもの",
  unmatched: "だれか分からないもの",
  noted: "予診のみ・不可診",
  returned: "委託先へ戻した",
  dropped: "取り込まない",
} as const;
export type RowList = keyof typeof rowLists;

const inList = (list: RowList) =>
  list === "faulty" || list === "returned" || list === "dropped"
    ? eq(punchedRow.state, list)
    : and(inArray(punchedRow.state, ["ready", "taken"]), eq(punchedRow.foreseen, list));

/** How many rows of a file stand in each list, how often each fault and doubt is among them, and how far the lots are. */
export async function figuresOf(work: Work, fileId: string) {
  const names = Object.keys(rowLists) as RowList[];
  const [lists] = await work.tx
    .select(
      Object.fromEntries(
        names.map((name) => [
          name,
          sql<number>`(count(*) filter (where ${inList(name)}))::integer`,
        ]),
      ) as Record<RowList, ReturnType<typeof sql<number>>>,
    )
    .from(punchedRow)
    .where(eq(punchedRow.fileId, fileId));
  const codes = await work.sql<{ code: string; kind: "fault" | "doubt"; count: number }[]>`
    select x.code, x.kind, count(*)::integer as count
      from punched.row r, lateral (select unnest(r.faults) as code, 'fault' as kind union all select unnest(r.doubts), 'doubt') x
     where r.file_id = ${fileId} and r.state <> 'dropped' group by 1, 2 order by 3 desc, 1`;
  const [lots] = await work.tx
    .select({
      all: count(),
      judged: count(punchedLot.judgedAt),
      taken: count(punchedLot.takenAt),
    })
    .from(punchedLot)
    .where(eq(punchedLot.fileId, fileId));
  const nothing = Object.fromEntries(names.map((name) => [name, 0])) as Record<RowList, number>;
  return {
    lists: { ...nothing, ...lists },
    codes,
    lots: lots ?? { all: 0, judged: 0, taken: 0 },
  };
}

/** Rows of a file in one of its lists, in the order of the file; nothing of what they say. */
export const listRows = (
  work: Work,
  fileId: string,
  { list, from, size }: Lines & { list: RowList },
): Promise<PunchedRow[]> =>
  work.tx
    .select()
    .from(punchedRow)
    .where(and(eq(punchedRow.fileId, fileId), inList(list)))
    .orderBy(asc(punchedRow.row))
    .limit(size)
    .offset(from);

const waiting = (work: Work, state: "judged" | "taken") =>
  and(
    eq(punchedFile.state, state),
    state === "judged" ? ne(punchedFile.receivedBy, work.actor.staffId) : undefined,
  );

/** Files that wait to be taken up by another person, or of which rows wait: how many, and the oldest. */
export async function fileFigures(work: Work, state: "judged" | "taken"): Promise<Figures> {
  const [row] = await work.tx
    .select({
      count: count(),
      since: sql<Date | null>`min(${punchedFile.receivedAt})`.mapWith(punchedFile.receivedAt),
    })
    .from(punchedFile)
    .where(waiting(work, state));
  return { count: row?.count ?? 0, since: row?.since ?? null };
}

export const waitingFiles = (
  work: Work,
  state: "judged" | "taken",
  { from, size }: Lines,
): Promise<FileRow[]> =>
  work.tx
    .select()
    .from(punchedFile)
    .where(waiting(work, state))
    .orderBy(asc(punchedFile.receivedAt), asc(punchedFile.serial))
    .limit(size)
    .offset(from);
