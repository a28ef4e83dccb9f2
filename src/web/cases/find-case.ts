import { type CaseRow, caseKindTitle, getCase } from "#src/platform/cases/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { AnyCaseScreens, AnyOtherCases } from "./declaration.ts";
import { ownKinds } from "./own-kinds.ts";

/** A case of these screens, and whether it is a report of change, or of another kind, rather than an application. */
export interface FoundCase {
  found: CaseRow;
  isChange: boolean;
  other?: AnyOtherCases | undefined;
}

/** @throws Problem 404 for what is no case, not visible to this person, or a case of other screens */
export async function findCase(
  work: Work,
  { application, change, others = [] }: AnyCaseScreens,
  caseId: string,
): Promise<FoundCase> {
  const found = await getCase(work, caseId);
  const isChange = found.kind === change.versions[0]?.kind;
  const other = others.find(({ kind }) => kind === found.kind);
  if (!other && !ownKinds({ application, change }).includes(found.kind))
    throw notFound("申請が見つかりません。");
  return { found, isChange, other };
}

/** The object in titles of pages: こども医療費助成 申請 R8-001234. */
export const caseTitle = ({ kind, number }: Pick<CaseRow, "kind" | "number">): string =>
  `${caseKindTitle(kind)} ${number}`;
