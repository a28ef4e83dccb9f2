import { type CaseRow, getCase } from "#src/platform/cases/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { getVaccine, periodLabel, schedule } from "#workflows/vaccination/schedule.ts";

/** Addresses of the screens of letters and refunds. */
export const requestPaths = {
  /** `person` is the last part of the person's own address. */
  letterOf: (person: string) => `/vaccination/request-letters/people/${person}` as const,
  refundOf: (person: string) => `/vaccination/refunds/people/${person}` as const,
  case: (id: string) => `/vaccination/cases/${id}` as const,
  page: (id: string, page: string) => `/vaccination/cases/${id}/${page}` as const,
};

export const yen = (amount: number): string => `${amount.toLocaleString("ja-JP")}円`;

/** Vaccines of the schedule with their 期, for a field. */
export const vaccineChoices = schedule.map(({ id }) => ({
  value: id as string,
  label: [getVaccine(id).label, periodLabel(id)].filter(Boolean).join(" "),
}));

/** A case of one of our kinds. @throws Problem 404 */
export async function caseOfKind(work: Work, kind: string, caseId: string): Promise<CaseRow> {
  const found = await getCase(work, caseId);
  if (found.kind !== kind) throw notFound("申請が見つかりません。");
  return found;
}
