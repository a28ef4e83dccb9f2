import { holdsForAll } from "#src/platform/access/actor.ts";
import type { WorkSource } from "#src/platform/program.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import { handoverNumber, lateFigures, lateHandovers } from "../../punched-files/handovers.ts";
import { layoutFigures, waitingLayouts } from "../../punched-files/layouts.ts";
import { fileFigures, waitingFiles } from "../../punched-files/lists.ts";
import { fileNumber } from "../../punched-files/move.ts";
import { paths } from "../paths.ts";

const files = (state: "judged" | "taken", right: "case.approve" | "case.enter", kind: string) =>
  itemsOfKind({
    list: "waiting",
    kind,
    for: ({ actor }) => holdsForAll(actor, right, "vaccination"),
    figures: (work) => fileFigures(work, state),
    read: async (work, lines) =>
      (await waitingFiles(work, state, lines)).map((file) => ({
        title: `パンチデータ ${fileNumber(file)}`,
        path: paths.punchedFile(file.id),
        since: file.receivedAt,
      })),
  });

/** Files that wait to be taken up or finished, orders that are late, layouts to be approved. */
export const punchedItemSources: readonly WorkSource[] = [
  files("judged", "case.approve", "パンチデータの取込の承認"),
  files("taken", "case.enter", "パンチデータの完了"),
  itemsOfKind({
    list: "waiting",
    kind: "パンチデータの納期超過",
    for: ({ actor }) => holdsForAll(actor, "case.enter", "vaccination"),
    figures: lateFigures,
    read: async (work, lines) =>
      (await lateHandovers(work, lines)).map((row) => ({
        title: `授受 ${handoverNumber(row)} ${row.orderNumber}`,
        path: paths.handover(row.id),
        since: row.sentAt,
      })),
  }),
  itemsOfKind({
    list: "waiting",
    kind: "パンチデータの並びの承認",
    for: ({ actor }) => holdsForAll(actor, "case.approve", "vaccination"),
    figures: layoutFigures,
    read: async (work, lines) =>
      (await waitingLayouts(work, lines)).map((row) => ({
        title: `委託先の並び ${row.validFrom}から`,
        path: paths.punchedSettings,
        since: row.askedAt,
      })),
  }),
];
