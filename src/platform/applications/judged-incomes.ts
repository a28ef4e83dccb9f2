import type { CaseRow, MemberRole } from "../cases/index.ts";
import {
  determinedIncome,
  type Income,
  type IncomeRow,
  incomeRows,
  isSameIncome,
  openIncomes,
  taxesOf,
} from "../intake/index.ts";
import { neededAmong } from "../people/index.ts";
import type { Work } from "../work.ts";
import { looksAt } from "./facts.ts";
import type { ApplicationKind, IncomeJudgement } from "./kind.ts";

/** Somebody whose income counts, what is recorded of it, and how it stands against the limit. */
export interface JudgedIncome {
  personNumber: string;
  name: string;
  role: MemberRole;
  row: IncomeRow | undefined;
  income: Income | undefined;
  result: IncomeJudgement | undefined;
  /** What the tax office tells otherwise than it was recorded (更正), and how that would stand. */
  corrected?: { income: Income; result: IncomeJudgement | undefined };
}

/** The incomes of a year against their limits, with the legal basis. */
export interface JudgedIncomes {
  year: number;
  people: JudgedIncome[];
  basis: readonly string[];
}

/**
 * The incomes that an application rests on as they were recorded, judged by the 事務; opened, and that is logged. For
 * who examines or decides the tax office is asked besides whether it tells otherwise by now.
 */
export async function judgeIncomes<Entered>(
  work: Work,
  { incomes }: Pick<ApplicationKind<Entered>, "incomes">,
  found: CaseRow,
  entered: Entered,
  options: { withCorrections?: boolean } = {},
): Promise<JudgedIncomes | undefined> {
  if (!incomes) return undefined;
  const year = await incomes.year(work, found);
  const { counted, judge } = await incomes.test(work, found, entered);
  const rows = await incomeRows(work, found.id, year);
  const recorded = await openIncomes(
    work,
    counted.flatMap(({ personNumber }) => rows.get(personNumber) ?? []),
  );
  const { results, basis } = judge(recorded);
  const corrections = options.withCorrections
    ? await correctionsOf(work, found, year, recorded)
    : new Map<string, Income>();
  const again = judge(new Map([...recorded, ...corrections])).results;
  const people = counted.map(({ personNumber, ...one }): JudgedIncome => {
    const income = corrections.get(personNumber);
    return {
      personNumber,
      ...one,
      row: rows.get(personNumber),
      income: recorded.get(personNumber),
      result: results.get(personNumber),
      ...(income && { corrected: { income, result: again.get(personNumber) } }),
    };
  });
  return { year, people, basis };
}

/** What the tax office tells otherwise than it was recorded, by person, for as long as a step looks at the incomes. */
async function correctionsOf(
  work: Work,
  found: CaseRow,
  year: number,
  recorded: ReadonlyMap<string, Income>,
): Promise<ReadonlyMap<string, Income>> {
  if (!looksAt(found, ["incomeKnown"])) return new Map();
  const needed = await neededAmong(work, "tax", [...recorded.keys()], found.program);
  const told = await taxesOf(work, found, { year, personNumbers: [...needed] });
  return new Map(
    [...told].flatMap(([personNumber, known]) => {
      const now = determinedIncome(known.facts);
      const before = recorded.get(personNumber);
      return now && before && !isSameIncome(now, before) ? [[personNumber, now] as const] : [];
    }),
  );
}
