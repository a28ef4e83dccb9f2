import type { IncomeTest } from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import { presetOf } from "#src/platform/city/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { carers, householdTest } from "#workflows/single-parent-medical/household.ts";
import {
  type IncomeOrdinance,
  incomeArea,
  incomeYearOn,
} from "#workflows/single-parent-medical/limits.ts";
import { type Entered, presentAmong } from "./entered.ts";

/** The ordinance that holds on the day of the application. */
const ordinanceOf = (work: Work, { receivedOn }: CaseRow) =>
  presetOf(work, incomeArea, receivedOn as IsoDate);

/** The year whose income the ordinance looks at. */
export const incomeYearOf = async (work: Work, found: CaseRow): Promise<number> =>
  incomeYearOn(found.receivedOn as IsoDate, await ordinanceOf(work, found));

/** The income test of a household: 申請者, 配偶者 and 扶養義務者. */
export const incomeTestOf = async (
  work: Work,
  found: CaseRow,
  entered: Entered,
): Promise<IncomeTest> =>
  householdTestOn(
    found.receivedOn as IsoDate,
    await ordinanceOf(work, found),
    found.personNumber,
    entered,
  );

/** The same on any day, by an ordinance that is known. */
export function householdTestOn(
  on: IsoDate,
  ordinance: IncomeOrdinance,
  subject: string,
  { applicant, people, childSupport }: Entered,
): IncomeTest {
  const carer = Object.hasOwn(carers, applicant.relation)
    ? (applicant.relation as keyof typeof carers)
    : undefined;
  const counted = [
    { personNumber: subject, name: applicant.name, role: "applicant" as const },
    ...presentAmong(people).flatMap(({ personNumber, name, role }) =>
      role === "child" ? [] : [{ personNumber, name, role }],
    ),
  ];
  return {
    counted,
    judge(incomes) {
      const known = counted.flatMap(({ personNumber, role }) => {
        const income = incomes.get(personNumber);
        return income ? [{ personNumber, role, income }] : [];
      });
      const { members, basis } = householdTest(
        {
          on,
          members: known.map(({ role, income: { items, ...dependants } }) => ({
            role,
            ...(role === "applicant" ? { carer } : {}),
            ...dependants,
            items: { ...items, childSupport: role === "applicant" ? childSupport : 0 },
          })),
        },
        ordinance,
      );
      const results = members.map((result, at) => [known[at]?.personNumber ?? "", result] as const);
      return { results: new Map(results), basis };
    },
  };
}
