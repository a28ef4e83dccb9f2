import { z } from "zod";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import type { SettablePart } from "#workflows/parameters/preset-area.ts";
import { choiceSchema, choicesField, optional } from "#workflows/rules/rule.ts";
import { type ChangeSubjectCode, changeSubjects } from "./change-subjects.ts";

/** What a city has settled about the contents of the benefit (給付区分, 児童重度障害医療, 遠隔地証). */
export interface BenefitPlan {
  /** 給付区分 by code. */
  readonly classes: Readonly<Record<string, string>>;
  /** Reports that take effect by a decision, of those for which the city sets so. */
  readonly decided: readonly ChangeSubjectCode[];
}

/** 給付区分 that the program knows; a city has some of them. */
export const benefitClasses = { ordinary: "通常", "other-first": "他の医療費助成を優先" } as const;
type BenefitClass = keyof typeof benefitClasses;

const ofCity = Object.fromEntries(
  Object.entries(changeSubjects).flatMap(([code, { title, decision }]) =>
    decision === "city" ? [[code, title]] : [],
  ),
) as Readonly<Record<string, string>>;

interface EnteredPlan {
  readonly classes: readonly BenefitClass[];
  readonly decided: readonly string[];
}
const CLASSES = "給付区分を1つ以上選んでください。";

/** 給付区分 of the city and the reports it decides on. */
export const benefitPlan: CityParameter<EnteredPlan> = {
  key: "single-parent-medical.benefits",
  title: "ひとり親家庭等医療費助成 給付区分と決裁の要る届出",
  hint: "届出を受け付けた日に有効な値で、選べる給付区分と、決裁してから効力の生じる届出が決まります。",
  fields: {
    classes: choicesField("給付区分", benefitClasses, ["ordinary", "other-first"]),
    decided: optional(
      choicesField("決裁の要る届出", ofCity, ["benefit-class", "severe-disability"]),
    ),
  },
  schema: z.object({
    classes: z.array(choiceSchema(benefitClasses)).min(1, { error: CLASSES }),
    decided: z.array(choiceSchema(ofCity)).default([]),
  }),
};

const named = ({ classes, decided }: EnteredPlan): BenefitPlan => ({
  classes: Object.fromEntries(classes.map((code) => [code, benefitClasses[code]])),
  decided: decided as readonly ChangeSubjectCode[],
});

/** How what is set on the screen goes before the rows of the preset. */
export const settableBenefits: SettablePart<DatedParameter<BenefitPlan>> = {
  parameter: benefitPlan,
  rowsOf: (plan) => ({
    ...plan,
    rows: plan.rows.map((row) => ({
      ...row,
      value: { classes: Object.keys(row.value.classes), decided: row.value.decided },
    })),
  }),
  withRows: (plan, set: DatedParameter<EnteredPlan>) => ({
    name: plan.name,
    rows: set.rows.map((row) => ({ ...row, value: named(row.value) })),
  }),
};
