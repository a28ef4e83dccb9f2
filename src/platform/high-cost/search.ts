import { and, asc, desc, eq, sql } from "drizzle-orm";
import { searchLine, searchRun } from "#db/schema/high-cost.ts";
import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import {
  askingAllUnset,
  foundInPortion,
  lowestLimit,
  type PaidBill,
} from "#workflows/high-cost/found.ts";
import { mandateRule } from "#workflows/medical/city-parameters.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";
import type { Actor } from "../access/actor.ts";
import { enqueue, type JobHandler } from "../jobs/index.ts";
import { cityParameterRows } from "../parameters/index.ts";
import type { Platform } from "../platform.ts";
import { EntryProblem, notFound } from "../problem.ts";
import { receiptKind } from "../receipts/index.ts";
import { ofThisProgram, refuseInWords } from "../refusals.ts";
import { runWork, type Work, type WorkOptions } from "../work.ts";

export type SearchRun = typeof searchRun.$inferSelect;
export type SearchLine = typeof searchLine.$inferSelect;

/** Number of a search as it is shown. */
export const searchNumber = ({ serial }: { serial: number }): string =>
  `T${String(serial).padStart(6, "0")}`;

export const searchStateTitles = {
  searching: "抽出中",
  found: "確認待ち",
  applied: "反映済み",
  cancelled: "取消",
} as const satisfies Record<SearchRun["state"], string>;

/** What is different from what stood before. */
export const changeTitles = {
  new: "新しい該当",
  changed: "変わったもの",
  gone: "該当しなくなったもの",
  late: "請求した後に変わったもの",
  same: "変わらないもの",
} as const satisfies Record<SearchLine["change"], string>;
export type SearchChange = SearchLine["change"];

/** Households that are calculated in one transaction; the unit of resumption. */
const HOUSEHOLDS_AT_ONCE = 200;

/**
 * Begins the search of a month of treatment; it goes on in the background.
 *
 * @throws EntryProblem of `month`; Problem 409 where one is under way
 */
export async function beginSearch(work: Work, program: string, month: IsoMonth): Promise<string> {
  const id = await openSearch(work, program, month);
  await continueSearch(work, id);
  return id;
}

/** The same, without asking for the work in the background. */
export async function openSearch(work: Work, program: string, month: IsoMonth): Promise<string> {
  limitOrProblem(month, work);
  return begin(work, program, month, null);
}

function limitOrProblem(month: IsoMonth, work: Work): number {
  if (month >= work.platform.clock.today().slice(0, 7))
    throw new EntryProblem("month", "診療月は、先月までの月にしてください。");
  try {
    return lowestLimit(month);
  } catch (error) {
    if (!(error instanceof MissingParameterError)) throw error;
    throw new EntryProblem("month", "この月の高額療養費の限度額が登録されていません。");
  }
}

async function begin(work: Work, program: string, month: IsoMonth, person: string | null) {
  const [row] = await refuseInWords(
    work.sql<
      { id: string }[]
    >`select high_cost.begin_search(${program}, ${month}, ${person}) as id`,
    "この月の抽出は、既に始まっています。結果を反映するか取り消してから、もう一度行ってください。",
  );
  if (!row) throw new Error("a search has an id");
  return row.id;
}

/** Asks for the rest of a search that stopped. */
export async function continueSearch(work: Work, id: string): Promise<void> {
  const run = await getSearch(work, id);
  await enqueue(
    { ...work, program: run.program },
    {
      queue: "high-cost.search",
      subjectId: id,
      reason: `高額療養費の抽出 ${searchNumber(run)}`,
    },
  );
}

/** The search in the background. */
export const highCostJobs: readonly JobHandler[] = [
  {
    queue: "high-cost.search",
    purpose: "scheduled",
    run: ({ platform, actor, subjectId, options, signal }) =>
      search(platform, actor, subjectId, { options, signal }),
    givenUp: ({ platform, actor, options, subjectId }, message) =>
      runWork(platform, actor, options, async (work) => {
        await work.sql`select high_cost.note_problem(${subjectId}, ${message})`;
      }),
  },
];

/** Looks through a month, some households a transaction. Called again after a stop it goes on where it was. */
export async function search(
  platform: Platform,
  actor: Actor,
  id: string,
  { options, signal }: { options: WorkOptions; signal?: AbortSignal },
): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    const more = await runWork(platform, actor, options, (work) => searchOn(work, id));
    if (!more) return;
  }
}

/**
 * The month of one person again, and at once, after something became known of them: everybody who lives with them or is insured with
 * them is looked at.
 *
 * @returns how many lines were taken over
 */
export async function searchPerson(
  work: Work,
  program: string,
  month: IsoMonth,
  person: string,
): Promise<number> {
  const id = await begin(work, program, month, person);
  while (await searchOn(work, id));
  const { revision } = await getSearch(work, id);
  return apply(work, id, revision);
}

