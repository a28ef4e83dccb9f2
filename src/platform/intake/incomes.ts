import { isDeepStrictEqual } from "node:util";
import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { income } from "#db/schema/intake.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { wholeSchema } from "#workflows/rules/rule.ts";
import { countDependants, type TaxedIncome } from "#workflows/taxes/income.ts";
import { taxedIncomeFields } from "#workflows/taxes/income-schema.ts";
import { holds } from "../access/index.ts";
import type { CaseRow, EventDetail, Step } from "../cases/index.ts";
import { incomesOf, incomeToken, type KnownIncome, type TaxFacts } from "../people/index.ts";
import { EntryProblem } from "../problem.ts";
import { getSealed, putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import { parse } from "./errors.ts";

/** An income of a year as it is sealed: what the tax office determined, or what was keyed from a paper. */
export interface Income {
  items: TaxedIncome;
  /** 扶養親族等, and of them those from 70 on and those of 16 to 22. */
  dependants: number;
  elderlyDependants: number;
  studentDependants: number;
  /** 更正日 of what the tax office determined. */
  determinedOn?: IsoDate;
}

/** That an income was recorded: whose and from where, without the amounts. */
export type IncomeRow = typeof income.$inferSelect;

/** Whose income of which year counts in a case. */
export interface IncomesAsked {
  year: number;
  personNumbers: readonly string[];
}

const people = wholeSchema(0, 30);
const keyedSchema = z
  .strictObject({
    source: z.literal("keyed"),
    personNumber: z.string(),
    items: z.strictObject(taxedIncomeFields),
    dependants: people,
    elderlyDependants: people,
    studentDependants: people,
  })
  .refine((one) => one.elderlyDependants + one.studentDependants <= one.dependants, {
    path: ["dependants"],
    message: "内訳の人数が、扶養親族等の数を超えています。",
  });

/** What is recorded of each person whose income counts; of some nothing for now. */
export const incomesSchema = z.strictObject({
  people: z
    .array(
      z.discriminatedUnion("source", [
        z.strictObject({ source: z.literal("tax-feed"), personNumber: z.string() }),
        keyedSchema,
        z.object({ source: z.literal("none") }),
      ]),
    )
    .transform((rows) => rows.filter((row) => row.source !== "none")),
});

/** What the tax office determined; nothing for a year that was not declared. */
export const determinedIncome = (facts: TaxFacts | undefined): Income | undefined =>
  facts && facts.assessment !== "undeclared"
    ? {
        items: facts.income,
        ...countDependants(facts.dependants),
        determinedOn: facts.determinedOn,
      }
    : undefined;

/** Whether two incomes come to the same, whenever each was determined. */
export const isSameIncome = (a: Income, b: Income): boolean =>
  isDeepStrictEqual(figuresOf(a), figuresOf(b));

const figuresOf = ({ determinedOn: _, items, ...dependants }: Income) => ({
  ...dependants,
  ...items,
  deductions: Object.entries(items.deductions)
    .filter(([, amount]) => amount !== 0)
    .toSorted(),
});

/** 税情報 of people of a case; of nobody for who may not see it. */
export async function taxesOf(
  work: Work,
  found: CaseRow,
  { year, personNumbers }: IncomesAsked,
): Promise<ReadonlyMap<string, KnownIncome>> {
  const where = { program: found.program, office: found.officeCode };
  if (personNumbers.length === 0 || !holds(work.actor, "person.read-tax", where)) return new Map();
  return incomesOf(work, personNumbers, year);
}

/**
 * Records incomes, each sealed with the key of its person; made by a step of the act `incomes`.
 *
 * @throws EntryProblem for somebody whose income does not count, or of whom the tax office knows nothing
 */
export async function recordIncomes(
  work: Work,
  { found, input }: Step,
  asked: IncomesAsked,
): Promise<EventDetail> {
  const given = parse(incomesSchema, input).people;
  if (given.length === 0) throw new EntryProblem("people", "記録する所得を選んでください。");
  if (!given.every(({ personNumber }) => asked.personNumbers.includes(personNumber)))
    throw new EntryProblem("people", "所得を見る方ではない方が含まれています。");
  const fromOffice = given.flatMap(({ source, personNumber }) =>
    source === "tax-feed" ? [personNumber] : [],
  );
  const told = await taxesOf(work, found, { ...asked, personNumbers: fromOffice });
  for (const one of given) {
    const { source, personNumber: holder, ...data } = one;
    const { program, id: caseId } = found;
    if (source === "tax-feed") {
      if (!determinedIncome(told.get(holder)?.facts))
        throw new EntryProblem(
          "people",
          "税情報に所得のない方がいます。入力するか照会してください。",
        );
      // The database takes it over itself, so that nobody can call something else the tax office's.
      const token = incomeToken(work.platform.keys, holder, asked.year);
      await work.sql`select intake.record_determined(${caseId}, ${holder}, ${asked.year}, ${token}::bigint)`;
      continue;
    }
    const sealedId = await putSealed(work, { holder, program, kind: "income", caseId, data });
    await work.sql`
      insert into intake.income (case_id, person_number, income_year, source, sealed_id)
      values (${caseId}, ${holder}, ${asked.year}, ${source}, ${sealedId})`;
  }
  return { year: asked.year, sources: given.map(({ source }) => source) };
}

/** Confirms the keyed incomes that wait: by somebody else than who keyed them, the database sees to it. */
export async function confirmIncomes(work: Work, { found }: Step): Promise<EventDetail> {
  await work.sql`select intake.confirm_incomes(${found.id})`;
  return {};
}

/**
 * The income of a year of each person that holds, unopened: the newest.
 *
 * @param at the revision of the case at which it was the newest; the present one if not given
 */
export async function incomeRows(
  work: Work,
  caseId: string,
  year: number,
  at?: number,
): Promise<ReadonlyMap<string, IncomeRow>> {
  const then =
    at === undefined
      ? undefined
      : sql`${income.recordedAt} <= (select e.recorded_at from cases.event e
              where e.case_id = ${caseId} and e.revision <= ${at} order by e.revision desc limit 1)`;
  const rows = await work.tx
    .select()
    .from(income)
    .where(and(eq(income.caseId, caseId), then))
    .orderBy(asc(income.id));
  return new Map(
    rows.filter((row) => row.incomeYear === year).map((row) => [row.personNumber, row]),
  );
}

/**
 * Opens recorded incomes, by person; each look is logged. Of what the tax office told of another year than the row says, or
 * did not determine, there is none.
 */
export async function openIncomes(
  work: Work,
  rows: Iterable<IncomeRow>,
): Promise<ReadonlyMap<string, Income>> {
  const yearOf = new Map([...rows].map(({ sealedId, incomeYear }) => [sealedId, incomeYear]));
  const opened = await getSealed(work, [...yearOf.keys()]);
  return new Map(
    opened.flatMap(({ id, holder, data, feedKind }) => {
      const facts = feedKind === null ? undefined : (data as TaxFacts);
      const told = facts?.incomeYear === yearOf.get(id) ? determinedIncome(facts) : undefined;
      const income = facts ? told : (data as Income);
      return income ? [[holder, income] as const] : [];
    }),
  );
}
