import { type CaseRow, definitionOf } from "#src/platform/cases/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { CaseEventRule } from "#workflows/cases/definition.ts";

/** The event that a page of a case makes. @throws Problem 404 where its machine has none such */
export function eventOf(
  found: Pick<CaseRow, "kind" | "machineVersion">,
  page: NonNullable<CaseEventRule["page"]>,
): string {
  const events = Object.entries(definitionOf(found).events);
  const [type] = events.find(([, rule]) => rule.page === page) ?? [];
  if (type === undefined) throw notFound();
  return type;
}
