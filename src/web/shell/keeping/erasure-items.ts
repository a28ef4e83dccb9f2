import { erasureActions, listErasures } from "#src/platform/keeping/index.ts";
import type { WorkItem } from "#src/platform/program.ts";
import type { Work } from "#src/platform/work.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { erasureV1 } from "#workflows/keeping/machine.ts";

/** The open erasure, where this person can take it further. */
export async function erasureItems(work: Work): Promise<WorkItem[]> {
  const open = (await listErasures(work)).filter(
    ({ state }) => state === "found" || state === "proposed",
  );
  return open.flatMap((run) => {
    const step = erasureActions(work, run).find(
      ({ type, reasons }) => (type === "propose" || type === "approve") && reasons.length === 0,
    );
    if (!step) return [];
    return [
      {
        list: "waiting" as const,
        kind: run.state === "found" ? "消去の起案" : "消去の承認",
        title: `保存期間を過ぎた記録の消去 ${run.serial}`,
        path: `/keeping/${run.id}` as const,
        since: run.proposedAt ?? run.searchedAt,
        state: stateMeta(erasureV1, run.state).title,
      },
    ];
  });
}
