import { randomUUID } from "node:crypto";
import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import { extraction, found } from "#db/schema/targets.ts";
import { conflict, notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { laterDoses, type TargetVerdict } from "#workflows/vaccination/targets/judge.ts";
import { isGoing, type Outcome } from "#workflows/vaccination/targets/outcomes.ts";
import { targetSubject } from "#workflows/vaccination/targets/subjects.ts";
import { type FoundGroups, findTargets, groupOf, type Search } from "./gather.ts";

export type Extraction = typeof extraction.$inferSelect;
export type FoundRow = typeof found.$inferSelect;

/** T000012 */
export const extractionNumber = ({ serial }: Pick<Extraction, "serial">): string =>
  `T${String(serial).padStart(6, "0")}`;

/**
 * Keeps who is found and who is not, with the reason, each person and dose a row. All or nothing: where the world moves between the look and
 * the keeping, nothing is kept. @throws Problem 409
 */
export async function keepExtraction(
  work: Work,
  { title, definitionId, ...search }: Search & { title: string; definitionId: number | null },
): Promise<Extraction> {
  const groups = await findTargets(work, search);
  const id = randomUUID();
  const { criteria, output, on } = search;
  await work.sql`select targets.begin_extraction(${id}, ${definitionId}, ${title}, ${JSON.stringify(criteria)}::text::jsonb, ${output}, ${on})`;
  for (const one of groups) await keepGroups(work, id, one);
  if (output === "booklet") for (const one of groups) await keepLaterDoses(work, id, one);
  await work.sql`select targets.end_extraction(${id})`;
  return getExtraction(work, id);
}

async function keepGroups(work: Work, id: string, { of, asked, groups }: FoundGroups) {
  const rows = groups.map(({ row }) => row);
  const verdicts = groups.map(({ verdict }) => verdict);
  try {
    await work.sql`
      select targets.keep(${id}, ${JSON.stringify(asked)}::text::jsonb,
        ${rows.map(({ born }) => born)}::date[], ${rows.map(({ sex }) => sex)}::text[], ${rows.map(({ standing }) => standing)}::text[],
        ${rows.map(({ conditions }) => conditions)}::text[], ${rows.map(({ history }) => history)}::text[], ${rows.map(({ sent }) => sent)}::text[],
        ${verdicts.map((v) => v?.outcome ?? null)}::text[], ${verdicts.map((v) => subjectOf(v, of.vaccine.id))}::text[],
        ${verdicts.map((v) => v?.label ?? null)}::text[], ${verdicts.map((v) => v?.usableFrom ?? null)}::date[],
        ${verdicts.map((v) => v?.usableTo ?? null)}::date[])`;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MD014")
      throw conflict("抽出の途中で、記録が変わりました。もう一度抽出してください。");
    throw error;
  }
}

const subjectOf = (verdict: TargetVerdict | undefined, vaccine: string): string | null =>
  verdict ? (verdict.subject ? targetSubject(verdict.subject) : vaccine) : null;

/** A booklet holds the doses after the next one, too. */
async function keepLaterDoses(work: Work, id: string, { asked, order, groups }: FoundGroups) {
  const more = groups.flatMap(({ row, verdict }) => {
    if (!verdict || !isGoing(verdict.outcome) || row.born === null) return [];
    const doses = laterDoses(groupOf({ ...row, born: row.born }), order, verdict);
    return doses.flatMap(({ subject, label, usableFrom, usableTo }) =>
      subject ? [{ row, subject: targetSubject(subject), label, usableFrom, usableTo }] : [],
    );
  });
  await work.sql`
    select targets.keep_more(${id}, ${JSON.stringify(asked)}::text::jsonb,
      ${more.map(({ row }) => row.born)}::date[], ${more.map(({ row }) => row.sex)}::text[], ${more.map(({ row }) => row.standing)}::text[],
      ${more.map(({ row }) => row.conditions)}::text[], ${more.map(({ row }) => row.history)}::text[], ${more.map(({ row }) => row.sent)}::text[],
      ${more.map(({ subject }) => subject)}::text[], ${more.map(({ label }) => label ?? null)}::text[],
      ${more.map(({ usableFrom }) => usableFrom ?? null)}::date[], ${more.map(({ usableTo }) => usableTo ?? null)}::date[])`;
}

/** @throws Problem 404 */
export async function getExtraction(work: Work, id: string): Promise<Extraction> {
  const [row] = await work.tx.select().from(extraction).where(eq(extraction.id, id));
  if (!row) throw notFound("この抽出はありません。");
  return row;
}

/** Extractions, the newest first. */
export async function listExtractions(work: Work, { from, size }: { from: number; size: number }) {
  const rows = await work.tx
    .select()
    .from(extraction)
    .orderBy(desc(extraction.serial))
    .offset(from)
    .limit(size);
  const [all] = await work.tx.select({ total: count() }).from(extraction);
  return { rows, total: all?.total ?? 0 };
}

/** People of an extraction with what became of them, a page of them; how many there are stands in its counts. */
export const listFound = (
  work: Work,
  { id, outcome }: { id: string; outcome: Outcome | undefined },
  { from, size }: { from: number; size: number },
): Promise<FoundRow[]> =>
  work.tx
    .select()
    .from(found)
    .where(
      and(
        eq(found.extractionId, id),
        outcome === undefined ? undefined : eq(found.outcome, outcome),
      ),
    )
    .orderBy(inListOrder, asc(found.personNumber), asc(found.subject))
    .offset(from)
    .limit(size);

/** Those to be sent first, then what somebody may have to do with, 接種済み last. */
const inListOrder = sql`case ${found.outcome} when 'included' then 0 when 'protected' then 1 when 'done' then 3 else 2 end, ${found.outcome}`;

/** All who go, and those with one of some other outcomes, by person: what a mailing and a session are made of. */
export const toldOf = (
  work: Work,
  id: string,
  others: readonly Outcome[] = [],
): Promise<FoundRow[]> =>
  work.tx
    .select()
    .from(found)
    .where(
      and(eq(found.extractionId, id), inArray(found.outcome, ["included", "protected", ...others])),
    )
    .orderBy(asc(found.personNumber), asc(found.subject));

/** The rows of some people of an extraction who go. */
export const goingOfPeople = (
  work: Work,
  id: string,
  personNumbers: readonly string[],
): Promise<FoundRow[]> =>
  work.tx
    .select()
    .from(found)
    .where(
      and(
        eq(found.extractionId, id),
        inArray(found.outcome, ["included", "protected"]),
        inArray(found.personNumber, [...personNumbers]),
      ),
    )
    .orderBy(asc(found.personNumber), asc(found.subject));

/** Discards an extraction of which nothing was made. @throws Problem 409 */
export async function discardExtraction(work: Work, id: string): Promise<void> {
  await settle(work, id, "discarded");
}
/** Says that something was made of it. */
export const useExtraction = (work: Work, id: string): Promise<void> => settle(work, id, "used");

async function settle(work: Work, id: string, state: "used" | "discarded"): Promise<void> {
  try {
    await work.sql`select targets.settle_extraction(${id}, ${state})`;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MD011")
      throw conflict("この抽出は、すでに使われているか、破棄されています。");
    throw error;
  }
}

/** Whether an extraction is made from today's records: one of an earlier day may be out of date. */
export const isOfToday = ({ madeOn }: Extraction, today: IsoDate): boolean => madeOn === today;
