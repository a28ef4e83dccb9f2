import {
  approvalNotice,
  changeNotice,
  childMedicalCertificate,
  lossNotice,
  missingDocumentsNotice,
  rejectionNotice,
  revocationNotice,
} from "#forms/index.ts";
import { cityOf, presetOf } from "#src/platform/city/index.ts";
import type { ProgramPapers } from "#src/platform/printing/index.ts";
import type { Work } from "#src/platform/work.ts";
import { schemeArea } from "#workflows/child-medical/presets.ts";
import { valueOn } from "#workflows/parameters/dated.ts";

/** The scheme, as papers name it. */
export const schemeTitle = "こども医療費助成";

/** What stands on every paper of the scheme that is made today. Raises a Problem (503) where the city has not registered it. */
export async function papersOf(work: Work) {
  const today = work.platform.clock.today();
  const { numberPrefix, appeal } = await cityOf(work);
  const { payerNumber, copayLines, basis } = await presetOf(work, schemeArea, today);
  return {
    numberPrefix: `${numberPrefix}こ医第`,
    certificatePrefix: `${numberPrefix}こ医証第`,
    basis,
    appeal,
    payerNumber: valueOn(payerNumber, today),
    copay: valueOn(copayLines, today),
  };
}

/** What the scheme prints. */
export const childMedicalPapers: ProgramPapers = {
  program: "child-medical",
  forms: [
    childMedicalCertificate,
    approvalNotice,
    rejectionNotice,
    missingDocumentsNotice,
    changeNotice,
    revocationNotice,
    lossNotice,
  ],
};
