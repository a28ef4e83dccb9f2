import { eq } from "drizzle-orm";
import { caseRow } from "#db/schema/cases.ts";
import type { Work } from "../work.ts";
import type { CaseRow } from "./workflow.ts";

/** The case, held until the transaction ends; `undefined` where it is not there or not to be seen. */
export async function lockCase(work: Work, caseId: string): Promise<CaseRow | undefined> {
  await work.sql`select from cases.lock(${caseId})`;
  const [found] = await work.tx.select().from(caseRow).where(eq(caseRow.id, caseId));
  return found;
}
