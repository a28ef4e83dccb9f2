import { highCostClaim, highCostMandate } from "#forms/index.ts";
import type { ProgramLetters } from "#src/platform/letters/index.ts";
import type { MenuItem } from "#src/platform/program.ts";
import type { ProgramScreens } from "../screens.ts";
import { byHandScreens } from "./by-hand.tsx";
import { claimListScreens } from "./claim-list.tsx";
import { claimScreens } from "./claim-steps.ts";
import { entryListScreens } from "./entry-list.tsx";
import { entryScreens } from "./entry-steps.ts";
import { heldOfHighCost } from "./held.ts";
import { highCostPanels } from "./person-panel.tsx";
import { searchListScreens } from "./search-list.tsx";
import { searchScreens } from "./search-page.tsx";
import { highCostsOf } from "./set.ts";
import { timelineOfHighCost } from "./timeline.ts";
import { highCostItems } from "./work-items.ts";

/** A 事務 that pays patients' shares in kind: its screens with the 高額療養費 that belongs to the city beside them. */
export function withHighCost(letters: ProgramLetters, screens: ProgramScreens): ProgramScreens {
  const of = highCostsOf({ program: screens.id, title: screens.title, letters });
  const { paths } = of;
  const menu: MenuItem[] = [
    { title: "高額療養費の請求", path: paths.entries, right: "high-cost.read" },
  ];
  const routes = [
    ...entryListScreens(of),
    ...entryScreens(of),
    ...searchListScreens(of),
    ...searchScreens(of),
    ...byHandScreens(of),
    ...claimListScreens(of),
    ...claimScreens(of),
  ].map((route) => ({ handbook: "20-high-cost", ...route }));
  return {
    ...screens,
    ...(screens.papers && {
      papers: {
        ...screens.papers,
        forms: [...screens.papers.forms, highCostMandate, highCostClaim],
      },
    }),
    menu: [...screens.menu, ...menu],
    routes: [...screens.routes, ...routes],
    workItems: [...(screens.workItems ?? []), ...highCostItems(of)],
    timeline: [...(screens.timeline ?? []), ...timelineOfHighCost(of)],
    held: async (work, request) => [
      ...((await screens.held?.(work, request)) ?? []),
      ...(await heldOfHighCost(work, request, of)),
    ],
    personPanels: async (work, person) => [
      ...((await screens.personPanels?.(work, person)) ?? []),
      ...(await highCostPanels(work, person, of)),
    ],
  };
}
