import type { MenuItem } from "#src/platform/program.ts";
import type { AnyRoute } from "../route.ts";
import { statisticsPages } from "./page.tsx";
import { statisticsPath } from "./paths.ts";
import type { Statistics } from "./sheet.ts";

export { ageGroups, ageUnknown, bandTitle } from "./ages.ts";
export { type Group, tableByGroup } from "./by-group.ts";
export { tableByPart } from "./by-part.ts";
export { statisticsCopies } from "./copy-source.tsx";
export type { Asked, FigureTable, Sheet, Statistics } from "./sheet.ts";
export { caseSheets } from "./sheets/case-sheets.ts";
export { entitledMonthsSheet } from "./sheets/entitled-months-sheet.ts";
export { type EntitledGroups, entitledSheet } from "./sheets/entitled-sheet.ts";
export { mailingSheet } from "./sheets/mailing-sheet.ts";
export { openSheet } from "./sheets/open-sheet.ts";

/** 統計 of a 事務: menu and routes. Copies go through `statisticsCopies` in its `copyScreens`. */
export const statisticsScreens = (
  of: Statistics,
): { menu: readonly MenuItem[]; routes: readonly AnyRoute[] } => ({
  menu: [{ title: "統計", path: statisticsPath(of.program), right: "statistics.read" }],
  routes: statisticsPages(of),
});
