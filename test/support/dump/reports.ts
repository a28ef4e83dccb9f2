import { openChange } from "#src/platform/applications/index.ts";
import type { ChangeOpening } from "#src/platform/applications/open.ts";
import { matchSources, type PersonRecord } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import {
  childMedicalChanges,
  type Entered,
  openLosses,
} from "#src/programs/child-medical/index.ts";
import { writePeople } from "#test/support/register.ts";
import { numberCard } from "../counter.ts";
import type { TestPlatform } from "../database.ts";
import { invented } from "../people.ts";
import type { At, applicationsOf } from "./applications.ts";

type Opening = Pick<ChangeOpening, "subject" | "occursOn" | "reason">;

/** Reports of change and loss about what an application granted, as far as a dump wants them. */
export function reportsOf(test: TestPlatform, { as, step }: ReturnType<typeof applicationsOf>) {
  /** Reported by the guardian, who was identified. */
  async function received(about: At, given: Opening): Promise<At> {
    const { found } = await as("clerk1", (work) =>
      openChange(work, childMedicalChanges, {
        grantingCaseId: about.caseId,
        origin: "report",
        idempotencyKey: `report ${about.caseId} ${given.subject}`,
        ...given,
      }),
    );
    const at = { caseId: found.id, revision: found.revision };
    return step("clerk1", "recordIdentity", at, { input: numberCard });
  }

  async function unconfirmed(about: At, given: Opening, input: Partial<Entered>): Promise<At> {
    const at = await step("clerk1", "enter", await received(about, given), { input });
    return step("clerk1", "submit", at);
  }
  const confirmed = async (about: At, given: Opening, entered: Partial<Entered>) =>
    step("clerk2", "confirm", await unconfirmed(about, given, entered));
  const applied = async (about: At, given: Opening, entered: Partial<Entered>) =>
    step("clerk2", "apply", await confirmed(about, given, entered));
  const lossWaiting = async (about: At, given: Omit<Opening, "subject">) =>
    step("clerk2", "requestDecision", await confirmed(about, { ...given, subject: "loss" }, {}));

  /** The register tells that somebody left, and the jobs of the night open a report of it (職権). */
  async function foundInTheRegister(person: PersonRecord): Promise<At> {
    const system = await test.system();
    await runWork(test.platform, system, { purpose: "feed" }, async (work) => {
      const known = (await matchSources(work, [person.sourceId])).get(person.sourceId);
      const { personNumber, key } = known ?? {};
      return writePeople(work, [{ personNumber, key, record: person }]);
    });
    await openLosses(test.platform, system);
    const [found] = await test.admin<At[]>`
      select c.id as "caseId", c.revision from cases.case c join cases.event e on e.case_id = c.id
       where e.type = 'detect' order by e.id desc limit 1`;
    if (!found) throw new Error("the register told of nobody");
    return found;
  }

  return { received, unconfirmed, confirmed, applied, lossWaiting, foundInTheRegister };
}

/** A child whom the register lets go later. */
export const mover = invented({
  sourceId: "S-MOVER",
  householdNumber: "H-MOVER",
  name: { kanji: "試験　転子", kana: "シケン　テンコ" },
  birthDate: "2026-05-10",
  residence: { from: "2026-05-10", fromReason: "birth" },
});
