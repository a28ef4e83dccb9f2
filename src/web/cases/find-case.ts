import { caseKindOf } from "#src/platform/applications/index.ts";
import { type CaseRow, caseKindTitle, getCase } from "#src/platform/cases/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { AnyCaseScreens, AnyOtherCases } from "./declaration.ts";

/** A case as it stands, or as it stood at a revision. */
export interface CaseMoment {
  caseId: string;
  at?: number | undefined;
}

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
  const isChange = found.kind === caseKindOf(change);
  const other = others.find(({ kind }) => kind === found.kind);
  if (!isChange && !other && found.kind !== caseKindOf(application))
    throw notFound("申請が見つかりません。");
  return { found, isChange, other };
}

/** The object in titles of pages: こども医療費助成 申請 R8-001234. */
export const caseTitle = ({ kind, number }: Pick<CaseRow, "kind" | "number">): string =>
  `${caseKindTitle(kind)} ${number}`;
