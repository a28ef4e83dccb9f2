import { desc, eq } from "drizzle-orm";
import { entry } from "#db/schema/approvals.ts";
import type { Work } from "../work.ts";

export type Entry = typeof entry.$inferSelect;

/** What was entered last for a case; provisional while `confirmedBy` is null. */
export async function latestEntry(work: Work, caseId: string): Promise<Entry | undefined> {
  const [row] = await work.tx
    .select()
    .from(entry)
    .where(eq(entry.caseId, caseId))
    .orderBy(desc(entry.revision))
    .limit(1);
  return row;
}

/** Notes that something was entered: in whose name, the database sees from the session. */
export async function recordEntry(
  work: Work,
  made: { caseId: string; revision: number; sealedId: string },
): Promise<void> {
  await work.tx.insert(entry).values(made);
}

/** Confirms an entry in the name of the session; the database refuses the person who entered it (ACQ-2). */
export async function confirmEntry(work: Work, entryId: string): Promise<void> {
  await work.tx.update(entry).set({ confirmedBy: work.actor.staffId }).where(eq(entry.id, entryId));
}
