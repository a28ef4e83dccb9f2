import { holds, type Right } from "#src/platform/access/index.ts";
import { countFollowUps, followUpTitles, listFollowUps } from "#src/platform/entitlements/index.ts";
import type { WorkSource } from "#src/platform/program.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import { type FollowUpState, followUpV1 } from "#workflows/cases/follow-up.ts";
import { stateMeta, stateNames } from "#workflows/flows/answer.ts";
import type { AnyCaseScreens } from "./declaration.ts";
import { followUpPath } from "./paths.ts";

/** What movements back in time have left to be done, and what waits for the decision that nothing is done. */
export function followUpItems({ application }: AnyCaseScreens): WorkSource[] {
  const { program, title } = application;
  return (stateNames(followUpV1) as FollowUpState[]).flatMap((state) => {
    const { waits } = stateMeta(followUpV1, state);
    if (!waits) return [];
    return itemsOfKind({
      list: "waiting",
      kind: waits.title,
      for: (work) => holds(work.actor, waits.right as Right, { program }),
      figures: (work) => countFollowUps(work, program, state),
      read: async (work, { from, size }) => {
        const { rows } = await listFollowUps(work, { program, state, from, size });
        return rows.map((row) => ({
          title: `${title} ${followUpTitles[row.kind]}`,
          path: followUpPath(program, row.id),
          since: row.openedAt,
          personNumber: row.personNumber,
        }));
      },
    });
  });
}
