import { and, desc, eq, ne } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { event } from "#db/schema/cases.ts";
import type { Work } from "../work.ts";

/** 担当: who made the last step of a case; nobody where only the clock did. */
export async function handlerOf(work: Work, caseId: string): Promise<string | undefined> {
  const [row] = await work.tx
    .select({ name: staff.displayName })
    .from(event)
    .innerJoin(staff, eq(staff.id, event.staffId))
    .where(and(eq(event.caseId, caseId), ne(staff.kind, "system")))
    .orderBy(desc(event.revision))
    .limit(1);
  return row?.name;
}
