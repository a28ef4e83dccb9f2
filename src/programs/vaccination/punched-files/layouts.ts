import { and, asc, desc, eq, isNull, lte, ne } from "drizzle-orm";
import { punchedLayout } from "#db/schema/punched.ts";
import { type Layout, parseLayout } from "#src/platform/feeds/layout.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { EntryProblem, notFound, Problem } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { findVaccine } from "#workflows/vaccination/schedule.ts";
import { punchedItems } from "./items.ts";
import own from "./layout.json" with { type: "json" };

export type LayoutRow = typeof punchedLayout.$inferSelect;

/** How a contractor's files are laid out: the column map of docs/punched-files.md. */
export interface PunchedLayout {
  /** Of the setting; none for our own layout. */
  settingId: number | null;
  layout: Layout;
  /** Whether a line of ours stands before the headings: contractor, order, count, checksum. */
  header: boolean;
  /** Codes of the contractor for 予防接種, alone or with the 期 (`MR/2`), and our ids. */
  vaccines: Readonly<Record<string, string>>;
}

const kind = { id: "punched", items: punchedItems };
const ownLayout: PunchedLayout = {
  settingId: null,
  layout: parseLayout(own, kind),
  header: true,
  vaccines: {},
};

/** What a setting holds. */
export interface LayoutMap {
  header: boolean;
  vaccines: Readonly<Record<string, string>>;
  layout: unknown;
}

function readMap(map: LayoutMap): Omit<PunchedLayout, "settingId"> {
  return { layout: parseLayout(map.layout, kind), header: map.header, vaccines: map.vaccines };
}

/** The layout of a contractor that counts on a day: the approved setting, or our own. */
export async function layoutOn(
  work: Work,
  contractorId: number,
  day: IsoDate,
): Promise<PunchedLayout> {
  const [row] = await work.tx
    .select()
    .from(punchedLayout)
    .where(
      and(
        eq(punchedLayout.contractorId, contractorId),
        eq(punchedLayout.decision, "approved"),
        lte(punchedLayout.validFrom, day),
      ),
    )
    .orderBy(desc(punchedLayout.validFrom))
    .limit(1);
  return row ? layoutOfRow(row) : ownLayout;
}

/** The layout by which a file was read. @throws Problem 404 */
export async function layoutOfFile(work: Work, settingId: number | null): Promise<PunchedLayout> {
  if (settingId === null) return ownLayout;
  const [row] = await work.tx.select().from(punchedLayout).where(eq(punchedLayout.id, settingId));
  if (!row) throw notFound("この並びの対応表が見つかりません。");
  return layoutOfRow(row);
}

const layoutOfRow = (row: LayoutRow): PunchedLayout => ({
  settingId: row.id,
  ...readMap(row.map as unknown as LayoutMap),
});

/** What was said of a column in the form of a setting. */
export interface ColumnEntry {
  heading: string;
  item: string;
}

/**
 * Asks for a layout of a contractor from a day on.
 *
 * @throws EntryProblem where the map cannot be used; Problem 403, 409
 */
export async function askLayout(
  work: Work,
  given: {
    contractorId: number;
    validFrom: IsoDate;
    header: boolean;
    headings: boolean;
    delimiter: string;
    encoding: Layout["encoding"];
    dates: Layout["dates"];
    columns: readonly ColumnEntry[];
    /** Lines such as `区分 1=given`. */
    codes: Readonly<Record<string, Readonly<Record<string, string>>>>;
    vaccines: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const unknown = Object.values(given.vaccines).find((id) => !findVaccine(id));
  if (unknown !== undefined)
    throw new EntryProblem(
      "vaccines",
      `「${unknown}」という予防接種はありません。一覧のコードを書いてください。`,
    );
  const layout = {
    id: `contractor-${given.contractorId}`,
    title: "委託先の並び",
    kind: "punched",
    encoding: given.encoding,
    delimiter: given.delimiter,
    headings: given.headings,
    dates: given.dates,
    fileName: ".",
    columns: given.columns.map(({ heading, item }) => ({
      heading,
      item,
      ...(given.codes[item] && { codes: given.codes[item] }),
    })),
  };
  const map: LayoutMap = { header: given.header, vaccines: given.vaccines, layout };
  try {
    readMap(map);
  } catch {
    throw new EntryProblem(
      "columns",
      "区分と接種日の列は必ず要ります。同じ見出しは一度だけ書き、コードの意味は一覧の語で書いてください。",
    );
  }
  await refuseInWords(
    work.sql`select punched.ask_layout(${given.contractorId}, ${given.validFrom}, ${JSON.stringify(map)}::text::jsonb)`,
    "この委託先には、同じ日からの並びがもうあります。",
  );
}

/** Approves or refuses a layout. @throws Problem 403 for whoever asked, 409 */
export async function decideLayout(
  work: Work,
  id: number,
  word: "approved" | "refused",
): Promise<void> {
  const [row] = await work.tx.select().from(punchedLayout).where(eq(punchedLayout.id, id));
  if (!row) throw notFound("この並びの対応表が見つかりません。");
  if (row.askedBy === work.actor.staffId)
    throw new Problem({
      status: 403,
      message: "申請した本人は承認できません。別の職員が承認してください。",
    });
  await refuseInWords(
    work.sql`select punched.decide_layout(${id}, ${word})`,
    "この並びは、もう決裁されています。",
  );
}

/** Settings of all contractors, the newest first. */
export const listLayouts = (work: Work): Promise<LayoutRow[]> =>
  work.tx
    .select()
    .from(punchedLayout)
    .orderBy(asc(punchedLayout.contractorId), desc(punchedLayout.validFrom), desc(punchedLayout.id))
    .limit(100);

/** Layouts that wait for another person. */
const byOthers = (work: Work) =>
  and(isNull(punchedLayout.decision), ne(punchedLayout.askedBy, work.actor.staffId));

export async function layoutFigures(work: Work): Promise<Figures> {
  const rows = await work.tx
    .select({ askedAt: punchedLayout.askedAt })
    .from(punchedLayout)
    .where(byOthers(work))
    .orderBy(asc(punchedLayout.askedAt));
  return { count: rows.length, since: rows[0]?.askedAt ?? null };
}

export const waitingLayouts = (work: Work, { from, size }: Lines): Promise<LayoutRow[]> =>
  work.tx
    .select()
    .from(punchedLayout)
    .where(byOthers(work))
    .orderBy(asc(punchedLayout.askedAt))
    .limit(size)
    .offset(from);
