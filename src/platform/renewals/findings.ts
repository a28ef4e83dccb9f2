import { inArray } from "drizzle-orm";
import { income } from "#db/schema/renewals.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { joinEntry } from "../applications/index.ts";
import { dataOfCases } from "../entitlements/index.ts";
import { determinedIncome, type Income } from "../intake/index.ts";
import { incomesOf, lookAtPeople, neededAmong, type Person } from "../people/index.ts";
import { getSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import type { AnswerRow } from "./answers.ts";
import type { RenewalKind } from "./kind.ts";
import type { SeasonRow } from "./seasons.ts";

/** Somebody whose income counts, and how it stands against the limit. */
export interface RenewedIncome {
  personNumber: string;
  name: string;
  role: string;
  /** Where it comes from; nothing where it is not known. */
  source?: "tax-feed" | "keyed";
  confirmed: boolean;
  assessed?: number;
  limit?: number;
  within?: boolean;
}

/** What the judgement of one answer comes to. */
export interface Judged<Entered> {
  /** Codes of what a person has to look at; none where all is clear. */
  findings: string[];
  incomes: RenewedIncome[];
  basis: readonly string[];
  entered: Entered | undefined;
  people: ReadonlyMap<string, Person>;
}

/**
 * Judges answers, without changing anything: incomes of the year against the limits of the new year, papers, reports of change, and what the 事務
 * compares with the register. What the database can know of it, it holds to by itself (`renewals.hindered`). Everything is asked for once for all of them; each look is logged.
 */
export async function findingsOf<Entered>(
  work: Work,
  kind: RenewalKind<Entered>,
  season: SeasonRow,
  answers: readonly AnswerRow[],
): Promise<Map<string, Judged<Entered>>> {
  const { application } = kind;
  const on = season.startsOn as IsoDate;
  const caseIds = answers.map(({ caseId }) => caseId);
  const pieces = await dataOfCases(work, { caseIds, on });
  const enteredOf = new Map(
    answers.flatMap((one) => {
      const own = pieces.get(one.caseId);
      return own?.length ? [[one.id, joinEntry(application, own, one.personNumber)] as const] : [];
    }),
  );
  const members = new Map(
    answers.map(({ id, caseId, personNumber }) => [
      id,
      [...new Set([personNumber, ...(pieces.get(caseId) ?? []).map((one) => one.personNumber)])],
    ]),
  );
  const all = [...new Set([...members.values()].flat())];
  const looked = await lookAtPeople(work, all, ["facts", "name", "address"]);
  const people = new Map(looked.map((person) => [person.personNumber, person]));
  const households = await householdsOf(
    work,
    answers.map(({ personNumber }) => personNumber),
  );
  const finder = await kind.finder(work, on);
  const incomes = await judgedIncomes(work, kind, season, { answers, enteredOf, on });
  const open = await withOpenChanges(work, caseIds);
  return new Map(
    answers.map((one) => {
      const entered = enteredOf.get(one.id);
      const judged = incomes.get(one.id);
      const own = judged?.people ?? [];
      const findings = [
        ...(one.changes === "reported" ? ["changes-reported"] : []),
        ...(open.has(one.caseId) ? ["change-open"] : []),
        ...(one.missing.length > 0 ? ["documents-missing"] : []),
        ...(isResident(people.get(one.personNumber)) ? [] : ["not-resident"]),
        ...(entered === undefined
          ? ["no-data"]
          : finder({
              personNumber: one.personNumber,
              entered,
              people,
              household: households.get(one.personNumber) ?? [],
            })),
        ...(own.some(({ source }) => source === undefined) ? ["income-missing"] : []),
        ...(own.some(({ source, confirmed }) => source && !confirmed)
          ? ["income-unconfirmed"]
          : []),
        ...(own.some((income) => income.within === false) ? ["over-limit"] : []),
      ];
      return [one.id, { findings, incomes: own, basis: judged?.basis ?? [], entered, people }];
    }),
  );
}

const isResident = (person: Person | undefined) =>
  person !== undefined && person.residence.to === undefined && person.diedOn === undefined;

async function householdsOf(
  work: Work,
  personNumbers: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await work.sql<{ of: string; personNumber: string }[]>`
    select of_person as of, person_number as "personNumber" from vault.households_of(${[...personNumbers]}::text[])`;
  return new Map(
    [...Map.groupBy(rows, ({ of }) => of)].map(([of, own]) => [
      of,
      own.map(({ personNumber }) => personNumber),
    ]),
  );
}

/** Applications of which a report of change is under way. */
async function withOpenChanges(work: Work, caseIds: readonly string[]): Promise<Set<string>> {
  const rows = await work.sql<{ id: string }[]>`
    select distinct h.granting_case_id as id from entitlements.change h join cases.case c on c.id = h.case_id
      join cases.machine_state s on s.kind = c.kind and s.version = c.machine_version and s.state = c.state
     where s.open and h.granting_case_id = any(${[...caseIds]}::uuid[])`;
  return new Set(rows.map(({ id }) => id));
}

/** The incomes of the year of the season, against the limits that hold on its first day, by answer. */
async function judgedIncomes<Entered>(
  work: Work,
  { application, incomeTest }: RenewalKind<Entered>,
  { incomeYear }: SeasonRow,
  of: {
    answers: readonly AnswerRow[];
    enteredOf: ReadonlyMap<string, Entered>;
    on: IsoDate;
  },
): Promise<Map<string, { people: RenewedIncome[]; basis: readonly string[] }>> {
  if (incomeYear === null || !incomeTest) return new Map();
  const test = await incomeTest(work, of.on);
  const tests = new Map(
    of.answers.flatMap((one) => {
      const entered = of.enteredOf.get(one.id);
      return entered === undefined
        ? []
        : [[one.id, test({ personNumber: one.personNumber, entered })] as const];
    }),
  );
  const counted = [...tests.values()].flatMap((one) =>
    one.counted.map(({ personNumber }) => personNumber),
  );
  const keyed = await keyedIncomes(
    work,
    of.answers.map(({ id }) => id),
    incomeYear,
  );
  const needed = await neededAmong(work, "tax", [...new Set(counted)], application.program);
  const told = needed.size > 0 ? await incomesOf(work, [...needed], incomeYear) : new Map();
  return new Map(
    [...tests].map(([id, { counted: people, judge }]) => {
      const known = new Map(
        people.flatMap(({ personNumber }) => {
          const own = keyed.get(`${id} ${personNumber}`);
          const determined = determinedIncome(told.get(personNumber)?.facts);
          const one =
            own ??
            (determined && { income: determined, source: "tax-feed" as const, confirmed: true });
          return one ? [[personNumber, one] as const] : [];
        }),
      );
      const { results, basis } = judge(
        new Map([...known].map(([personNumber, { income: value }]) => [personNumber, value])),
      );
      return [
        id,
        {
          basis,
          people: people.map(({ personNumber, name, role }): RenewedIncome => {
            const one = known.get(personNumber);
            const result = results.get(personNumber);
            return {
              personNumber,
              name,
              role,
              confirmed: one?.confirmed ?? false,
              ...(one && { source: one.source }),
              ...(result && {
                assessed: result.assessed,
                limit: result.limit,
                within: result.within,
              }),
            };
          }),
        },
      ];
    }),
  );
}

/** What was keyed for answers, by answer and person: the newest, where that is no copy of what the tax office told. */
async function keyedIncomes(work: Work, answerIds: readonly string[], year: number) {
  if (answerIds.length === 0) return new Map<string, never>();
  const rows = await work.tx
    .select()
    .from(income)
    .where(inArray(income.answerId, [...answerIds]))
    .orderBy(income.id);
  const newest = new Map(
    rows
      .filter(({ incomeYear }) => incomeYear === year)
      .map((row) => [`${row.answerId} ${row.personNumber}`, row]),
  );
  const keyed = [...newest].filter(([, { source }]) => source === "keyed");
  const opened = await getSealed(
    work,
    keyed.map(([, { sealedId }]) => sealedId),
  );
  const dataOf = new Map(opened.map(({ id, data }) => [id, data as Income]));
  return new Map(
    keyed.flatMap(([key, { sealedId, confirmedBy }]) => {
      const value = dataOf.get(sealedId);
      return value
        ? [[key, { income: value, source: "keyed" as const, confirmed: confirmedBy !== null }]]
        : [];
    }),
  );
}
