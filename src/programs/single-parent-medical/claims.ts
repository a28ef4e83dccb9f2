import { claims } from "#src/platform/claims/index.ts";
import { schemeArea } from "#workflows/single-parent-medical/presets.ts";
import { singleParent } from "./application.ts";

/** Refunds (償還払い) of ひとり親家庭等医療費助成. */
export const singleParentClaims = claims({
  program: singleParent.program,
  title: singleParent.title,
  scheme: schemeArea,
  application: singleParent,
});
