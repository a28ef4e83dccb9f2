import { under } from "#src/platform/program.ts";
import type { ProgramScreens } from "#src/web/screens.ts";
import { heldOfRenewals } from "../../renewals/held.ts";
import { institutionNoticeScreens, institutionNoticesPath } from "../institution-notices.tsx";
import { auditWords } from "./audit-words.ts";
import { entryScreens } from "./entry.tsx";
import { invitedList } from "./list.tsx";
import { paths } from "./parts.tsx";
import { seasonListScreens } from "./season-list.tsx";
import { seasonScreens } from "./season-page.tsx";
import { renewalItems } from "./work-items.ts";

export { renewalOrders } from "./orders.tsx";

/** 更新 of 指定難病 and 医療機関通知 beside its other screens. */
export function withIntractableRenewals(screens: ProgramScreens): ProgramScreens {
  const routes = [
    ...seasonListScreens,
    ...entryScreens,
    invitedList,
    ...seasonScreens,
    ...institutionNoticeScreens,
  ];
  return {
    ...screens,
    menu: [
      ...screens.menu,
      ...under("更新・通知", [
        { title: "更新の受付", path: paths.entry, right: "case.enter" },
        { title: "更新", path: paths.seasons, right: "case.read" },
        { title: "医療機関通知", path: institutionNoticesPath, right: "certificate.issue" },
      ]),
    ],
    routes: [
      ...screens.routes,
      ...routes.map((route) => ({ handbook: "39-intractable-renewals", ...route })),
    ],
    auditWords: { ...screens.auditWords, ...auditWords },
    workItems: [...(screens.workItems ?? []), renewalItems],
    held: async (work, request) => [
      ...((await screens.held?.(work, request)) ?? []),
      ...(await heldOfRenewals(work, request)),
    ],
  };
}
