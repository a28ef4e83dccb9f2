import { type CaseRow, definitionOf } from "#src/platform/cases/index.ts";
import { notFound } from "#src/platform/problem.ts";
import type { CaseEventRule } from "#workflows/cases/definition.ts";

/** The event that a page or a panel of a case makes. @throws Problem 404 where its machine has none such */
export function eventOf(
  found: Pick<CaseRow, "kind" | "machineVersion">,
  where: { page: NonNullable<CaseEventRule["page"]> } | { panel: CaseEventRule["panel"] },
): string {
  const events = Object.entries(definitionOf(found).events);
  const [type] =
    events.find(([, rule]) =>
      "page" in where ? rule.page === where.page : rule.panel === where.panel,
    ) ?? [];
  if (type === undefined) throw notFound();
  return type;
}
