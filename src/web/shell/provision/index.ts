import { holds } from "#src/platform/access/index.ts";
import type { WorkItem } from "#src/platform/program.ts";
import {
  countRequests,
  countToRelease,
  listRules,
  requestsToRelease,
} from "#src/platform/provision/index.ts";
import type { Work } from "#src/platform/work.ts";
import { fewItems, itemsOfKind } from "#src/platform/work-sources.ts";
import type { ScreenSet } from "../../screens.ts";
import { flagScreens, flagsTitle } from "./flags.tsx";
import { registerScreens, registerTitle } from "./register.tsx";
import { requestScreens, requestTitle } from "./request.tsx";
import { ruleMenu, ruleScreens } from "./rules.tsx";

/** Requests that this person may release: asked for by others. */
const requestItems = itemsOfKind({
  list: "waiting",
  kind: "自動応答不可の解除",
  for: ({ actor }) => holds(actor, "provision.release"),
  figures: countToRelease,
  read: async (work, lines) =>
    (await requestsToRelease(work, lines)).map(({ id, askedAt }) => ({
      title: `提供の依頼 第${id}号`,
      path: `/provisions/${id}` as const,
      since: askedAt,
    })),
});

/** 提供・移転: the table of recipients, provisions by hand, their register, and people of whom nothing is answered by itself. */
export const provisionScreens: ScreenSet = {
  title: "提供・移転",
  handbook: "14-provision",
  menu: [
    { title: requestTitle, path: "/provisions/new", right: "provision.request" },
    { title: registerTitle, path: "/provisions", right: "provision.read", count: "provisions" },
    { title: flagsTitle, path: "/answer-flags", right: "provision.release" },
    ...ruleMenu,
  ],
  menuCounts: async (work) => ({
    provisions: await countRequests(work, { state: "waiting" }),
    provisionRules: (await waitingRules(work)).length,
  }),
  workItems: [
    requestItems,
    fewItems(async (work) =>
      (await waitingRules(work)).map(
        ({ id, proposedAt }): WorkItem => ({
          list: "waiting",
          kind: "提供先の承認",
          title: `提供先の起案 第${id}号`,
          path: "/provision-rules/decisions",
          since: proposedAt,
        }),
      ),
    ),
  ],
  // A page of a number comes after those with a name.
  routes: [...requestScreens, ...registerScreens, ...flagScreens, ...ruleScreens],
};

async function waitingRules(work: Work) {
  if (!holds(work.actor, "provision-rule.approve")) return [];
  return (await listRules(work)).filter(
    ({ decision, proposedBy }) => decision === null && proposedBy !== work.actor.staffId,
  );
}
