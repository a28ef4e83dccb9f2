import { holds } from "#src/platform/access/index.ts";
import type { WorkItem } from "#src/platform/program.ts";
import {
  countFiles,
  countFilesToDecide,
  countRequests,
  countToRelease,
  filesToDecide,
  listRules,
  requestsToRelease,
} from "#src/platform/provision/index.ts";
import type { Work } from "#src/platform/work.ts";
import { fewItems, itemsOfKind } from "#src/platform/work-sources.ts";
import type { ProgramScreens, ScreenSet } from "../../screens.ts";
import { programTitles } from "../staff/duty-words.tsx";
import { fileScreens, filesTitle } from "./files.tsx";
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

/** Files that this person may decide: prepared by others. */
const fileItems = itemsOfKind({
  list: "waiting",
  kind: "提供ファイルの承認",
  for: ({ actor }) => holds(actor, "provision.release"),
  figures: countFilesToDecide,
  read: async (work, lines) =>
    (await filesToDecide(work, lines)).map(({ id, askedAt }) => ({
      title: `提供ファイル 第${id}号`,
      path: `/provision-files/${id}` as const,
      since: askedAt,
    })),
});

/**
 * 提供・移転: the table of recipients, provisions by hand and files by period, their registers, and people of whom nothing is
 * answered by itself.
 */
export const provisionScreens = (programs: readonly ProgramScreens[]): ScreenSet => ({
  title: "提供・移転",
  handbook: "14-provision",
  menu: [
    { title: requestTitle, path: "/provisions/new", right: "provision.request" },
    { title: registerTitle, path: "/provisions", right: "provision.read", count: "provisions" },
    {
      title: filesTitle,
      path: "/provision-files",
      right: "provision.read",
      count: "provisionFiles",
    },
    { title: flagsTitle, path: "/answer-flags", right: "provision.release" },
    ...ruleMenu,
  ],
  menuCounts: async (work) => ({
    provisions: await countRequests(work, { state: "waiting" }),
    provisionFiles: await countFiles(work, { state: "waiting" }),
    provisionRules: (await waitingRules(work)).length,
  }),
  workItems: [
    requestItems,
    fileItems,
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
  routes: [
    ...requestScreens,
    ...registerScreens,
    ...fileScreens(programTitles(programs)),
    ...flagScreens,
    ...ruleScreens(
      programTitles(programs),
      programs.flatMap(({ id, transfers = [] }) =>
        transfers.map((one) => ({ ...one, program: id })),
      ),
    ),
  ],
});

async function waitingRules(work: Work) {
  if (!holds(work.actor, "provision-rule.approve")) return [];
  return (await listRules(work)).filter(
    ({ decision, proposedBy }) => decision === null && proposedBy !== work.actor.staffId,
  );
}
