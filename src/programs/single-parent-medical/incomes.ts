import type { CaseRow } from "#src/platform/cases/index.ts";
import { presetOf } from "#src/platform/city/index.ts";
import {
  type Income,
  type IncomeRow,
  incomeRows,
  openIncomes,
} from "#src/platform/intake/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  carers,
  type HouseholdMember,
  householdTest,
  type MemberResult,
} from "#workflows/single-parent-medical/household.ts";
import { incomeArea, incomeYearOn } from "#workflows/single-parent-medical/limits.ts";
import type { Entered } from "./entered.ts";

/** The ordinance that holds on the day of the application, and whose year's income it looks at. */
export async function ordinanceOf(work: Work, { receivedOn }: Pick<CaseRow, "receivedOn">) {
  const on = receivedOn as IsoDate;
  const ordinance = await presetOf(work, incomeArea, on);
  return { on, ordinance, year: incomeYearOn(on, ordinance) };
}

/** Somebody whose income counts, what is recorded of it, and what came of the test. */
export interface TestedIncome {
  personNumber: string;
  name: string;
  role: HouseholdMember["role"];
  row: IncomeRow | undefined;
  income: Income | undefined;
  result: MemberResult | undefined;
}

/** The income test of a household: 申請者, 配偶者 and 扶養義務者; the sealed incomes are opened, and that is logged. */
export async function testIncomes(work: Work, found: CaseRow, entered: Entered) {
  const { on, ordinance, year } = await ordinanceOf(work, found);
  const { relation, name } = entered.applicant;
  const rows = await incomeRows(work, found.id, year);
  const counted = [
    { personNumber: found.personNumber, name, role: "applicant" as const },
    ...entered.people.flatMap((one) => (one.role === "child" ? [] : [one])),
  ];
  const opened = await openIncomes(
    work,
    counted.flatMap(({ personNumber }) => rows.get(personNumber) ?? []),
  );
  const known = counted.flatMap(({ personNumber, role }) => {
    const income = opened.get(personNumber);
    return income ? [{ personNumber, role, income }] : [];
  });
  const { members, basis } = householdTest(
    {
      on,
      members: known.map(({ role, income: { items, ...dependants } }) => ({
        role,
        ...(role === "applicant" && Object.hasOwn(carers, relation)
          ? { carer: relation as keyof typeof carers }
          : {}),
        ...dependants,
        items: { ...items, childSupport: role === "applicant" ? entered.childSupport : 0 },
      })),
    },
    ordinance,
  );
  const results = new Map(known.map(({ personNumber }, at) => [personNumber, members[at]]));
  const tested = counted.map(
    ({ personNumber, name, role }): TestedIncome => ({
      personNumber,
      name,
      role,
      row: rows.get(personNumber),
      income: opened.get(personNumber),
      result: results.get(personNumber),
    }),
  );
  return { year, tested, basis };
}
