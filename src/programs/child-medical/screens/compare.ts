import { type HouseholdView, shownName } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { compareApplicant, sameAsRegistered } from "#src/web/cases/index.ts";
import type { Difference } from "#src/web/components/index.ts";
import type { Entered } from "../index.ts";

/** What was entered of the guardian beside the register: of the member of that name, else of the adult of the household. */
export async function compareWithRegister(
  work: Work,
  { guardian }: Entered,
  { household, adult }: HouseholdView,
): Promise<Difference[]> {
  const same = await sameAsRegistered(work);
  const member = household.find((person) => same(shownName(person), guardian.name));
  return [
    ...(await compareApplicant(work, { who: "保護者", entered: guardian, of: member ?? adult })),
    {
      label: "子どもとの同居",
      entered: member ? "同居" : "別居",
      register: "世帯員",
      differs: !member,
    },
  ];
}
