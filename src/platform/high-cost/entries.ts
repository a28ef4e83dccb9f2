import { and, asc, desc, eq, inArray, lte, sql } from "drizzle-orm";
import { claim, claimLine, entry, entryEvent, insurance } from "#db/schema/high-cost.ts";
import { benefit, institution } from "#db/schema/receipts.ts";
import { repayment } from "#db/schema/repayments.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import {
  type HighCostEntryContext,
  type HighCostEntryEvent,
  type HighCostEntryState,
  highCostEntryV1,
} from "#workflows/high-cost/entry-machine.ts";
import { actionsAt, stateAfter } from "../flow.ts";
import { EntryProblem, notFound } from "../problem.ts";
import { ofThisProgram, refuseInWords } from "../refusals.ts";
import { putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";

/** 高額療養費の該当, as it stands. Amounts in yen. */
export type HighCostEntry = Omit<typeof entry.$inferSelect, "state"> & {
  state: HighCostEntryState;
};

/** Number as it is shown: `K0000012`. */
export const entryNumber = ({ serial }: { serial: number }): string =>
  `K${String(serial).padStart(7, "0")}`;

export const entryStateMeta = (state: HighCostEntryState) => stateMeta(highCostEntryV1, state);

/** Why something is not claimed. */
export const dropReasonTitles = {
  small: "請求の手間に見合わない額",
  lapsed: "時効",
  refused: "保険者が支給しない",
  "no-mandate": "委任状が得られない",
  "returned-by-person": "本人から返還済",
  mistake: "該当の誤り",
} as const satisfies Record<NonNullable<HighCostEntry["dropReason"]>, string>;

/** By what a list is narrowed. */
export interface EntryFilter {
  states?: readonly HighCostEntryState[] | undefined;
  insurer?: string | undefined;
  /** 診療月, YYYY-MM. */
  month?: string | undefined;
  /** Lapses on this day or before. */
  lapsesBy?: IsoDate | undefined;
}

const chosen = (program: string, filter: EntryFilter) =>
  and(
    eq(entry.program, program),
    filter.states ? inArray(entry.state, [...filter.states]) : undefined,
    filter.insurer === undefined ? undefined : eq(entry.insurerNumber, filter.insurer),
    filter.month === undefined ? undefined : eq(entry.treatmentMonth, filter.month),
    filter.lapsesBy === undefined ? undefined : lte(entry.lapsesOn, filter.lapsesBy),
  );

/** A page of the entries of a 事務: the month that lapses first, then by number. With count and sum of all of them. */
export async function listEntries(
  work: Work,
  program: string,
  filter: EntryFilter,
  { from, size }: { from: number; size: number },
) {
  const which = chosen(program, filter);
  const rows = await work.tx
    .select()
    .from(entry)
    .where(which)
    .orderBy(asc(entry.treatmentMonth), asc(entry.serial))
    .limit(size)
    .offset(from);
  const [all] = await work.tx
    .select({
      count: sql<number>`count(*)::integer`,
      ofCity: sql<string>`coalesce(sum(${entry.ofCity}), 0)`,
      granted: sql<string>`coalesce(sum(${entry.granted}), 0)`,
    })
    .from(entry)
    .where(which);
  return {
    rows: rows as HighCostEntry[],
    total: all?.count ?? 0,
    ofCity: Number(all?.ofCity ?? 0),
    granted: Number(all?.granted ?? 0),
  };
}

/** How many entries stand in each state, with what the city may claim by them and what was granted. */
export async function entryFigures(work: Work, program: string) {
  const rows = await work.tx
    .select({
      state: entry.state,
      count: sql<number>`count(*)::integer`,
      ofCity: sql<string>`sum(${entry.ofCity})`,
      granted: sql<string>`sum(${entry.granted})`,
    })
    .from(entry)
    .where(eq(entry.program, program))
    .groupBy(entry.state);
  return rows.map((row) => ({
    state: row.state as HighCostEntryState,
    count: row.count,
    ofCity: Number(row.ofCity),
    granted: Number(row.granted),
  }));
}

/** Entries of a person, the newest month first. */
export async function entriesOfPerson(work: Work, program: string, personNumber: string) {
  const rows = await work.tx
    .select()
    .from(entry)
    .where(and(eq(entry.program, program), sql`${entry.persons} @> array[${personNumber}]::text[]`))
    .orderBy(desc(entry.treatmentMonth), desc(entry.serial))
    .limit(24);
  return rows as HighCostEntry[];
}

/** An entry with its receipts, its claims and its history. @throws Problem 404 */
export async function readEntry(work: Work, id: string) {
  const [found] = await work.tx.select().from(entry).where(eq(entry.id, id));
  const row = ofThisProgram(work, found);
  if (!row) throw notFound("この高額療養費は見つかりません。");
  const bills = await work.tx
    .select({ benefit, institutionName: institution.name })
    .from(benefit)
    .innerJoin(institution, eq(institution.code, benefit.institution))
    .where(inArray(benefit.id, row.benefitIds))
    .orderBy(asc(benefit.id));
  const claims = await work.tx
    .select({ claim, line: claimLine })
    .from(claimLine)
    .innerJoin(claim, eq(claim.id, claimLine.claimId))
    .where(eq(claimLine.entryId, id))
    .orderBy(asc(claim.serial));
  return {
    entry: row as HighCostEntry,
    bills,
    claims,
    steps: await work.tx
      .select()
      .from(entryEvent)
      .where(eq(entryEvent.entryId, id))
      .orderBy(asc(entryEvent.revision)),
  };
}

async function standing(work: Work, row: HighCostEntry) {
  const [mandated] = await work.sql<{ mandated: boolean }[]>`
    select exists (select from high_cost.mandate m
      where m.program = ${row.program} and m.person_number = any(${[...row.persons, row.household]}::text[]) and m.insurer_number = ${row.insurerNumber}
        and m.state = 'received' and m.from_month <= ${row.treatmentMonth} and (m.to_month is null or m.to_month >= ${row.treatmentMonth})) as mandated`;
  const [last] = await work.tx
    .select({ event: entryEvent.event, revision: entryEvent.revision, state: claim.state })
    .from(entryEvent)
    .leftJoin(claim, eq(claim.id, entryEvent.claimId))
    .where(eq(entryEvent.entryId, row.id))
    .orderBy(desc(entryEvent.revision))
    .limit(1);
  const [repaid] = row.repaymentId
    ? await work.tx
        .select({ state: repayment.state })
        .from(repayment)
        .where(eq(repayment.id, row.repaymentId))
    : [];
  const [told] = await work.tx
    .select({ id: insurance.id })
    .from(insurance)
    .where(
      and(
        eq(insurance.program, row.program),
        inArray(insurance.personNumber, row.persons),
        eq(insurance.insurerNumber, row.insurerNumber),
        eq(insurance.enteredBy, work.actor.staffId),
      ),
    )
    .limit(1);
  const answers: readonly string[] = ["payFull", "payDiffering", "refuse", "payPerson", "sendBack"];
  return {
    definition: highCostEntryV1,
    state: row.state,
    context: {
      actingStaffId: work.actor.staffId,
      known: row.missing.length === 0,
      mandated: !row.needsMandate || mandated?.mandated === true,
      dropAskedBy: row.dropAskedBy,
      answeredBy: row.answeredBy,
      foundByActor: told !== undefined || row.foundBy.includes(work.actor.staffId),
      moreFound: row.lateOfCity !== null && row.lateOfCity > row.granted,
      restUnpaid: row.payableId === null && Math.min(row.ofPerson, row.granted - row.ofCity) > 0,
      answerFresh:
        last !== undefined &&
        last.revision === row.revision &&
        answers.includes(last.event) &&
        last.state === "sent",
      repaymentRefused: repaid?.state === "refused",
    } satisfies HighCostEntryContext,
  };
}

/** Buttons of an entry. */
export const entryActions = async (work: Work, row: HighCostEntry) =>
  actionsAt(work.actor, await standing(work, row), {
    program: row.program,
    reach: { office: row.officeCode },
  });

const moved = "この高額療養費は、ほかの職員が先に進めました。";

/** A step of an entry. `reason` of `askDrop`. @throws EntryProblem of `reason`; Problem 403, 404, 409 */
export async function moveEntry(
  work: Work,
  step: { id: string; seen: number; type: HighCostEntryEvent; reason?: string | undefined },
): Promise<void> {
  const { id, seen, type, reason } = step;
  const { entry: row } = await readEntry(work, id);
  const target = stateAfter(await standing(work, row), type);
  const why = type === "askDrop" ? reason : undefined;
  if (type === "askDrop" && !(why !== undefined && Object.hasOwn(dropReasonTitles, why)))
    throw new EntryProblem("reason", "理由を選んでください。");
  await refuseInWords(
    work.sql`select high_cost.move_entry(${id}, ${seen}, ${type}, ${target}, ${why ?? null})`,
    moved,
  );
}

/**
 * Proposes that what the insurer paid the person is paid back to the city; decided as any 返還金.
 *
 * @returns the id of the repayment
 * @throws EntryProblem of `amount`, `dueOn`, `comment`; Problem 403, 404, 409
 */
export async function askBack(
  work: Work,
  given: {
    id: string;
    seen: number;
    personNumber: string;
    amount: number;
    dueOn: IsoDate;
    comment: string;
  },
): Promise<string> {
  const { entry: row } = await readEntry(work, given.id);
  stateAfter(await standing(work, row), "askBack");
  const { personNumber, amount, dueOn, comment } = given;
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > row.ofCity - row.granted)
    throw new EntryProblem(
      "amount",
      "返還を求める額は、1円以上で、市が請求できる額までにしてください。",
    );
  if (dueOn <= work.platform.clock.today())
    throw new EntryProblem("dueOn", "納期限は、明日以降にしてください。");
  if (comment.trim() === "") throw new EntryProblem("comment-askBack", "理由を入力してください。");
  const sealed = await putSealed(work, {
    holder: personNumber,
    program: row.program,
    kind: "payment-comment",
    data: comment.trim(),
  });
  const [made] = await refuseInWords(
    work.sql<{ id: string }[]>`
      select high_cost.ask_back(${given.id}, ${given.seen}, ${personNumber}, ${amount}, ${dueOn}, ${sealed}) as id`,
    moved,
  );
  if (!made) throw new Error("a repayment has an id");
  return made.id;
}
