import { lookAtHousehold } from "#src/platform/people/index.ts";
import { childMedical, prefilledGuardian } from "#src/programs/child-medical/index.ts";
import type { PlayedKind } from "./counter.ts";

/** こども医療費助成 as it is played. */
export const playedChildMedical: PlayedKind = {
  kind: childMedical,
  documents: (proof) => ({ "insurance-proof": proof, "account-proof": "not-needed" }),
  async invent(work, personNumber) {
    const register = await lookAtHousehold(work, personNumber);
    const guardian = { ...prefilledGuardian(register), telephone: "096-000-0001" };
    return {
      reason: "other",
      guardian,
      agent: null,
      insurance: {
        insurerNumber: "01430016",
        insurerName: "全国健康保険協会　熊本支部",
        kind: "kyokai",
        symbol: "12345678",
        number: "101",
        branchNumber: "02",
        insuredName: guardian.name,
        relation: "dependant",
        since: register.subject.birthDate,
      },
      account: null,
      mailing: null,
      welfare: false,
    };
  },
};
