import { claims } from "#src/platform/claims/index.ts";
import { schemeArea } from "#workflows/child-medical/presets.ts";
import { childMedical } from "./application.ts";

/** Refunds (償還払い) of こども医療費助成. */
export const childMedicalClaims = claims({
  program: childMedical.program,
  title: childMedical.title,
  scheme: schemeArea,
  application: childMedical,
});
