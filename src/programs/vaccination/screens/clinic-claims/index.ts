import type { AnyRoute } from "#src/web/route.ts";
import { clinicClaimScreens } from "./claim-steps.tsx";
import { clinicDecisionScreens } from "./decide.tsx";
import { clinicClaimEntryScreens } from "./enter.tsx";
import { clinicClaimListScreens } from "./list.tsx";
import { clinicClaimPaths } from "./paths.ts";

export { clinicClaimAuditWords } from "./audit-words.ts";
export { clinicClaimItems } from "./work-items.ts";

/** 委託料の請求; pages of one claim come last, since their address takes any id. */
export const clinicClaimRoutes: readonly AnyRoute[] = [
  ...clinicClaimListScreens,
  ...clinicClaimEntryScreens,
  ...clinicDecisionScreens,
  ...clinicClaimScreens,
];

export const clinicClaimMenu = [
  { title: "委託料の請求", path: clinicClaimPaths.list, right: "case.read" },
] as const;
