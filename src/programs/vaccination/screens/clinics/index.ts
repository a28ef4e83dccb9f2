import type { AnyRoute } from "#src/web/route.ts";
import { clinicAccountScreens } from "./accounts.tsx";
import { clinicBodyScreens } from "./bodies.tsx";
import { clinicEntryScreens } from "./entries.tsx";
import { clinicImportScreens } from "./imports.tsx";
import { clinicListScreens } from "./list.tsx";
import { clinicNamed } from "./named.ts";
import { clinicScreens } from "./page.tsx";
import { clinicPaths } from "./paths.ts";
import { clinicPriceScreens } from "./prices.tsx";
import { clinicWaitingScreens } from "./waiting.tsx";

export { clinicAuditWords } from "./audit-words.ts";
export { clinicHits } from "./number-hits.ts";
export { clinicItemsOfWork } from "./work-items.ts";

/** 医療機関台帳; pages of one clinic come last, since their address takes any number. */
export const clinicRoutes: readonly AnyRoute[] = [
  ...clinicListScreens,
  clinicNamed,
  ...clinicWaitingScreens,
  ...clinicBodyScreens,
  ...clinicPriceScreens,
  ...clinicImportScreens,
  ...clinicAccountScreens,
  ...clinicEntryScreens,
  ...clinicScreens,
];

export const clinicMenu = [
  { title: "医療機関台帳", path: clinicPaths.list, right: "case.read" },
] as const;
