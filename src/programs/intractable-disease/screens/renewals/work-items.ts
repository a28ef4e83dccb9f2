import { holds } from "#src/platform/access/actor.ts";
import type { WorkItem, WorkSource } from "#src/platform/program.ts";
import { fewItems } from "#src/platform/work-sources.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { isInvited } from "../../renewals/letters.ts";
import { listSeasons } from "../../renewals/seasons.ts";
import { paths, program, seasonTitle } from "./parts.tsx";

/** What waits of the seasons: their opening, the first letters, and their end. */
export const renewalItems: WorkSource = fewItems(async (work) => {
  const may = (right: Parameters<typeof holds>[1]) => holds(work.actor, right, { program });
  if (!may("case.read") && !may("mailing.read")) return [];
  const today = work.platform.clock.today();
  const items: WorkItem[] = [];
  for (const season of await listSeasons(work)) {
    const item = {
      list: "waiting",
      title: `指定難病 ${seasonTitle(season)}`,
      path: paths.season(season.id),
      since: season.openedAt ?? season.plannedAt,
    } as const;
    const planned = season.state === "planned" && season.plannedBy !== work.actor.staffId;
    if (planned && may("case.approve")) items.push({ ...item, kind: "更新の期の決裁" });
    if (season.state !== "open") continue;
    if (season.endsOn < today && may("case.approve"))
      items.push({ ...item, kind: "更新の期の終了" });
    else if (may("mailing.prepare") && !(await isInvited(work, season.id)))
      items.push({
        ...item,
        kind: "更新申請のお知らせの送付",
        deadline: season.opensOn as IsoDate,
      });
  }
  return items;
});
