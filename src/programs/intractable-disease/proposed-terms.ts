import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import { proposedTerms } from "#db/schema/intractable-disease.ts";
import type { Granting } from "#src/platform/applications/index.ts";
import { type CaseRow, latestApproval, type Step } from "#src/platform/cases/index.ts";
import { presetOf } from "#src/platform/city/index.ts";
import { conflict } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { payerNumberOn } from "#workflows/intractable-disease/payer-number.ts";
import { payerArea } from "#workflows/intractable-disease/presets.ts";
import type { InsuranceKind } from "#workflows/medical/insurers.ts";
import { capOn } from "./cap.ts";
import type { Entered } from "./entered.ts";
import { grantingOf } from "./granting.ts";

/** 被用者保険. */
const employeeInsurances: ReadonlySet<InsuranceKind> = new Set(["association", "kyokai", "mutual"]);

type ProposedRow = typeof proposedTerms.$inferSelect;
/** Terms as they would be proposed now. */
export type NewTerms = Omit<ProposedRow, "caseId" | "revision" | "validFrom"> & {
  validFrom: IsoDate;
};

/**
 * The terms that follow from what is entered, from a day on.
 *
 * @param on the day by which tier and cap are judged
 * @throws Problem 409 where the cap does not follow from what is known
 */
export async function termsFrom(
  work: Work,
  entered: Entered,
  { on, from }: { on: IsoDate; from: IsoDate },
): Promise<NewTerms> {
  const cap = await capOn(work, on, entered);
  if (!cap.known) throw conflict("自己負担上限月額が決まりません。", [cap.reason]);
  const { payerNumber } = payerNumberOn(await presetOf(work, payerArea, from), from, {
    tier: cap.tier,
    employeeInsurance: employeeInsurances.has(entered.insurance.kind),
  });
  const granted = entered.records.filter(({ denied }) => !denied);
  const { welfarePrevention } = entered;
  return {
    validFrom: from,
    tier: cap.tier,
    tierBefore: welfarePrevention ? cap.tierBefore : null,
    mealExempt: welfarePrevention?.mealExempt ?? false,
    fullCap: cap.fullCap,
    cap: cap.cap,
    apportioned: cap.apportioned,
    longHighCost: entered.longHighCost,
    ventilator: entered.ventilator,
    mildHighCost: entered.mildHighCost,
    incomeUnconfirmed: entered.incomeUnconfirmed,
    taxYear: cap.taxYear,
    limitCategory: entered.limitCategory === "" ? null : entered.limitCategory,
    payerNumber,
    diseases: granted
      .toSorted((a, b) => Number(b.main) - Number(a.main) || a.disease - b.disease)
      .map(({ disease }) => disease),
  };
}

/** Says with a proposal which terms it is about. */
export async function proposeTerms(work: Work, { found }: Step, terms: NewTerms): Promise<void> {
  await work.sql`
    insert into intractable_disease.proposed_terms (case_id, valid_from, tier, tier_before, meal_exempt, full_cap, cap, apportioned, long_high_cost,
      ventilator, mild_high_cost, income_unconfirmed, tax_year, limit_category, payer_number, diseases)
    values (${found.id}, ${terms.validFrom}, ${terms.tier}, ${terms.tierBefore}, ${terms.mealExempt}, ${terms.fullCap}, ${terms.cap},
      ${terms.apportioned}, ${terms.longHighCost}, ${terms.ventilator}, ${terms.mildHighCost}, ${terms.incomeUnconfirmed}, ${terms.taxYear},
      ${terms.limitCategory}, ${terms.payerNumber}, ${terms.diseases}::smallint[])`;
}

/**
 * Puts the terms that were proposed into force, in the step that decides.
 *
 * @throws Problem 409 where the rules give others by now
 */
export async function setTermsAsProposed(
  work: Work,
  { found }: Step,
  now: NewTerms,
): Promise<void> {
  const decided = await latestApproval(work, found.id);
  const rows = await work.tx.select().from(proposedTerms).where(eq(proposedTerms.caseId, found.id));
  const row = rows.find(({ revision }) => revision === decided?.preparedRevision);
  if (!row) throw conflict("起案に、自己負担上限月額がありません。差し戻してください。");
  const { caseId: _, revision: __, ...proposed } = row;
  if (!isDeepStrictEqual(proposed, now))
    throw conflict("起案の後に、階層または自己負担上限月額が変わりました。差し戻してください。", [
      `起案のとき ${proposed.tier} ${proposed.cap}円、今 ${now.tier} ${now.cap}円です。`,
    ]);
  await work.sql`select intractable_disease.set_terms(${found.id})`;
}

/** The terms of an application, as its period begins. @throws Problem 409 where period or cap does not follow */
export async function termsOfApplication(
  work: Work,
  found: CaseRow,
  entered: Entered,
): Promise<NewTerms> {
  const granting: Granting = await grantingOf(work, found, entered);
  const [period] = granting.granted ? granting.periods : [];
  if (!period) throw conflict("有効期間が決まりません。");
  return termsFrom(work, entered, { on: found.receivedOn as IsoDate, from: period.from });
}

/** Beside the period of a grant: its terms. */
export async function proposeOfApplication(
  work: Work,
  step: Step,
  entered: Entered | undefined,
): Promise<void> {
  if (!entered) throw conflict("申請内容が入力されていません。");
  await proposeTerms(work, step, await termsOfApplication(work, step.found, entered));
}

export const grantTerms = async (
  work: Work,
  step: Step,
  { entered }: { entered: Entered },
): Promise<void> =>
  setTermsAsProposed(work, step, await termsOfApplication(work, step.found, entered));
