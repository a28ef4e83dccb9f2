import { countOpenReturns, countUnsent, countWaitingRuns } from "#src/platform/mailings/index.ts";
import type { MenuItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import type { ProgramScreens } from "../screens.ts";
import { changeRunDates } from "./change-dates.ts";
import { contractorScreens } from "./contractors.tsx";
import { enclosingRoutes } from "./enclosing-steps.ts";
import { handOverScreens } from "./hand-overs.tsx";
import { heldScreens } from "./held-item.tsx";
import { orderScreens } from "./order-page.tsx";
import { packageRoute } from "./package-panel.tsx";
import { returnedEntryScreens } from "./returned-entry.tsx";
import { returnedOpenScreens, returnedPanels } from "./returned-open.tsx";
import { runItems } from "./run-items.tsx";
import { runList } from "./run-list.tsx";
import { runScreens } from "./run-page.tsx";
import { runSteps } from "./run-steps.ts";
import { type MailingSet, mailingsOf } from "./set.ts";
import { timelineOfMailings } from "./timeline.ts";
import { unsentScreens } from "./unsent.tsx";
import { waitingItems } from "./work-items.ts";

export { mailingPaths, type OrderPage } from "./set.ts";

/**
 * 一括発送, 授受簿 and 委託先 of a 事務: routes, menu, numbers beside the menu, and what waits. The runs of one 事務 are
 * not seen in another.
 */
export function mailingScreens(set: MailingSet): Required<
  Pick<ProgramScreens, "routes" | "menuCounts" | "workItems" | "personPanels" | "timeline">
> & {
  menu: readonly MenuItem[];
} {
  const of = mailingsOf(set);
  const { program, paths } = of;
  return {
    menu: [
      { title: "一括発送", path: paths.runs, right: "mailing.read", count: `${program}.runs` },
      {
        title: "見合わせた郵便物",
        path: paths.unsent,
        right: "mailing.prepare",
        count: `${program}.unsent`,
      },
      {
        title: "返戻郵便",
        path: paths.openReturns,
        right: "mailing.returned",
        count: `${program}.returned`,
      },
      { title: "授受簿", path: paths.handOvers, right: "mailing.read" },
      { title: "委託先", path: paths.contractors, right: "contractor.manage" },
    ],
    routes: [
      runList(of),
      ...orderScreens(of),
      ...runScreens(of),
      ...runSteps(of),
      changeRunDates(of),
      runItems(of),
      ...heldScreens(of),
      ...unsentScreens(of),
      ...returnedEntryScreens(of),
      ...returnedOpenScreens(of),
      packageRoute(of),
      ...enclosingRoutes(of),
      ...handOverScreens(of),
      ...contractorScreens(of),
    ],
    menuCounts: async (work) => ({
      [`${program}.runs`]: await countWaitingRuns(work),
      [`${program}.unsent`]: await countAllUnsent(work),
      [`${program}.returned`]: await countOpenReturns(work),
    }),
    workItems: [waitingItems(of)],
    timeline: timelineOfMailings(of),
    personPanels: (work, { personNumber }) => returnedPanels(work, personNumber, of),
  };
}

const countAllUnsent = async (work: Work): Promise<number> =>
  (await countUnsent(work)).values().reduce((sum, pieces) => sum + pieces, 0);
