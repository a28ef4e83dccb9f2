import { type CaseRow, membersOf } from "../cases/index.ts";
import { entitlementsOfCase } from "../entitlements/index.ts";
import { announceNeed, type NeededKind, withdrawNeed } from "../people/index.ts";
import type { Work } from "../work.ts";
import type { ApplicationKind } from "./kind.ts";

const kinds = ["tax", "welfare"] as const satisfies readonly NeededKind[];

/** Says whose data of other offices an application needs, by the roles of its members, and that nothing is needed any more of who left it (ACQ-5). */
export async function announceNeeds<Entered>(
  work: Work,
  { needs = {} }: ApplicationKind<Entered>,
  { id: caseId, program }: CaseRow,
): Promise<void> {
  const members = await membersOf(work, caseId);
  for (const kind of kinds) {
    const wanted = members.flatMap(({ personNumber, role }) =>
      needs[kind]?.includes(role) ? [personNumber] : [],
    );
    const gone = (await neededBy(work, caseId, kind)).filter((number) => !wanted.includes(number));
    if (gone.length > 0) await withdrawNeed(work, { program, kind, caseId, personNumbers: gone });
    if (wanted.length > 0)
      await announceNeed(work, { program, kind, caseId, personNumbers: wanted });
  }
}

/** Ends what an application needs: it came to nothing, or nothing that it granted holds any more. */
export async function withdrawNeeds(
  work: Work,
  { id: caseId, program }: Pick<CaseRow, "id" | "program">,
): Promise<void> {
  const live = (await entitlementsOfCase(work, caseId)).some(
    ({ status }) => status === "granted" || status === "suspended",
  );
  if (live) return;
  for (const kind of kinds) {
    const personNumbers = await neededBy(work, caseId, kind);
    if (personNumbers.length > 0)
      await withdrawNeed(work, { program, kind, caseId, personNumbers });
  }
}

async function neededBy(work: Work, caseId: string, kind: NeededKind): Promise<string[]> {
  const rows = await work.sql<{ person_number: string }[]>`
    select person_number from people.needed where case_id = ${caseId} and kind = ${kind} and ended_on is null`;
  return rows.map((row) => row.person_number);
}
