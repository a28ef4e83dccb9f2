import { and, desc, eq, isNull } from "drizzle-orm";
import { entitlement, recipient } from "#db/schema/entitlements.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";
import { nextInSeries, type Step } from "../cases/index.ts";
import type { Work } from "../work.ts";
import { handlingOf } from "./handling.ts";

/**
 * 受給者番号 of a person in the 事務 of the case: the one that holds, or a new one of six digits of a sequence and a
 * check digit. In the step that decides on a grant.
 */
export async function recipientNumberOf(
  work: Work,
  { found }: Step,
  { personNumber, from }: { personNumber: string; from: IsoDate },
): Promise<string> {
  const { program } = found;
  const [known] = await work.tx
    .select()
    .from(recipient)
    .where(
      and(
        eq(recipient.program, program),
        eq(recipient.personNumber, personNumber),
        isNull(recipient.validTo),
      ),
    );
  if (known && !(await takesAnother(work, known, from))) return known.recipientNumber;
  const base = String(await nextInSeries(work, `${program}.recipient`)).padStart(6, "0");
  const recipientNumber = withCheckDigit(base);
  await work.sql`select entitlements.give_number(${found.id}, ${personNumber}, ${recipientNumber}, ${from})`;
  return recipientNumber;
}

/** Whether somebody who had lost the entitlement and is entitled again gets another number, as the city has it (再取得). */
async function takesAnother(
  work: Work,
  known: typeof recipient.$inferSelect,
  from: IsoDate,
): Promise<boolean> {
  const { program, personNumber, validFrom } = known;
  if (validFrom >= from) return false;
  const held = await work.tx
    .select({ status: entitlement.status })
    .from(entitlement)
    .where(and(eq(entitlement.program, program), eq(entitlement.personNumber, personNumber)));
  const ended = held.some(({ status }) => status === "lost");
  if (!ended || held.some(({ status }) => status === "granted" || status === "suspended"))
    return false;
  return (await handlingOf(work, program, from)).reacquired === "new";
}

/** Numbers that a person has had in a 事務, the newest first. */
export function recipientNumbersOf(
  work: Work,
  program: string,
  personNumber: string,
): Promise<(typeof recipient.$inferSelect)[]> {
  return work.tx
    .select()
    .from(recipient)
    .where(and(eq(recipient.program, program), eq(recipient.personNumber, personNumber)))
    .orderBy(desc(recipient.validFrom));
}

/** Whose 受給者番号 of a 事務 it is or was, as far as this person may see. @returns 統合宛名番号 */
export async function peopleOfRecipientNumber(
  { sql }: Work,
  program: string,
  number: string,
): Promise<string[]> {
  const rows = await sql<{ person_number: string }[]>`
    select distinct person_number from entitlements.recipient
     where program = ${program} and recipient_number = ${number}`;
  return rows.map((row) => row.person_number);
}
