import { holds } from "#src/platform/access/actor.ts";
import type { Right } from "#src/platform/access/rights.ts";
import type { WorkSource } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import {
  mistakeNumber,
  mistakeStateMeta,
  mistakeStates,
  mistakesWaiting,
  waitingMistakes,
} from "../mistakes/incidents.ts";
import { revisionFigures, revisionNumber, waitingRevisions } from "../records/revisions.ts";
import { listSlips, slipNumber, waitingFigures } from "../records/slips.ts";
import { paths } from "./paths.ts";
import { slipStateTitle } from "./records/parts.tsx";

const held = (right: Right) => (work: Work) => holds(work.actor, right, { program: "vaccination" });

const slips = (["unmatched", "doubtful"] as const).map((state) =>
  itemsOfKind({
    list: "waiting",
    kind: `予診票の処理（${slipStateTitle(state)}）`,
    for: held("case.enter"),
    figures: (work) => waitingFigures(work, state),
    read: async (work, lines) =>
      (await listSlips(work, state, lines)).map((slip) => ({
        title: `予診票 ${slipNumber(slip)}`,
        path: paths.slip(slip.id),
        since: slip.enteredAt,
        state: slipStateTitle(state),
      })),
  }),
);

const revisions = itemsOfKind({
  list: "waiting",
  kind: "接種記録の訂正の決裁",
  for: held("case.approve"),
  figures: revisionFigures,
  read: async (work, lines) =>
    (await waitingRevisions(work, lines)).map((row) => ({
      title: `接種記録の${row.kind === "correct" ? "訂正" : "取消"} ${revisionNumber(row)}`,
      path: paths.record(row.shotId),
      since: row.proposedAt,
    })),
});

const mistakes = mistakeStates.flatMap((state) => {
  const { waits, title } = mistakeStateMeta(state);
  if (!waits) return [];
  return itemsOfKind({
    list: "waiting",
    kind: waits.title,
    for: held(waits.right as Right),
    figures: (work) => mistakesWaiting(work, [state]),
    read: async (work, lines) =>
      (await waitingMistakes(work, [state], lines)).map((row) => ({
        title: `間違い接種 ${mistakeNumber(row)}`,
        path: paths.mistake(row.id),
        since: row.openedAt,
        state: title,
      })),
  });
});

/** What waits of slips, corrections and 間違い接種. */
export const recordItems: readonly WorkSource[] = [...slips, revisions, ...mistakes];
