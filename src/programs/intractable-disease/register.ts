import type { Actor } from "#src/platform/access/index.ts";
import {
  goneSince,
  type LossFinder,
  openLossesFromRegister,
  proposeForChanged,
} from "#src/platform/applications/index.ts";
import { registeredAddress, registeredName } from "#src/platform/entry-parts/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";
import { intractable } from "./application.ts";
import { intractableChanges } from "./changes.ts";

/** 転出 and 死亡 end the entitlement from the register; no form is waited for. */
const lossesOf: LossFinder = (held) =>
  held.flatMap(({ entitled, live, person }) => {
    const left = live ? goneSince(person) : undefined;
    return left ? [{ of: entitled, subject: "loss", reason: left.why, on: left.on }] : [];
  });

/** Opens reports of loss for patients who left the city or died, as the resident feed tells. */
export const openLosses = (platform: Platform, system: Actor): Promise<number> =>
  openLossesFromRegister(platform, system, intractableChanges, lossesOf);

/** Proposes changes of name and address that the register tells, of patients who apply for themselves. */
export function openProposals(platform: Platform, system: Actor): Promise<number> {
  const { program } = intractable;
  const reason = "register-report";
  return runWork(platform, system, { purpose: "feed", program, reason }, (work) =>
    proposeForChanged(work, intractableChanges, ({ person, data, isSubject, renamed, moved }) => {
      const own = isSubject && data.applicant.relation === "self";
      if (!own || !(renamed || moved)) return [];
      const applicant = {
        ...data.applicant,
        ...registeredName(person),
        ...registeredAddress(person),
      };
      return [{ subject: renamed ? "name" : "address", input: { applicant } }];
    }),
  );
}
