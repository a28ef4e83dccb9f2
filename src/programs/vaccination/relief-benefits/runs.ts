import { asc, desc, eq, sql } from "drizzle-orm";
import {
  pension,
  pensionLine,
  pensionMonth,
  pensionRate,
  pensionRun,
  pensionTerm,
} from "#db/schema/relief-pensions.ts";
import { actionsAt, type FlowAction, stateAfter } from "#src/platform/flow.ts";
import { proposeRepayment } from "#src/platform/payments/index.ts";
import { conflict, EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import { addMonths, type IsoDate, monthStart } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";
import { yearlyPension } from "#workflows/vaccination/relief/amounts.ts";
import {
  amountsOfClass,
  gradesOf,
  type PensionBenefit,
  type ReliefClass,
} from "#workflows/vaccination/relief/benefits.ts";
import { isPaymentMonth, monthBefore } from "#workflows/vaccination/relief/pension.ts";
import {
  type PensionRunContext,
  type PensionRunEventType,
  type PensionRunState,
  reliefPensionRunV1,
} from "#workflows/vaccination/relief/pension-run-machine.ts";
import { amountsOfCity } from "./parameters.ts";

export type PensionRunRow = Omit<typeof pensionRun.$inferSelect, "state"> & {
  state: PensionRunState;
};
export const runStateMeta = (state: PensionRunState) => stateMeta(reliefPensionRunV1, state);

/** Why a line of a run is not paid. */
export const heldTitles = {
  overpaid: "過払い（返還を求めるか、以後の支払から差し引く）",
  "amount-missing": "額の登録がない月がある",
  "no-account": "確認済みの口座がない",
  stopped: "差止め中",
  "payee-died": "受給者が死亡し、未支給の請求がない",
} as const;

/** A yearly amount for some months, as a run reckons with it. */
interface Rate {
  class: "A" | "B" | "city";
  benefit: PensionBenefit;
  grade: number;
  from_month: IsoDate;
  to_month: IsoDate;
  yearly: number;
  care: number;
  basis: string;
}

/**
 * The yearly amounts of the law and of the city for all pensions there are, from their first month to a last one; months of one
 * amount stand together. Months whose amount is not known have none.
 */
async function ratesUpTo(work: Work, upTo: IsoDate): Promise<Rate[]> {
  const city = await amountsOfCity(work);
  const kinds = await work.tx
    .select({
      class: pension.class,
      benefit: pension.benefit,
      from: sql<IsoDate>`min(${pension.fromMonth})::text`,
    })
    .from(pension)
    .groupBy(pension.class, pension.benefit);
  const rates = new Map<string, Rate>();
  for (const kind of kinds)
    for (let grade = 1; grade <= gradesOf(kind.class, kind.benefit); grade += 1) {
      let last: Rate | undefined;
      for (let month = kind.from; month <= upTo; month = monthStart(addMonths(month, 1))) {
        const one = rateIn({ ...kind, grade }, month, city);
        if (!one) {
          last = undefined;
          continue;
        }
        if (
          last &&
          last.yearly === one.yearly &&
          last.care === one.care &&
          last.basis === one.basis
        )
          last.to_month = month;
        else {
          last = one;
          rates.set(`${one.class} ${one.benefit} ${grade} ${month}`, one);
        }
      }
    }
  return [...rates.values()];
}

function rateIn(
  of: { class: ReliefClass; benefit: PensionBenefit; grade: number },
  month: IsoDate,
  city: Awaited<ReturnType<typeof amountsOfCity>>,
): Rate | undefined {
  const reckon = (homeCare: boolean) => {
    try {
      return yearlyPension({ ...of, homeCare, otherBenefits: 0 }, month, city);
    } catch (error) {
      if (error instanceof MissingParameterError) return undefined;
      throw error;
    }
  };
  const plain = reckon(false);
  if (!plain) return undefined;
  return {
    class: amountsOfClass(of.class),
    benefit: of.benefit,
    grade: of.grade,
    from_month: month,
    to_month: month,
    yearly: plain.amount,
    care: (reckon(true)?.amount ?? plain.amount) - plain.amount,
    basis: plain.basis.at(-1) ?? "",
  };
}

/**
 * Prepares the payment of a month: of each pension what is due up to the month before, less what was paid of it.
 *
 * @throws EntryProblem of `payMonth`; Problem 409 where one waits already
 */
export async function preparePensionRun(work: Work, payMonth: IsoDate): Promise<string> {
  if (!isPaymentMonth(payMonth))
    throw new EntryProblem("payMonth", "年金の支払月は、1月、4月、7月、10月です。");
  if (payMonth > addMonths(work.platform.clock.today(), 2))
    throw new EntryProblem("payMonth", "2か月より先の支払月は、まだ準備できません。");
  const month = monthStart(payMonth);
  const rates = await ratesUpTo(work, monthBefore(month));
  const [row] = await refuseInWords(
    work.sql<{ id: string }[]>`
      select relief_benefits.prepare_run(${month}, ${JSON.stringify(rates)}::text::jsonb) as id`,
    "承認を待つ年金の支払があります。承認か取消しの後に準備してください。",
  );
  if (!row) throw new Error("a run has an id");
  return row.id;
}

/** The one that waits to be approved, where there is one. */
export const runsWaiting = async (work: Work): Promise<PensionRunRow[]> =>
  (await work.tx
    .select()
    .from(pensionRun)
    .where(eq(pensionRun.state, "prepared"))) as PensionRunRow[];

/** Runs, the newest first, a page of them, with their counts and sums. */
export async function listPensionRuns(work: Work, { from, size }: { from: number; size: number }) {
  const rows = await work.tx
    .select()
    .from(pensionRun)
    .orderBy(desc(pensionRun.serial))
    .limit(size)
    .offset(from);
  const sums = await sumsOf(
    work,
    rows.map(({ id }) => id),
  );
  return {
    total: await work.tx.$count(pensionRun),
    rows: rows.map((row) => ({
      ...(row as PensionRunRow),
      ...(sums.get(row.id) ?? { payable: 0, held: 0, amount: 0 }),
    })),
  };
}

async function sumsOf(work: Work, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>();
  const rows = await work.sql<{ id: string; payable: string; held: string; amount: string }[]>`
    select run_id as id, count(*) filter (where held is null) as payable, count(*) filter (where held is not null) as held,
           coalesce(sum(amount) filter (where held is null), 0) as amount
      from relief_benefits.pension_line where run_id = any(${[...ids]}::uuid[]) group by 1`;
  return new Map(
    rows.map(({ id, payable, held, amount }) => [
      id,
      { payable: Number(payable), held: Number(held), amount: Number(amount) },
    ]),
  );
}

/** A run with its yearly amounts. @throws Problem 404 */
export async function readPensionRun(work: Work, id: string) {
  const [row] = await work.tx.select().from(pensionRun).where(eq(pensionRun.id, id));
  if (!row) throw notFound("年金の支払が見つかりません。");
  return {
    run: row as PensionRunRow,
    sums: (await sumsOf(work, [id])).get(id) ?? { payable: 0, held: 0, amount: 0 },
    rates: await work.tx
      .select()
      .from(pensionRate)
      .where(eq(pensionRate.runId, id))
      .orderBy(
        asc(pensionRate.class),
        asc(pensionRate.benefit),
        asc(pensionRate.grade),
        asc(pensionRate.fromMonth),
      ),
  };
}

/** Lines of a run: what is not paid first, then by number; a page of them. */
export async function linesOfPensionRun(
  work: Work,
  runId: string,
  { from, size }: { from: number; size: number },
) {
  const rows = await work.tx
    .select({
      line: pensionLine,
      pension,
      from: sql<IsoDate | null>`(select min(m.month)::text from ${pensionMonth} m where m.line_id = ${pensionLine.id})`,
      to: sql<IsoDate | null>`(select max(m.month)::text from ${pensionMonth} m where m.line_id = ${pensionLine.id})`,
      grade: sql<number>`(select t.grade from ${pensionTerm} t where t.pension_id = ${pension.id} and t.decision = 'approved' order by t.from_month desc, t.id desc limit 1)`,
    })
    .from(pensionLine)
    .innerJoin(pension, eq(pension.id, pensionLine.pensionId))
    .where(eq(pensionLine.runId, runId))
    .orderBy(sql`${pensionLine.held} is null`, asc(pension.serial))
    .limit(size)
    .offset(from);
  return { total: await work.tx.$count(pensionLine, eq(pensionLine.runId, runId)), rows };
}

async function standing(work: Work, row: PensionRunRow) {
  const { sums } = await readPensionRun(work, row.id);
  const [facts] = await work.sql<{ unmoved: boolean }[]>`
    select relief_benefits.is_unmoved(${row.id}) as unmoved`;
  return {
    definition: reliefPensionRunV1,
    state: row.state,
    context: {
      actingStaffId: work.actor.staffId,
      preparedBy: row.preparedBy,
      payable: sums.payable,
      unmoved: facts?.unmoved ?? false,
    } satisfies PensionRunContext,
  };
}

export const pensionRunActions = async (work: Work, row: PensionRunRow): Promise<FlowAction[]> =>
  actionsAt(work.actor, await standing(work, row), { program: "vaccination", reach: "whole city" });

/** Approves or cancels a run. @returns yen that became payable; @throws Problem 403, 404, 409 */
export async function movePensionRun(
  work: Work,
  { id, seen, type }: { id: string; seen: number; type: PensionRunEventType },
): Promise<number> {
  const { run } = await readPensionRun(work, id);
  const target = stateAfter(await standing(work, run), type);
  const [row] = await refuseInWords(
    work.sql<{ total: string }[]>`
      select relief_benefits.move_run(${id}, ${seen}, ${type}, ${target}) as total`,
    "この支払は、ほかの職員が先に進めました。",
  );
  return Number(row?.total ?? 0);
}

/**
 * Proposes that what was paid too much is paid back; until that is refused it counts as settled, and no later payment is shortened by it.
 *
 * @throws EntryProblem of `dueOn` or `comment`; Problem 409 where it is not the newest reckoning any more
 */
export async function askOverpaidBack(
  work: Work,
  { lineId, dueOn, comment }: { lineId: string; dueOn: IsoDate; comment: string },
): Promise<string> {
  const [row] = await work.tx
    .select({ line: pensionLine, caseId: pension.caseId })
    .from(pensionLine)
    .innerJoin(pension, eq(pension.id, pensionLine.pensionId))
    .where(eq(pensionLine.id, lineId));
  if (!row) throw notFound("年金の支払の行が見つかりません。");
  if (row.line.held !== "overpaid" || row.line.amount >= 0)
    throw conflict("この行に、過払いはありません。");
  return proposeRepayment(work, {
    program: "vaccination",
    sourceKind: "relief-overpaid",
    sourceId: lineId,
    personNumber: row.line.payeeNumber,
    cause: "overpaid",
    amount: -row.line.amount,
    dueOn,
    comment,
  });
}
