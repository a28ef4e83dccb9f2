import { holds } from "#src/platform/access/actor.ts";
import type { Right } from "#src/platform/access/index.ts";
import {
  countChangesToGather,
  countOpenPmhRuns,
  countPmhRunsInState,
  countRefusedLines,
  pmhRunNumber,
  pmhRunsInState,
  refusedLines,
} from "#src/platform/pmh/index.ts";
import type { WorkSource } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import { stateMeta, stateNames } from "#workflows/flows/answer.ts";
import { type PmhRunState, pmhRunV1 } from "#workflows/pmh/run.ts";
import type { ProgramScreens } from "../screens.ts";
import { errorScreens } from "./errors.tsx";
import { listScreens } from "./list.tsx";
import { runScreens } from "./run-page.tsx";
import { type PmhSet, pmhOf } from "./set.ts";
import { stepScreens } from "./steps.ts";

/** A 事務 whose certificates are registered in the Public Medical Hub; switched on by its city parameter. */
export function withPmh(screens: ProgramScreens): ProgramScreens {
  const of = pmhOf({ program: screens.id, title: screens.title });
  return {
    ...screens,
    menu: [
      ...screens.menu,
      { title: "PMH登録", path: of.paths.runs, right: "pmh.read", count: `${of.program}.pmh` },
    ],
    routes: [
      ...screens.routes,
      ...[...listScreens(of), ...runScreens(of), ...stepScreens(of), ...errorScreens(of)].map(
        (route) => ({ handbook: "21-pmh", ...route }),
      ),
    ],
    workItems: [...(screens.workItems ?? []), ...pmhItems(of)],
    menuCounts: async (work) => ({
      ...(await screens.menuCounts?.(work)),
      [`${of.program}.pmh`]:
        (await countOpenPmhRuns(work, of.program)) +
        (await countRefusedLines(work, of.program)).count,
    }),
  };
}

/** What waits of it: runs, and what the hub refused. */
function pmhItems(of: PmhSet): WorkSource[] {
  const may = (right: Right) => (work: Work) => holds(work.actor, right, { program: of.program });
  const runs = (stateNames(pmhRunV1) as PmhRunState[]).flatMap((state) => {
    const { waits } = stateMeta(pmhRunV1, state);
    return waits ? [{ state, ...waits }] : [];
  });
  return [
    ...runs.map(({ state, title, right }) =>
      itemsOfKind({
        list: "waiting",
        kind: title,
        for: may(right as Right),
        figures: (work) => countPmhRunsInState(work, of.program, state),
        read: async (work, lines) =>
          (await pmhRunsInState(work, of.program, state, lines)).map((row) => ({
            title: `${of.title} PMH登録の回 ${pmhRunNumber(row)}`,
            path: of.paths.run(row.id),
            since: row.preparedAt,
          })),
      }),
    ),
    itemsOfKind({
      list: "waiting",
      kind: "PMH登録する変更",
      for: may("pmh.prepare"),
      figures: async (work) => {
        const { count, since } = await countChangesToGather(work, of.program);
        return count > 0 ? { count: 1, since } : { count, since };
      },
      read: async (work, { from }) => {
        const { count, since } = await countChangesToGather(work, of.program);
        const title = `${of.title} 未登録の変更 ${count.toLocaleString("ja-JP")}件`;
        return count > 0 && since && from === 0 ? [{ title, path: of.paths.runs, since }] : [];
      },
    }),
    itemsOfKind({
      list: "waiting",
      kind: "PMH登録エラー",
      for: may("pmh.prepare"),
      figures: (work) => countRefusedLines(work, of.program),
      read: async (work, lines) =>
        (await refusedLines(work, of.program, lines)).rows.map(({ line, serial }) => ({
          title: `${of.title} PMH登録 ${pmhRunNumber({ serial })}`,
          path: of.paths.errors,
          since: line.answeredAt ?? new Date(0),
          personNumber: line.personNumber,
        })),
    }),
  ];
}
