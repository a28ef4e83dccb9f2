import { approvalNotice, lossNotice, rejectionNotice, revocationNotice } from "#forms/index.ts";
import { type PaperVersion, paperVersion, settingInForce } from "#src/platform/printing/index.ts";
import type { Work } from "#src/platform/work.ts";
import { childMedicalPapers } from "./city.ts";

/** The letter that a decision sends, by what is decided on. */
const letters = {
  grant: approvalNotice,
  rejection: rejectionNotice,
  revocation: revocationNotice,
  loss: lossNotice,
} as const;

/** With what the letter of a decision would be printed now. */
export async function paperOfDecision(work: Work, subject: string): Promise<PaperVersion> {
  const letter = letters[subject as keyof typeof letters];
  return paperVersion(letter, await settingInForce(work, childMedicalPapers.program));
}
