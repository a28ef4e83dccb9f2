import { and, asc, count, eq, isNull, sql } from "drizzle-orm";
import { rekeying } from "#db/schema/punched.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import { type PunchedItem, punchedItems, type RawRow } from "./items.ts";
import { readRow } from "./rows.ts";

/** How the rows of a file stand that are keyed once more (再入力検査). */
export interface Accuracy {
  drawn: number;
  keyed: number;
  /** Items compared, and how many of them differ. */
  items: number;
  differing: number;
  /** Which items differ, how often. */
  byItem: { item: string; count: number }[];
}

export async function accuracyOf(work: Work, fileId: string): Promise<Accuracy> {
  const own = eq(rekeying.fileId, fileId);
  const [row] = await work.tx
    .select({
      drawn: count(),
      keyed: count(rekeying.keyedBy),
      items: sql<number>`coalesce(sum(${rekeying.items}), 0)::integer`,
      differing: sql<number>`coalesce(sum(cardinality(${rekeying.differing})), 0)::integer`,
    })
    .from(rekeying)
    .where(own);
  const byItem = await work.sql<{ item: string; count: number }[]>`
    select i as item, count(*)::integer as count from punched.rekeying k, unnest(k.differing) i where k.file_id = ${fileId} group by 1 order by 2 desc, 1`;
  return { ...(row ?? { drawn: 0, keyed: 0, items: 0, differing: 0 }), byItem: [...byItem] };
}

/** Draws rows by lot; once a file. @throws EntryProblem; Problem 403, 409 */
export async function drawRows(work: Work, fileId: string, many: number | undefined) {
  if (many === undefined || many < 1 || many > 500)
    throw new EntryProblem("many", "1から500までの数を入力してください。");
  await refuseInWords(
    work.sql`select punched.draw_rows(${fileId}, ${many})`,
    "このファイルからは、もう抜き取られています。",
  );
}

/** The next row that was drawn and is not keyed yet. */
export async function nextToKey(work: Work, fileId: string): Promise<number | undefined> {
  const [row] = await work.tx
    .select({ row: rekeying.row })
    .from(rekeying)
    .where(and(eq(rekeying.fileId, fileId), isNull(rekeying.keyedBy)))
    .orderBy(asc(rekeying.place))
    .limit(1);
  return row?.row;
}

/** Items that are compared (期 is part of the vaccine): all but the name of the clinic and the number of the image, which the slip does not say. */
const compared = (Object.keys(punchedItems) as PunchedItem[]).filter(
  (item) => item !== "clinicName" && item !== "image" && item !== "period",
);
const bare = (text: string | undefined): string =>
  (text ?? "").normalize("NFKC").replace(/\s/gu, "").toUpperCase();

/** Names of the items in which two entries of a slip differ; widths and spaces do not count. */
export const differingItems = (punched: RawRow, keyed: RawRow): PunchedItem[] =>
  compared.filter((item) => bare(punched[item]) !== bare(keyed[item]));

/** Compares what was keyed once more with what the contractor keyed, and counts. @returns the items that differ */
export async function keepRekeyed(
  work: Work,
  given: { fileId: string; row: number; raw: RawRow },
): Promise<PunchedItem[]> {
  const { shown } = await readRow(work, given.fileId, given.row);
  const differing = differingItems(shown, given.raw);
  await refuseInWords(
    work.sql`select punched.keep_rekeyed(${given.fileId}, ${given.row}, ${compared.length}, ${differing}::text[])`,
    "この行は、もう検査されています。",
  );
  return differing;
}
