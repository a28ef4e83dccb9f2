import { and, asc, count, desc, eq, lte, min, sql } from "drizzle-orm";
import { mandate } from "#db/schema/high-cost.ts";
import { addDays, type IsoDate, type IsoMonth } from "#workflows/dates/iso-date.ts";
import type { Figures, Lines } from "../lines.ts";
import { EntryProblem, notFound } from "../problem.ts";
import { ofThisProgram, refuseInWords } from "../refusals.ts";
import type { Work } from "../work.ts";

export type MandateRow = typeof mandate.$inferSelect;

export const mandateStateTitles = {
  asked: "返送待ち",
  received: "受領済",
  revoked: "撤回",
  cancelled: "依頼の取消",
} as const satisfies Record<MandateRow["state"], string>;

/** After how many days a 委任状 that has not come back is asked for again: ours, nobody has settled it. */
export const ASKED_AGAIN_AFTER = 30;

/** 委任状 of a person for a 事務, the newest first. */
export const mandatesOf = (
  work: Work,
  program: string,
  personNumber: string,
): Promise<MandateRow[]> =>
  work.tx
    .select()
    .from(mandate)
    .where(and(eq(mandate.program, program), eq(mandate.personNumber, personNumber)))
    .orderBy(desc(mandate.serial));

/**
 * Records that a 委任状 was asked for on a day, for an insurer, from a month of treatment on: until it is revoked, or for that month alone.
 *
 * @returns its id
 * @throws EntryProblem of `askedOn`; Problem 409 where one is asked for or there already
 */
export async function askMandate(
  work: Work,
  given: {
    program: string;
    personNumber: string;
    insurer: string;
    fromMonth: IsoMonth;
    standing: boolean;
    askedOn: IsoDate;
  },
): Promise<string> {
  if (given.askedOn > work.platform.clock.today())
    throw new EntryProblem("askedOn", "依頼した日は、今日までの日にしてください。");
  const [row] = await refuseInWords(
    work.sql<{ id: string }[]>`
      select high_cost.ask_mandate(${given.program}, ${given.personNumber}, ${given.insurer}, ${given.fromMonth},
        ${given.standing ? null : given.fromMonth}, ${given.askedOn}) as id`,
    "この保険者への委任状は、既に依頼しているか、受け取っています。",
  );
  if (!row) throw new Error("a mandate has an id");
  return row.id;
}

/** Received, revoked, or not asked for any more, on a day. @throws EntryProblem of `on`; Problem 404, 409 */
export async function moveMandate(
  work: Work,
  step: { id: string; seen: number; to: "received" | "revoked" | "cancelled"; on: IsoDate },
): Promise<MandateRow> {
  const [found] = await work.tx.select().from(mandate).where(eq(mandate.id, step.id));
  const row = ofThisProgram(work, found);
  if (!row) throw notFound("この委任状は見つかりません。");
  if (step.on > work.platform.clock.today() || step.on < (row.receivedOn ?? row.askedOn))
    throw new EntryProblem("on", "依頼した日か受け取った日から、今日までの日にしてください。");
  await refuseInWords(
    work.sql`select high_cost.move_mandate(${step.id}, ${step.seen}, ${step.to}, ${step.on})`,
    "この委任状は、ほかの職員が先に進めました。",
  );
  return row;
}

const late = (program: string, today: IsoDate) =>
  and(
    eq(mandate.program, program),
    eq(mandate.state, "asked"),
    lte(mandate.askedOn, addDays(today, -ASKED_AGAIN_AFTER)),
  );

/** 委任状 that have not come back for long, the oldest first. */
export const mandatesLate = (work: Work, program: string, { from, size }: Lines) =>
  work.tx
    .select()
    .from(mandate)
    .where(late(program, work.platform.clock.today()))
    .orderBy(asc(mandate.askedOn), asc(mandate.serial))
    .limit(size)
    .offset(from);

export async function countMandatesLate(work: Work, program: string): Promise<Figures> {
  const [row] = await work.tx
    .select({
      count: count(),
      since:
        sql<Date | null>`${min(mandate.askedOn)}::date::timestamp at time zone 'Asia/Tokyo'`.mapWith(
          (value) => new Date(String(value)),
        ),
    })
    .from(mandate)
    .where(late(program, work.platform.clock.today()));
  return row && row.count > 0 ? row : { count: 0, since: null };
}
