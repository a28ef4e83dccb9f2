import { holdsForAll } from "#src/platform/access/actor.ts";
import type { WorkSource } from "#src/platform/program.ts";
import { itemsOfKind } from "#src/platform/work-sources.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { monthTitle } from "../../coupon-mailing.ts";
import { closingMeta, closingsWaiting, waitingClosings } from "../../reports/closings.ts";
import { reportPaths } from "./paths.ts";

const { waits, title } = closingMeta("prepared");

/** The closing that waits for somebody who may close it. */
export const reportItems: readonly WorkSource[] = [
  itemsOfKind({
    list: "waiting",
    kind: waits?.title ?? title,
    for: ({ actor }) => holdsForAll(actor, "case.approve", "vaccination"),
    figures: closingsWaiting,
    read: async (work, lines) =>
      (await waitingClosings(work, lines)).map((row) => ({
        title: `報告の締め ${monthTitle(row.month as IsoDate)}`,
        path: reportPaths.closing(row.id),
        since: row.preparedAt,
        state: title,
      })),
  }),
];
