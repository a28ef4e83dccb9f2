import { holds } from "#src/platform/access/index.ts";
import { type HouseholdView, neededAmong, welfareOf } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import { compareApplicant } from "#src/web/cases/index.ts";
import type { Difference } from "#src/web/components/index.ts";
import { childrenOf, type Entered } from "../entered.ts";
import { singleParent } from "../index.ts";

/** What was entered beside the register, and beside what the welfare office tells; whether somebody is married it cannot tell. */
export async function compareWithRegister(
  work: Work,
  entered: Entered,
  register: HouseholdView,
): Promise<Difference[]> {
  const { subject, household } = register;
  const isHere = (number: string) => household.some((one) => one.personNumber === number);
  const unnamed = household.filter(
    (one) => one !== subject && !entered.people.some((p) => p.personNumber === one.personNumber),
  );
  return [
    ...(await compareApplicant(work, { who: "申請者", entered: entered.applicant, of: subject })),
    ...childrenOf(entered).map(({ personNumber, name, apart }) => ({
      label: `${name}との同居`,
      entered: apart ? "別居" : "同居",
      register: isHere(personNumber) ? "同じ世帯" : "別の世帯",
      differs: apart === isHere(personNumber),
    })),
    {
      label: "申請に含めない世帯員",
      entered: "―",
      register: `${unnamed.length}人`,
      differs: unnamed.length > 0,
    },
    ...(await welfareRow(work, entered, subject.personNumber)),
  ];
}

/** 生活保護, where this person may see it and a file of the welfare office has come since it was needed. */
async function welfareRow(
  work: Work,
  { welfare }: Entered,
  personNumber: string,
): Promise<Difference[]> {
  const needed = await neededAmong(work, "welfare", [personNumber], singleParent.program);
  if (needed.size === 0 || !holds(work.actor, "person.read-welfare")) return [];
  const known = (await welfareOf(work, [personNumber], work.platform.clock.today())).get(
    personNumber,
  );
  const receives = known?.facts.some(({ benefit }) => benefit === "public-assistance") ?? false;
  const word = (is: boolean) => (is ? "受けている" : "受けていない");
  return known?.coveredOn || receives
    ? [
        {
          label: "生活保護（福祉情報）",
          entered: word(welfare),
          register: word(receives),
          differs: welfare !== receives,
        },
      ]
    : [];
}
