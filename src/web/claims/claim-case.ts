import { type CaseRow, getCase } from "#src/platform/cases/index.ts";
import { type ClaimKind, claimCaseKind } from "#src/platform/claims/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";

/** A claim of this 事務. @throws Problem 404 */
export async function claimCase(work: Work, kind: ClaimKind, caseId: string): Promise<CaseRow> {
  const found = await getCase(work, caseId);
  if (found.kind !== claimCaseKind(kind)) throw notFound("支給申請が見つかりません。");
  return found;
}
