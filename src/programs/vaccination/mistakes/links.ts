import { and, count, eq, inArray } from "drizzle-orm";
import { caseRow } from "#db/schema/cases.ts";
import { numbersOf } from "#src/platform/people/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";

const linked = {
  relief: { kind: "vaccination/relief", title: "健康被害救済の請求" },
  claim: { kind: "vaccination/refund", title: "払戻しの請求" },
} as const;

/**
 * Refuses what is to be linked to an incident or a report and is no such case of the same person, under whichever of their
 * numbers; the database does so too. `before`: what is linked already.
 *
 * @throws EntryProblem of the field
 */
export async function requireOwnCase(
  work: Work,
  field: keyof typeof linked,
  personNumber: string,
  { now, before }: { now: string | undefined; before: string | null },
): Promise<void> {
  if (now === undefined || now === before) return;
  const numbers = (await numbersOf(work, [personNumber])).get(personNumber) ?? [personNumber];
  const { kind, title } = linked[field];
  const [row] = await work.tx
    .select({ own: count() })
    .from(caseRow)
    .where(
      and(eq(caseRow.id, now), eq(caseRow.kind, kind), inArray(caseRow.personNumber, [...numbers])),
    );
  if (!row?.own) throw new EntryProblem(field, `この方の${title}の画面のアドレスではありません。`);
}
