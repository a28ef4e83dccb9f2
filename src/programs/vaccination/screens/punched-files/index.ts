import type { AnyRoute } from "#src/web/route.ts";
import { fileActionScreens } from "./file-actions.ts";
import { fileListScreens } from "./file-list.tsx";
import { filePageScreens } from "./file-page.tsx";
import { handoverScreens } from "./handover-page.tsx";
import { handoverListScreens } from "./handovers.tsx";
import { rekeyingScreens } from "./rekeying.tsx";
import { rowScreens } from "./row-page.tsx";
import { punchedSettingScreens } from "./settings.tsx";

export { punchedAuditWords } from "./audit-words.ts";
export { punchedItemSources } from "./work-items.ts";

/** パンチデータ: orders of papers, files, rows, layouts and the key of the city. */
export const punchedRoutes: readonly AnyRoute[] = [
  ...fileListScreens,
  ...handoverListScreens,
  ...punchedSettingScreens,
  ...filePageScreens,
  ...fileActionScreens,
  ...rowScreens,
  ...rekeyingScreens,
  ...handoverScreens,
];