/** Some households more; false when all were looked at. */
async function searchOn(work: Work, id: string): Promise<boolean> {
  const run = await getSearch(work, id);
  if (run.state !== "searching") return false;
  const month = run.treatmentMonth as IsoMonth;
  const rows = await work.sql<BillRow[]>`
    select * from high_cost.next_bills(${id}, ${lowestLimit(month)}, ${HOUSEHOLDS_AT_ONCE})`;
  const last = rows.at(-1);
  if (!last) {
    await work.sql`select high_cost.finish_search(${id})`;
    return false;
  }
  const plan = (await receiptKind(run.program).settled(work, `${month}-01`)).copay;
  const rule = askingAllUnset(await cityParameterRows(work, mandateRule));
  const portions = [...Map.groupBy(rows, ({ portion }) => portion).values()];
  const lines = portions.flatMap((some) => foundInPortion(month, some.map(billOf), plan, rule));
  await work.sql`select high_cost.keep_found(${id}, ${last.portion}, ${portions.length}, ${JSON.stringify(lines)}::text::jsonb)`;
  return true;
}

interface BillRow {
  portion: string;
  household: string;
  person_number: string;
  insurer_number: string;
  insured_known: boolean;
  category: PaidBill["category"];
  multiple: boolean;
  benefit_id: string;
  institution: string;
  care: PaidBill["care"];
  days: number | null;
  total_cost: string;
  insured: string;
  high_cost: string;
  subsidy: string;
  other_funds: boolean;
  receipt_category: PaidBill["receiptCategory"];
  receipt_multiple: boolean;
  months_before: number;
  refunds: number;
}

const billOf = (row: BillRow): PaidBill => ({
  benefitId: Number(row.benefit_id),
  household: row.household,
  insuredKnown: row.insured_known,
  personNumber: row.person_number,
  insurerNumber: row.insurer_number,
  category: row.category,
  multiple: row.multiple,
  receiptCategory: row.receipt_category,
  receiptMultiple: row.receipt_multiple,
  monthsBefore: row.months_before,
  refunds: row.refunds,
  institution: row.institution,
  care: row.care,
  days: row.days,
  totalCost: Number(row.total_cost),
  insured: Number(row.insured),
  highCost: Number(row.high_cost),
  subsidy: Number(row.subsidy),
  otherFunds: row.other_funds,
});

/** @throws Problem 404 */
async function getSearch(work: Work, id: string): Promise<SearchRun> {
  const [found] = await work.tx.select().from(searchRun).where(eq(searchRun.id, id));
  const run = ofThisProgram(work, found);
  if (!run) throw notFound("この抽出は見つかりません。");
  return run;
}

const again = "抽出した後に、請求かレセプトが変わりました。抽出をもう一度行ってください。";
async function apply(work: Work, id: string, seen: number): Promise<number> {
  const [row] = await refuseInWords(
    work.sql<{ many: number }[]>`select high_cost.apply_search(${id}, ${seen}) as many`,
    again,
  );
  return row?.many ?? 0;
}

/** Takes over what a search found, as the page showed it. @returns how many lines @throws Problem 404, 409 */
export async function applySearch(work: Work, id: string, seen: number): Promise<number> {
  await getSearch(work, id);
  return apply(work, id, seen);
}

/** @throws Problem 404, 409 */
export async function cancelSearch(work: Work, id: string, seen: number): Promise<void> {
  await getSearch(work, id);
  await refuseInWords(
    work.sql`select high_cost.cancel_search(${id}, ${seen})`,
    "この抽出は、ほかの職員が先に進めました。",
  );
}

/** Searches of whole months of a 事務, the newest first. */
export async function listSearches(
  work: Work,
  program: string,
  { page, size }: { page: number; size: number },
) {
  const own = and(eq(searchRun.program, program), sql`${searchRun.onlyPerson} is null`);
  const rows = await work.tx
    .select()
    .from(searchRun)
    .where(own)
    .orderBy(desc(searchRun.serial))
    .limit(size)
    .offset((page - 1) * size);
  return { total: await work.tx.$count(searchRun, own), rows };
}

/** A search with a page of its lines of one kind, and how many of each kind there are. @throws Problem 404 */
export async function readSearch(
  work: Work,
  id: string,
  { change, page, size }: { change?: SearchChange | undefined; page: number; size: number },
) {
  const run = await getSearch(work, id);
  const figures = await work.tx
    .select({
      change: searchLine.change,
      count: sql<number>`count(*)::integer`,
      ofCity: sql<string>`sum(${searchLine.ofCity})`,
      before: sql<string>`sum(coalesce(${searchLine.ofCityBefore}, 0))`,
    })
    .from(searchLine)
    .where(eq(searchLine.runId, id))
    .groupBy(searchLine.change);
  const kinds = Object.keys(changeTitles) as SearchChange[];
  const shown = change ?? kinds.find((one) => figures.some((row) => row.change === one)) ?? "new";
  const rows = await work.tx
    .select()
    .from(searchLine)
    .where(and(eq(searchLine.runId, id), eq(searchLine.change, shown)))
    .orderBy(asc(searchLine.number))
    .limit(size)
    .offset((page - 1) * size);
  return {
    run,
    shown,
    rows,
    figures: kinds.map((one) => {
      const row = figures.find((each) => each.change === one);
      return {
        change: one,
        count: row?.count ?? 0,
        ofCity: Number(row?.ofCity ?? 0),
        before: Number(row?.before ?? 0),
      };
    }),
  };
}
