import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { definition, extraction } from "#db/schema/targets.ts";
import { conflict, notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { type IsoDate, monthStart } from "#workflows/dates/iso-date.ts";
import type { Criteria } from "#workflows/vaccination/targets/criteria.ts";
import type { Output } from "#workflows/vaccination/targets/outputs.ts";

export type Definition = typeof definition.$inferSelect;

/** What is kept to be run again. */
export interface DefinitionEntry {
  readonly title: string;
  readonly criteria: Criteria;
  readonly output: Output;
  readonly monthly: boolean;
}

/** Keeps a definition, or changes one by the revision that was seen. @throws Problem 409 */
export async function keepDefinition(
  work: Work,
  { title, criteria, output, monthly }: DefinitionEntry,
  changed?: { id: number; seen: number },
): Promise<number> {
  const [row] = await moved(
    work.sql<{ id: number }[]>`
      select targets.keep_definition(${changed?.id ?? null}, ${changed?.seen ?? null}, ${title}, ${JSON.stringify(criteria)}::text::jsonb, ${output}, ${monthly}) as id`,
  );
  if (!row) throw new Error("no definition was kept");
  return row.id;
}

/** Ends a definition: it is not run any more. @throws Problem 409 */
export async function endDefinition(work: Work, id: number, seen: number): Promise<void> {
  await moved(work.sql`select targets.end_definition(${id}, ${seen})`);
}

async function moved<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MD014")
      throw conflict("この抽出条件は、ほかの人が変更しました。開き直してください。");
    throw error;
  }
}

/** @throws Problem 404 */
export async function getDefinition(work: Work, id: number): Promise<Definition> {
  const [row] = await work.tx
    .select()
    .from(definition)
    .where(and(eq(definition.id, id), isNull(definition.endedAt)));
  if (!row) throw notFound("この抽出条件はありません。");
  return row;
}

/** Definitions that stand, with the day on which each was last run. */
export const listDefinitions = (work: Work) =>
  work.tx
    .select({
      entry: definition,
      lastOn: sql<IsoDate | null>`(select max(e.made_on)::text from ${extraction} e where e.definition_id = "targets"."definition"."id" and e.state <> 'discarded')`,
    })
    .from(definition)
    .where(isNull(definition.endedAt))
    .orderBy(asc(definition.title), asc(definition.id));

/** Monthly definitions that were not run in the month of a day. */
export async function monthlyLeft(work: Work, today: IsoDate): Promise<Definition[]> {
  const first = monthStart(today);
  return (await listDefinitions(work)).flatMap(({ entry, lastOn }) =>
    entry.monthly && (lastOn === null || lastOn < first) ? [entry] : [],
  );
}
