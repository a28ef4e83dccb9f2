import { type EventDetail, membersOf, type Step } from "#src/platform/cases/index.ts";
import { announceNeed, type NeededKind, withdrawNeed } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { countedNumbers } from "./incomes.ts";

const program = "single-parent-medical";

/** Says whose 税情報 and 福祉情報 the application needs, and that of who is no longer in it nothing is needed (ACQ-5). */
export async function needHousehold(work: Work, { found }: Step): Promise<EventDetail> {
  const caseId = found.id;
  const present = await membersOf(work, caseId);
  const benefiting = present.filter(({ role }) => role === "subject" || role === "beneficiary");
  const needed = {
    tax: await countedNumbers(work, caseId),
    welfare: new Set(benefiting.map(({ personNumber }) => personNumber)),
  };
  for (const [kind, wanted] of Object.entries(needed) as [NeededKind, Set<string>][]) {
    const known = await neededBy(work, caseId, kind);
    const gone = known.filter((number) => !wanted.has(number));
    if (gone.length > 0) await withdrawNeed(work, { program, kind, caseId, personNumbers: gone });
    await announceNeed(work, { program, kind, caseId, personNumbers: [...wanted] });
  }
  return {};
}

/** The application came to nothing, or what it granted has ended. */
export async function needNobody(work: Work, { id: caseId }: { id: string }): Promise<EventDetail> {
  for (const kind of ["tax", "welfare"] as const) {
    const personNumbers = await neededBy(work, caseId, kind);
    if (personNumbers.length > 0)
      await withdrawNeed(work, { program, kind, caseId, personNumbers });
  }
  return {};
}

async function neededBy(work: Work, caseId: string, kind: NeededKind): Promise<string[]> {
  const rows = await work.sql<{ person_number: string }[]>`
    select person_number from people.needed where case_id = ${caseId} and kind = ${kind} and ended_on is null`;
  return rows.map((row) => row.person_number);
}
