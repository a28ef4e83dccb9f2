import { unwritableInLines, unwritableWords } from "#workflows/text/signs.ts";
import { EntryProblem } from "../problem.ts";
import { getSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import { type AddedTo, type Owner, sealFor } from "./owner.ts";

export interface Note {
  text: string;
  staffName: string;
  writtenAt: Date;
  /** The 事務 of a note on a person. */
  program: string | null;
}

const longest = 2000;

/** Leaves a note on a case beside its steps, or on a person. @throws EntryProblem for an empty or endless one, or one with characters that nobody sees */
export async function addNote(work: Work, owner: AddedTo, text: string): Promise<void> {
  if (text.trim() === "") throw new EntryProblem("note", "メモを入力してください。");
  if (text.length > longest)
    throw new EntryProblem("note", `メモは${longest}字までで入力してください。`);
  const unwritable = unwritableInLines(text);
  if (unwritable)
    throw new EntryProblem("note", `メモに${unwritableWords[unwritable]}入力し直してください。`);
  const sealedId = await sealFor(work, owner, "note", text.trim());
  // By name: what the database sets itself may not even be named.
  await ("caseId" in owner
    ? work.sql`insert into intake.note (case_id, sealed_id) values (${owner.caseId}, ${sealedId})`
    : work.sql`select intake.add_note_to_person(${owner.personNumber}, ${owner.program}, ${sealedId})`);
}

/** Notes of a case, or those on a person that this member of staff may see, the oldest first; opened, and that is logged. */
export async function notesOf(work: Work, owner: Owner): Promise<Note[]> {
  const rows = await work.sql<
    { sealed_id: string; staff_name: string; written_at: Date; program: string | null }[]
  >`
    select n.sealed_id, s.display_name as staff_name, n.written_at, n.program
      from ${
        "caseId" in owner
          ? work.sql`(select * from intake.note where case_id = ${owner.caseId})`
          : work.sql`intake.notes_of_person(${owner.personNumber})`
      } n join access.staff s on s.id = n.written_by
     order by n.written_at, n.id`;
  const textOf = await openNotes(
    work,
    rows.map((row) => row.sealed_id),
  );
  return rows.map((row) => ({
    text: textOf.get(row.sealed_id) ?? "",
    staffName: row.staff_name,
    writtenAt: new Date(row.written_at),
    program: row.program,
  }));
}

/** The texts of notes by the ids of their sealed records; opened, and that is logged. */
export async function openNotes(
  work: Work,
  sealedIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const opened = await getSealed(work, [...sealedIds]);
  return new Map(opened.map(({ id, data }) => [id, String(data)]));
}
