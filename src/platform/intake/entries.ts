import { and, asc, desc, eq, lte } from "drizzle-orm";
import { entry } from "#db/schema/approvals.ts";
import type { Step } from "../cases/index.ts";
import { getSealed, putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";

/** A part of what is entered: whose it is, and with whose key it is sealed. */
export interface EntryPiece {
  personNumber: string;
  data: unknown;
}

/** The entry that counts: the newest of a case, in the parts of its persons; provisional while `confirmedBy` is null. */
export interface Entry {
  revision: number;
  enteredBy: number;
  confirmedBy: number | null;
  pieces: { personNumber: string; sealedId: string }[];
}

/**
 * The newest entry of a case, unopened.
 *
 * @param at the revision of the case at which it was the newest; the present one if not given
 */
export async function latestEntry(
  work: Work,
  caseId: string,
  at?: number,
): Promise<Entry | undefined> {
  const rows = await work.tx
    .select()
    .from(entry)
    .where(and(eq(entry.caseId, caseId), at === undefined ? undefined : lte(entry.revision, at)))
    .orderBy(desc(entry.revision), asc(entry.id));
  const [first] = rows;
  if (!first) return undefined;
  const { revision, enteredBy, confirmedBy } = first;
  const pieces = rows
    .filter((row) => row.revision === revision)
    .map(({ personNumber, sealedId }) => ({ personNumber, sealedId }));
  return { revision, enteredBy, confirmedBy, pieces };
}

/** Opens the parts of an entry; each look is logged. */
export async function openEntry(work: Work, { pieces }: Entry): Promise<EntryPiece[]> {
  const opened = await getSealed(
    work,
    pieces.map(({ sealedId }) => sealedId),
  );
  return opened.map(({ holder, data }) => ({ personNumber: holder, data }));
}

/**
 * Seals what was entered, each part with the key of its person, and notes who entered it; made by a step of the
 * act `enter`, after the persons were named.
 */
export async function sealEntry(
  work: Work,
  { found, revision }: Step,
  pieces: readonly EntryPiece[],
): Promise<void> {
  for (const { personNumber, data } of pieces) {
    const sealedId = await putSealed(work, {
      holder: personNumber,
      program: found.program,
      kind: "application",
      caseId: found.id,
      data,
    });
    await work.tx.insert(entry).values({ caseId: found.id, personNumber, revision, sealedId });
  }
}

/** An entry as it was made: who entered and who confirmed it; nothing of it is opened. */
export interface EntryMark {
  revision: number;
  enteredBy: string;
  enteredAt: Date;
  confirmedBy: string | null;
}

/** All entries of a case, the oldest first. */
export async function entryMarksOf(work: Work, caseId: string): Promise<EntryMark[]> {
  const rows = await work.sql<
    {
      revision: number;
      entered_by: string;
      entered_at: Date;
      confirmed_by: string | null;
    }[]
  >`
    select distinct on (e.revision) e.revision, s.display_name as entered_by, v.at as entered_at, c.display_name as confirmed_by
      from approvals.entry e join cases.event v on v.case_id = e.case_id and v.revision = e.revision
      join access.staff s on s.id = e.entered_by left join access.staff c on c.id = e.confirmed_by
     where e.case_id = ${caseId} order by e.revision, e.id`;
  return rows.map((row) => ({
    revision: row.revision,
    enteredBy: row.entered_by,
    enteredAt: new Date(row.entered_at),
    confirmedBy: row.confirmed_by,
  }));
}
