import { holds } from "#src/platform/access/actor.ts";
import type { Right } from "#src/platform/access/rights.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import {
  exemptionMeta,
  exemptionNumber,
  exemptionStates,
  exemptionsWaiting,
  waitingExemptions,
} from "../../exemptions/applications.ts";
import { exemptionPaths } from "./paths.ts";

/** Applications that wait: to be examined, proposed, decided, issued or told. */
export const exemptionItems = exemptionStates.flatMap((state) => {
  const { waits, title } = exemptionMeta(state);
  if (!waits) return [];
  return itemsOfKind({
    list: "waiting",
    kind: waits.title,
    for: (work) => holds(work.actor, waits.right as Right, { program: "vaccination" }),
    figures: (work) => exemptionsWaiting(work, state),
    read: async (work, lines) =>
      (await waitingExemptions(work, state, lines)).map((row) => ({
        title: `自己負担減免 ${exemptionNumber(row)}`,
        path: exemptionPaths.application(row.id),
        since: row.enteredAt,
        state: title,
      })),
  });
});
