import { asc, eq } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { note } from "#db/schema/intake.ts";
import { type CaseRow, getCase } from "../cases/index.ts";
import { EntryProblem } from "../problem.ts";
import { getSealed, putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";

export interface Note {
  text: string;
  staffName: string;
  writtenAt: Date;
}

const longest = 2000;

/** Leaves a note on a case, beside its steps. @throws EntryProblem for an empty or endless one */
export async function addNote(work: Work, caseId: string, text: string): Promise<void> {
  const found = await getCase(work, caseId);
  if (text.trim() === "") throw new EntryProblem("note", "メモを入力してください。");
  if (text.length > longest)
    throw new EntryProblem("note", `メモは${longest}字までで入力してください。`);
  const sealedId = await sealed(work, found, text.trim());
  // By name: what the database sets itself may not even be named.
  await work.sql`insert into intake.note (case_id, sealed_id) values (${caseId}, ${sealedId})`;
}

const sealed = (work: Work, { id, program, personNumber }: CaseRow, data: string) =>
  putSealed(work, { holder: personNumber, program, kind: "note", caseId: id, data });

/** Notes of a case, the oldest first; opened, and that is logged. */
export async function notesOf(work: Work, caseId: string): Promise<Note[]> {
  const rows = await work.tx
    .select({ sealedId: note.sealedId, writtenAt: note.writtenAt, staffName: staff.displayName })
    .from(note)
    .innerJoin(staff, eq(staff.id, note.writtenBy))
    .where(eq(note.caseId, caseId))
    .orderBy(asc(note.writtenAt));
  const opened = await getSealed(
    work,
    rows.map(({ sealedId }) => sealedId),
  );
  const textOf = new Map(opened.map(({ id, data }) => [id, String(data)]));
  return rows.map(({ sealedId, staffName, writtenAt }) => ({
    text: textOf.get(sealedId) ?? "",
    staffName,
    writtenAt,
  }));
}
