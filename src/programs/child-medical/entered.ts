import { z } from "zod";
import {
  accountPart,
  agentPart,
  applicantPart,
  insurancePart,
  mailingPart,
  registeredAddress,
  registeredName,
} from "#src/platform/entry-parts/index.ts";
import { codesOf } from "#src/platform/intake/index.ts";
import type { HouseholdView, Person } from "#src/platform/people/index.ts";

export const relationTitles = {
  father: "父",
  mother: "母",
  guardian: "後見人",
  other: "その他の養育者",
} as const;

export const applicationReasonTitles = {
  birth: "出生",
  "move-in": "転入",
  insurance: "保険加入",
  other: "その他",
} as const;

export const guardianPart = applicantPart("guardian", "保護者", relationTitles);

/** What is applied for, as it is sealed. Items that are not listed are refused (ACQ-3). */
export const enteredSchema = z.strictObject({
  reason: z.enum(codesOf(applicationReasonTitles), "申請事由を選んでください。"),
  guardian: guardianPart.schema,
  agent: agentPart.schema.nullable(),
  insurance: insurancePart.schema,
  account: accountPart.schema.nullable(),
  /** 送付先, where letters do not go to the guardian's address. */
  mailing: mailingPart.schema.nullable(),
  /** 生活保護を受けている. */
  welfare: z.boolean(),
});
export type Entered = z.infer<typeof enteredSchema>;

/** What a member of the household is to the child, as far as the register tells. */
export const suggestedRelation = ({ sex }: Pick<Person, "sex">): Entered["guardian"]["relation"] =>
  sex === "female" ? "mother" : "father";

/** What the register already knows is never typed again. */
export function prefilledGuardian({ adult }: HouseholdView): Entered["guardian"] {
  return {
    ...registeredName(adult),
    relation: adult ? suggestedRelation(adult) : "father",
    ...registeredAddress(adult),
    telephone: "",
  };
}
