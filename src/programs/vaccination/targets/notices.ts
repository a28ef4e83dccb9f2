import { desc, inArray } from "drizzle-orm";
import { notice } from "#db/schema/targets.ts";
import type { PreparedPiece } from "#src/platform/mailings/index.ts";
import { numbersOf } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { TargetFacts } from "./pieces.ts";

/** Enters letters or reminders that were printed, by a run or (`""`) at the counter. */
export async function noteSent(
  work: Work,
  output: "letter" | "postcard",
  runId: string,
  pieces: readonly PreparedPiece<TargetFacts>[],
): Promise<void> {
  for (const [day, some] of Map.groupBy(pieces, ({ datedOn }) => datedOn))
    await work.sql`
      select targets.note_sent(${some.map(({ pieceNumber }) => pieceNumber)}::text[], ${some.map(({ personNumber }) => personNumber)}::text[],
        ${some.map(({ subject }) => subject)}::text[], ${output}, ${day}, ${runId || null}::uuid)`;
}

/** A run was withdrawn before it was handed over: nobody got its letters. */
export async function withdrawSent(work: Work, runId: string): Promise<void> {
  await work.sql`select targets.withdraw_sent(${runId})`;
}

/** Letters and reminders that a person was sent, under whichever of their numbers, the newest first. */
export async function noticesOf(work: Work, personNumber: string) {
  const numbers = (await numbersOf(work, [personNumber])).get(personNumber) ?? [personNumber];
  return work.tx
    .select()
    .from(notice)
    .where(inArray(notice.personNumber, [...numbers]))
    .orderBy(desc(notice.issuedOn), desc(notice.number));
}
