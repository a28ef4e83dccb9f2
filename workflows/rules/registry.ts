import { childMedicalRules } from "#workflows/child-medical/rules.ts";
import { dateRules } from "#workflows/dates/rules.ts";
import { intractableRules } from "#workflows/intractable-disease/rules.ts";
import { careRules } from "#workflows/long-term-care/rules-benefits.ts";
import { premiumRules } from "#workflows/long-term-care/rules-premium.ts";
import { mailRules } from "#workflows/mail/rules.ts";
import { medicalRules } from "#workflows/medical/rules.ts";
import { numberRules } from "#workflows/numbers/rules.ts";
import { singleParentRules } from "#workflows/single-parent-medical/rules.ts";
import { vaccinationRules } from "#workflows/vaccination/rules.ts";
import { reliefRules } from "#workflows/vaccination/rules-relief.ts";
import type { Rule } from "./rule.ts";

/** Every rule, in the order in which they are listed. */
export const rules: readonly Rule[] = [
  ...dateRules,
  ...numberRules,
  ...mailRules,
  ...vaccinationRules,
  ...childMedicalRules,
  ...singleParentRules,
  ...medicalRules,
  ...intractableRules,
  ...premiumRules,
  ...careRules,
  ...reliefRules,
];

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** The rule of an id, if there is one. */
export function findRule(id: string): Rule | undefined {
  return byId.get(id);
}
