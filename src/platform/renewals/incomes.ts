import type { Income } from "../intake/index.ts";
import { EntryProblem } from "../problem.ts";
import { refuseInWords } from "../refusals.ts";
import { putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import { readAnswer } from "./answers.ts";

const changed = "この現況届は、ほかの職員が先に進めました。";

/** An income keyed from a paper, sealed with the key of its person; another person confirms it. @throws EntryProblem, Problem 409 */
export async function keyRenewalIncome(
  work: Work,
  {
    id,
    seen,
    personNumber,
    income,
  }: { id: string; seen: number; personNumber: string; income: Income },
): Promise<void> {
  if (income.elderlyDependants + income.studentDependants > income.dependants)
    throw new EntryProblem("dependants", "内訳の人数が、扶養親族等の数を超えています。");
  const { answer } = await readAnswer(work, id);
  const sealed = await putSealed(work, {
    holder: personNumber,
    program: answer.program,
    kind: "income",
    caseId: answer.caseId,
    data: income,
  });
  await refuseInWords(
    work.sql`select renewals.key_income(${id}, ${seen}, ${personNumber}, ${sealed})`,
    changed,
  );
}

/**
 * Confirms the keyed incomes that wait, by somebody else than who keyed them.
 *
 * @param newest id of the newest income that was shown; another one that was keyed since has to be looked at first
 * @throws Problem 409 where none waits for this person, or another one came in
 */
export const confirmRenewalIncomes = (work: Work, id: string, newest: number | null) =>
  refuseInWords(
    work.sql`select renewals.confirm_incomes(${id}, ${newest})`,
    "確認を待っている所得がないか、自分が入力した所得か、新しく入力された所得があります。",
  );
