import { getCase, peopleOfCase } from "../cases/index.ts";
import { putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";

/** Whose notes and scans: those of a case, or those on a person. */
export type Owner = { caseId: string } | { personNumber: string };

/** What one is added to: a case, or a person in one 事務, whose staff then see it. */
export type AddedTo = { caseId: string } | { personNumber: string; program: string };

/** Seals a note or a scan with the key of its person. @throws Problem 404 for a case that this person does not see */
export async function sealFor(
  work: Work,
  owner: AddedTo,
  kind: "note" | "attachment",
  data: unknown,
): Promise<string> {
  if (!("caseId" in owner)) {
    const { personNumber, program } = owner;
    return putSealed(work, { holder: personNumber, program, kind, data });
  }
  const { id, program, personNumber } = await getCase(work, owner.caseId);
  return putSealed(work, { holder: personNumber, program, kind, caseId: id, data });
}

/** Everybody whose 支援措置 counts for what is kept there. */
export const peopleOf = async (work: Work, owner: Owner): Promise<string[]> =>
  "caseId" in owner ? peopleOfCase(work, owner.caseId) : [owner.personNumber];
