import { and, asc, eq, sql } from "drizzle-orm";
import { event } from "#db/schema/cases.ts";
import { document } from "#db/schema/documents.ts";
import { notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import type { IssuedDocument } from "./documents.ts";

/**
 * The certificates that one step of a case issued, in the order of their numbers.
 *
 * @throws Problem 404 where the step issued none
 */
export async function documentsOfStep(
  work: Work,
  caseId: string,
  revision: number,
): Promise<IssuedDocument[]> {
  const issued = await work.tx
    .select({ document })
    .from(document)
    .innerJoin(event, eq(event.caseId, document.caseId))
    .where(
      and(
        eq(event.caseId, caseId),
        eq(event.revision, revision),
        eq(event.act, "issue"),
        sql`${event.detail} -> 'documents' ? ${document.number}`,
      ),
    )
    .orderBy(asc(document.number));
  if (issued.length === 0) throw notFound("交付した文書が見つかりません。");
  return issued.map((row) => row.document);
}
