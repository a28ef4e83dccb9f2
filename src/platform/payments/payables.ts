import { and, asc, desc, eq } from "drizzle-orm";
import { payable, payableEvent } from "#db/schema/payments.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import type { StateMeta } from "#workflows/flows/definition.ts";
import { type PayableKind, type PayableState, payableV1 } from "#workflows/payments/payable.ts";
import { refuseInWords } from "../refusals.ts";
import type { Work } from "../work.ts";

/** What is owed to somebody, as it stands. */
export type PayableRow = Omit<typeof payable.$inferSelect, "state"> & { state: PayableState };

/** What a decision says is to be paid. */
interface Owed extends PayableSource {
  /** The case on which was decided; the decision is made in this transaction. */
  readonly caseId: string;
  /** One of the persons of the case. */
  readonly personNumber: string;
  /** Whole yen, at least one. */
  readonly amount: number;
  readonly kind?: PayableKind;
}

/** What something is owed for: nothing is owed twice for the same. */
interface PayableSource {
  readonly program: string;
  /** In the words of the 事務, such as `refund`: small letters, digits and hyphens. */
  readonly sourceKind: string;
  /** The row of the 事務, a UUID. */
  readonly sourceId: string;
}

/** Number of a payable as it is shown and printed. */
export const payableNumber = ({ serial }: { serial: number }): string =>
  `P${String(serial).padStart(7, "0")}`;

/** Titles and colours of the states. */
export const payableStateMeta = (state: PayableState): StateMeta => stateMeta(payableV1, state);

export const payableKindTitles: Readonly<Record<PayableKind, string>> = {
  transfer: "口座振込",
  cash: "窓口払い",
  "set-off": "充当",
};

/**
 * Enters what is owed from a decision, in the transaction of the step that decides (`Handler` of an event whose `act` is `approve`).
 * It is paid by a run, at the counter, or set off. A 事務 that decides outside of cases enters it from a function of its own in the
 * database (`payments.enter_payable`), which judges that decision.
 *
 * @returns the id of the payable
 * @throws Problem 409 where it is owed already
 */
export async function owe(work: Work, owed: Owed): Promise<string> {
  const { program, sourceKind, sourceId, caseId, personNumber, amount, kind = "transfer" } = owed;
  const [row] = await refuseInWords(
    work.sql<{ id: string }[]>`
      select payments.owe(${program}, ${sourceKind}, ${sourceId}, ${caseId}, ${personNumber}, ${amount}, ${kind}) as id`,
    "この支払は、既に決定されています。",
  );
  if (!row) throw new Error("a payable has an id");
  return row.id;
}

/**
 * Takes back what is owed and not gathered by a run yet, in the transaction of a decision on its case.
 *
 * @throws Problem 409 where it is paid already or on its way
 */
export async function withdrawOwed(work: Work, source: PayableSource): Promise<void> {
  const { program, sourceKind, sourceId } = source;
  await refuseInWords(
    work.sql`select payments.withdraw_owed(${program}, ${sourceKind}, ${sourceId})`,
    "この支払は、支払の手続に入っているため、取り消せません。支払の回から外すか、返還を求めてください。",
  );
}

const rowsOf = (rows: (typeof payable.$inferSelect)[]) => rows as PayableRow[];

/**
 * What is owed for something; `undefined` where nothing ever was, or nothing that one may see.
 */
export async function payableOf(
  work: Work,
  { program, sourceKind, sourceId }: PayableSource,
): Promise<PayableRow | undefined> {
  const found = await work.tx
    .select()
    .from(payable)
    .where(
      and(
        eq(payable.program, program),
        eq(payable.sourceKind, sourceKind),
        eq(payable.sourceId, sourceId),
      ),
    );
  return rowsOf(found)[0];
}

/** What is and was owed to a person, the newest first, by one 事務 or by all whose payments one may see. */
export async function payablesOfPerson(
  work: Work,
  personNumber: string,
  { from, size, program }: { from: number; size: number; program?: string },
): Promise<{ total: number; rows: PayableRow[] }> {
  const own = and(
    eq(payable.personNumber, personNumber),
    program === undefined ? undefined : eq(payable.program, program),
  );
  const rows = await work.tx
    .select()
    .from(payable)
    .where(own)
    .orderBy(desc(payable.owedOn), desc(payable.serial))
    .limit(size)
    .offset(from);
  return { total: await work.tx.$count(payable, own), rows: rowsOf(rows) };
}

/** What a case owes. */
export async function payablesOfCase(work: Work, caseId: string): Promise<PayableRow[]> {
  const rows = await work.tx
    .select()
    .from(payable)
    .where(eq(payable.caseId, caseId))
    .orderBy(asc(payable.serial));
  return rowsOf(rows);
}

/** What happened to a payable, in order. */
export const payableHistory = (work: Work, payableId: string) =>
  work.tx
    .select()
    .from(payableEvent)
    .where(eq(payableEvent.payableId, payableId))
    .orderBy(asc(payableEvent.revision));
