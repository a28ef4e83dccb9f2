import { and, desc, eq } from "drizzle-orm";
import { insurance } from "#db/schema/high-cost.ts";
import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import { type HighCostCategory, highCostCategories } from "#workflows/medical/high-cost.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import { EntryProblem } from "../problem.ts";
import type { Work } from "../work.ts";

export type InsuranceRow = typeof insurance.$inferSelect;

/** By what a class or an insured person is known. */
export const insuranceEvidenceTitles = {
  inquiry: "保険者の回答",
  "limit-certificate": "限度額適用認定証",
  "decision-notice": "高額療養費の支給決定通知",
  "online-check": "オンライン資格確認",
} as const satisfies Record<InsuranceRow["evidence"], string>;

/** What was entered of the insurance of a person for a 事務, the newest first. */
export const insuranceOf = (
  work: Work,
  program: string,
  personNumber: string,
): Promise<InsuranceRow[]> =>
  work.tx
    .select()
    .from(insurance)
    .where(and(eq(insurance.program, program), eq(insurance.personNumber, personNumber)))
    .orderBy(desc(insurance.id));

/**
 * Enters what an insurer told: 適用区分, 多数回該当, the insured person. It counts from the next search on.
 *
 * @throws EntryProblem of `insurer`, `fromMonth`, `toMonth`, `category`
 */
export async function enterInsurance(
  work: Work,
  given: {
    program: string;
    personNumber: string;
    insurer: string;
    fromMonth: IsoMonth;
    toMonth: IsoMonth | null;
    category: HighCostCategory | null;
    multiple: boolean;
    insuredPerson: string | null;
    evidence: InsuranceRow["evidence"];
  },
): Promise<void> {
  const { valid, normalized } = checkNumber("insurer", given.insurer);
  if (!valid)
    throw new EntryProblem(
      "insurer",
      "保険者番号が正しくありません。桁数と検証番号を確かめてください。",
    );
  if (given.toMonth !== null && given.toMonth < given.fromMonth)
    throw new EntryProblem("toMonth", "終わりの月は、始まりの月以後にしてください。");
  if (given.category === null && given.insuredPerson === null)
    throw new EntryProblem("category", "適用区分か被保険者の、少なくとも一方を入力してください。");
  if (given.category !== null && !Object.hasOwn(highCostCategories, given.category))
    throw new EntryProblem("category", "適用区分を選んでください。");
  await work.sql`select high_cost.enter_insurance(${given.program}, ${given.personNumber}, ${normalized}, ${given.fromMonth}, ${given.toMonth},
    ${given.category}, ${given.multiple}, ${given.insuredPerson}, ${given.evidence})`;
}
