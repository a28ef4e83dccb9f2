import { z } from "zod";
import { householdEntry } from "#src/platform/applications/index.ts";
import {
  accountPart,
  agentPart,
  applicantPart,
  insurancePart,
  isoDate,
  mailingPart,
  optionalText,
  personNumber,
  requiredText,
} from "#src/platform/entry-parts/index.ts";
import { codesOf } from "#src/platform/intake/index.ts";
import { wholeSchema } from "#workflows/rules/rule.ts";
import { type BenefitData, featureIn } from "./benefits.ts";
import { categoryTitles, personRelationTitles, relationTitles } from "./titles.ts";

export const applicant = applicantPart("applicant", "申請者", relationTitles);

const name = optionalText.default("");
const relation = z.enum(codesOf(personRelationTitles), "申請者から見た続柄を選んでください。");

/** 児童, with what prolongs the entitlement; the insurance may come later, as of a newborn. */
export const childSchema = z.strictObject({
  role: z.literal("child"),
  personNumber,
  name,
  relation,
  disabled: z.boolean(),
  pupil: z.boolean(),
  /** Lives elsewhere, as for school. */
  apart: z.boolean(),
  insurance: insurancePart.schema.nullable(),
});
const spouse = z.strictObject({ role: z.literal("spouse"), personNumber, name });
const supporter = z.strictObject({
  role: z.literal("supporter"),
  personNumber,
  name,
  relation,
});
/** A line of the form of somebody who has no part in the application; it is left out. */
const nobody = z.object({ role: z.literal("none") });

/** 制度該当区分, with the day on which it arose. */
export const categorySchema = z.strictObject({
  code: z.enum(codesOf(categoryTitles), "ひとり親等の事由を選んでください。"),
  since: isoDate("事由の生じた日"),
});
/** A grown-up whose income counts. */
export const adultSchema = z.strictObject({
  personNumber,
  role: z.enum(["spouse", "supporter"]),
  relation: relation.optional(),
});

/** What is applied for by a household. Items that are not listed are refused (ACQ-3). */
export const enteredSchema = z
  .strictObject({
    category: categorySchema,
    applicant: applicant.schema,
    agent: agentPart.schema.nullable(),
    insurance: insurancePart.schema,
    people: z
      .array(z.discriminatedUnion("role", [childSchema, spouse, supporter, nobody]))
      .transform((rows) => rows.filter((row) => row.role !== "none")),
    /** 養育費 received in the income year, as the applicant declares it; yen. */
    childSupport: wholeSchema(0),
    /** 児童扶養手当証書番号. */
    allowanceNumber: optionalText,
    pension: z.boolean(),
    account: accountPart.schema.nullable(),
    mailing: mailingPart.schema.nullable(),
    welfare: z.boolean(),
  })
  .superRefine(({ people }, context) => {
    const issue = (message: string) =>
      context.addIssue({ code: "custom", path: ["people"], message });
    if (!people.some(({ role }) => role === "child")) issue("対象の児童を1人以上選んでください。");
    if (people.filter(({ role }) => role === "spouse").length > 1)
      issue("配偶者は1人だけ選んでください。");
    if (new Set(people.map((one) => one.personNumber)).size < people.length)
      issue("同じ方が二度入力されています。");
  });

type Typed = z.infer<typeof enteredSchema>;
export type Child = z.infer<typeof childSchema> & BenefitData;
export type HouseholdPerson =
  | Child
  | (z.infer<typeof spouse> & BenefitData)
  | (z.infer<typeof supporter> & BenefitData);
/** The application, and what reports have set of the benefit of each person since. */
export type Entered = Omit<Typed, "people"> & BenefitData & { people: readonly HouseholdPerson[] };

export const childrenOf = ({ people }: Pick<Entered, "people">): Child[] =>
  people.filter((one) => one.role === "child");

/** Whoever is still of the household: not those who left it by a report. */
export const presentAmong = (people: readonly HouseholdPerson[]): HouseholdPerson[] =>
  people.filter((one) => featureIn(one, "household")?.applies !== false);

/** What the roles of the entry are called in the case. */
export const entry = householdEntry<Entered>({
  child: "beneficiary",
  spouse: "spouse",
  supporter: "supporter",
});

export const childName = z.strictObject({ name: requiredText("氏名") });
