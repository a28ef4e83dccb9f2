import { proposalsToDecide, titleOfKey } from "#src/platform/parameters/index.ts";
import type { WorkItem } from "#src/platform/program.ts";
import { fewItems } from "#src/platform/work-sources.ts";
import type { ScreenSet } from "../../screens.ts";
import { decisionScreens, decisionsPath, decisionsTitle } from "./decisions.tsx";
import { entryScreens } from "./entry.tsx";
import { listScreens } from "./list.tsx";
import { title } from "./parts.tsx";

/** 制度の数値: what the city sets for itself, proposed by one person and approved by another. */
export const parameterScreens: ScreenSet = {
  title,
  handbook: "17-city-parameters",
  menu: [
    { title, path: "/city-parameters", right: "city-parameter.prepare" },
    {
      title: decisionsTitle,
      path: decisionsPath,
      right: "city-parameter.approve",
      count: "cityParameters",
    },
  ],
  menuCounts: async (work) => ({ cityParameters: (await proposalsToDecide(work)).length }),
  workItems: [
    fewItems(async (work) =>
      (await proposalsToDecide(work)).map(
        ({ id, key, proposedAt }): WorkItem => ({
          list: "waiting",
          kind: "制度の数値の承認",
          title: `${titleOfKey(key)} 第${id}号`,
          path: `${decisionsPath}/${id}`,
          since: proposedAt,
        }),
      ),
    ),
  ],
  // A page of a name comes before those of a number.
  routes: [...entryScreens, ...listScreens, ...decisionScreens],
};
