import { holds } from "#src/platform/access/actor.ts";
import type { Right } from "#src/platform/access/rights.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import { stateNames } from "#workflows/flows/answer.ts";
import { specialKinds } from "#workflows/vaccination/special/kinds.ts";
import { type SpecialState, specialV1 } from "#workflows/vaccination/special/machine.ts";
import {
  specialMeta,
  specialNumber,
  specialWaiting,
  waitingSpecial,
} from "../../special/entries.ts";
import { specialPaths } from "./paths.ts";

/** 長期療養特例 that waits to be decided, or was returned. */
export const specialItems = (stateNames(specialV1) as SpecialState[]).flatMap((state) => {
  const { waits, title } = specialMeta(state);
  if (!waits) return [];
  return itemsOfKind({
    list: "waiting",
    kind: waits.title,
    for: (work) => holds(work.actor, waits.right as Right, { program: "vaccination" }),
    figures: (work) => specialWaiting(work, state),
    read: async (work, lines) =>
      (await waitingSpecial(work, state, lines)).map((row) => ({
        title: `${specialKinds[row.kind]} ${specialNumber(row)}`,
        path: specialPaths.entry(row.id),
        since: row.enteredAt,
        state: title,
      })),
  });
});
