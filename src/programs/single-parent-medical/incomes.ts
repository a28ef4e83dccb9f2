import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import { income } from "#db/schema/single-parent-medical.ts";
import { holds } from "#src/platform/access/index.ts";
import { type CaseRow, type EventDetail, membersOf, type Step } from "#src/platform/cases/index.ts";
import { presetOf } from "#src/platform/city/index.ts";
import { EntryProblem, parse } from "#src/platform/intake/index.ts";
import { incomesOf, type KnownIncome } from "#src/platform/people/index.ts";
import { getSealed, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { wholeSchema } from "#workflows/rules/rule.ts";
import {
  carers,
  type HouseholdMember,
  householdTest,
  type MemberResult,
} from "#workflows/single-parent-medical/household.ts";
import { incomeItemsSchema } from "#workflows/single-parent-medical/income-items.ts";
import { incomeArea, incomeYearOn } from "#workflows/single-parent-medical/limits.ts";
import { countDependants, type TaxedIncome } from "#workflows/taxes/income.ts";
import type { Entered } from "./entered.ts";

const people = wholeSchema(0, 30);
const amounts = {
  items: incomeItemsSchema,
  dependants: people,
  elderlyDependants: people,
  studentDependants: people,
};
const keyed = z
  .strictObject({ source: z.literal("keyed"), personNumber: z.string(), ...amounts })
  .refine((one) => one.elderlyDependants + one.studentDependants <= one.dependants, {
    path: ["dependants"],
    message: "内訳の人数が、扶養親族等の数を超えています。",
  });
type Keyed = z.infer<typeof keyed>;
/** What is recorded of each person whose income counts; of some nothing yet. */
export const recordSchema = z.strictObject({
  people: z
    .array(
      z.discriminatedUnion("source", [
        z.strictObject({ source: z.literal("tax-feed"), personNumber: z.string() }),
        keyed,
        z.object({ source: z.literal("none") }),
      ]),
    )
    .transform((rows) => rows.filter((row) => row.source !== "none")),
});

/** What is sealed of an income: as the tax office has it, or as it was keyed. */
interface IncomeContent extends Omit<HouseholdMember, "role" | "carer" | "items"> {
  items: TaxedIncome;
  /** 更正日 of what the tax office determined. */
  determinedOn?: IsoDate;
}

/** Somebody whose income counts. */
export interface Counted {
  personNumber: string;
  role: HouseholdMember["role"];
  carer?: keyof typeof carers;
}

/** 申請者, 配偶者 and 扶養義務者. */
export const countedOf = (entered: Entered, subject: string): Counted[] => [
  {
    personNumber: subject,
    role: "applicant",
    ...(Object.hasOwn(carers, entered.applicant.relation)
      ? { carer: entered.applicant.relation as keyof typeof carers }
      : {}),
  },
  ...entered.people.flatMap(({ personNumber, role }) =>
    role === "child" ? [] : [{ personNumber, role }],
  ),
];

type IncomeRow = typeof income.$inferSelect;

/** The ordinance that holds on the day of the application, and whose year's income it looks at. */
export async function ordinanceOf(work: Work, { receivedOn }: Pick<CaseRow, "receivedOn">) {
  const on = receivedOn as IsoDate;
  const ordinance = await presetOf(work, incomeArea, on);
  return { on, ordinance, year: incomeYearOn(on, ordinance) };
}

/** The income of each person that holds, unopened: the newest of the year. */
export async function incomeRows(
  work: Work,
  caseId: string,
  year: number,
): Promise<ReadonlyMap<string, IncomeRow>> {
  const rows = await work.tx
    .select()
    .from(income)
    .where(eq(income.caseId, caseId))
    .orderBy(asc(income.id));
  return new Map(
    rows.filter((row) => row.incomeYear === year).map((row) => [row.personNumber, row]),
  );
}

/** What is recorded of a person's income, and what came of the test. */
export interface TestedIncome extends Counted {
  row?: IncomeRow;
  content?: IncomeContent;
  result?: MemberResult;
}

/** The income test of a household; the sealed incomes are opened, and that is logged. */
export async function testIncomes(work: Work, found: CaseRow, entered: Entered) {
  const { on, ordinance, year } = await ordinanceOf(work, found);
  const rows = await incomeRows(work, found.id, year);
  const counted = countedOf(entered, found.personNumber);
  const opened = await getSealed(
    work,
    counted.flatMap(({ personNumber }) => rows.get(personNumber)?.sealedId ?? []),
  );
  const contents = new Map(opened.map(({ holder, data }) => [holder, data as IncomeContent]));
  const known = counted.flatMap((one) => {
    const content = contents.get(one.personNumber);
    return content ? [{ ...one, content }] : [];
  });
  const { members, basis } = householdTest(
    {
      on,
      members: known.map(({ role, carer, content: { items, ...dependants } }) => ({
        role,
        carer,
        ...dependants,
        items: { ...items, childSupport: role === "applicant" ? entered.childSupport : 0 },
      })),
    },
    ordinance,
  );
  const tested = counted.map((one): TestedIncome => {
    const place = known.findIndex(({ personNumber }) => personNumber === one.personNumber);
    const [row, content] = [rows.get(one.personNumber), known[place]?.content];
    const result = members[place];
    return {
      ...one,
      ...(row ? { row } : {}),
      ...(content ? { content } : {}),
      ...(result ? { result } : {}),
    };
  });
  return { year, tested, basis };
}

/** Numbers of those of a case whose income counts, as its members are named. */
export async function countedNumbers(work: Work, caseId: string): Promise<Set<string>> {
  const counted = (await membersOf(work, caseId)).filter(({ role }) =>
    ["applicant", "spouse", "supporter"].includes(role),
  );
  return new Set(counted.map(({ personNumber }) => personNumber));
}

/**
 * Records incomes of the year that counts: as the tax office has them now, or keyed from a paper.
 *
 * @throws EntryProblem for somebody whose income does not count, or of whom the tax office knows nothing
 */
export async function recordIncomes(work: Work, { found, input }: Step): Promise<EventDetail> {
  const { people } = parse(recordSchema, input);
  if (people.length === 0) throw new EntryProblem("people", "記録する所得を選んでください。");
  const counted = await countedNumbers(work, found.id);
  const { year } = await ordinanceOf(work, found);
  const asked = people.filter(({ source }) => source === "tax-feed");
  const told = await taxesOf(
    work,
    found,
    asked.map((one) => one.personNumber),
  );
  for (const one of people) {
    const { source, personNumber } = one;
    if (!counted.has(personNumber))
      throw new EntryProblem("people", "所得を見る方ではない方が含まれています。");
    const content = one.source === "keyed" ? keyedContent(one) : taxContent(told.get(personNumber));
    if (!content)
      throw new EntryProblem(
        "people",
        "税情報に所得のない方がいます。入力するか照会してください。",
      );
    const sealedId = await putSealed(work, {
      holder: personNumber,
      program: found.program,
      kind: "income",
      caseId: found.id,
      data: content,
    });
    await work.sql`
      insert into single_parent.income (case_id, person_number, income_year, source, sealed_id)
      values (${found.id}, ${personNumber}, ${year}, ${source}, ${sealedId})`;
  }
  return { year, recorded: people.map(({ source }) => source) };
}

const keyedContent = ({ items, ...one }: Keyed): IncomeContent => {
  const { dependants, elderlyDependants, studentDependants } = one;
  const { childSupport: _, ...taxed } = items;
  return { items: taxed, dependants, elderlyDependants, studentDependants };
};

/** What the tax office determined; nothing for a year that is not declared. */
export const taxContent = (known: KnownIncome | undefined): IncomeContent | undefined =>
  known?.facts && known.facts.assessment !== "undeclared"
    ? {
        items: known.facts.income,
        ...countDependants(known.facts.dependants),
        determinedOn: known.facts.determinedOn,
      }
    : undefined;

/** 税情報 of people of a case, of the year that counts; nobody's for who may not see it. */
export async function taxesOf(
  work: Work,
  found: CaseRow,
  personNumbers: readonly string[],
): Promise<ReadonlyMap<string, KnownIncome>> {
  const where = { program: found.program, office: found.officeCode };
  if (personNumbers.length === 0 || !holds(work.actor, "person.read-tax", where)) return new Map();
  const { year } = await ordinanceOf(work, found);
  return incomesOf(work, personNumbers, year);
}

/** Confirms the keyed incomes, by somebody else than who keyed them: the database sees to it. */
export async function confirmIncomes(work: Work, { found }: Step): Promise<EventDetail> {
  await work.sql`select single_parent.confirm_incomes(${found.id})`;
  return {};
}
