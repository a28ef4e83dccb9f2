import { holds } from "#src/platform/access/actor.ts";
import type { Right } from "#src/platform/access/index.ts";
import type { WorkItem, WorkSource } from "#src/platform/program.ts";
import {
  answerStateMeta,
  countAnswersInState,
  countDueLetters,
  letterSortTitles,
  openSeasons,
  seasonsInState,
} from "#src/platform/renewals/index.ts";
import type { Work } from "#src/platform/work.ts";
import { fewItems } from "#src/platform/work-sources.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { answerStates, seasonTitle } from "./parts.tsx";
import type { Renewals } from "./set.ts";

/** What waits of a season: its opening, what is to be judged and decided as one line each with its number, and letters whose day has come. */
export function renewalItems(of: Renewals): WorkSource[] {
  const may = (work: Work, right: Right) => holds(work.actor, right, { program: of.program });
  return [
    fewItems(async (work) => {
      if (!may(work, "case.read") && !may(work, "mailing.read")) return [];
      const items: WorkItem[] = [];
      if (may(work, "case.approve"))
        for (const season of await seasonsInState(work, of.program, "planned"))
          if (season.plannedBy !== work.actor.staffId)
            items.push({
              list: "waiting",
              kind: "更新の期の決裁",
              title: `${of.title} ${seasonTitle(season, of.kind.title)}`,
              path: of.paths.season(season.id),
              since: season.plannedAt,
            });
      for (const season of await openSeasons(work, of.program)) {
        const since = season.openedAt ?? season.plannedAt;
        for (const state of answerStates) {
          const { waits } = answerStateMeta(state);
          if (!waits || !may(work, waits.right as Right)) continue;
          const answers = await countAnswersInState(work, season.id, state);
          if (answers === 0) continue;
          items.push({
            list: "waiting",
            kind: waits.title,
            title: `${of.title} ${seasonTitle(season, of.kind.title)} ${answers.toLocaleString("ja-JP")}件`,
            path: of.paths.answers(season.id, { state }),
            since,
            deadline: season.startsOn as IsoDate,
          });
        }
        items.push(...(await lettersDue(of, work, season)));
      }
      return items;
    }),
  ];
}

/** Letters of the season whose day has come, and that somebody has not been sent. */
async function lettersDue(
  of: Renewals,
  work: Work,
  season: Awaited<ReturnType<typeof openSeasons>>[number],
): Promise<WorkItem[]> {
  if (!holds(work.actor, "mailing.prepare", { program: of.program })) return [];
  const today = work.platform.clock.today();
  const days = [
    ["form", season.entitledOn],
    ["reminder", season.remindOn],
    ["warning", season.warnOn],
    ["notice", season.entitledOn],
  ] as const;
  const items: WorkItem[] = [];
  for (const [sort, on] of days) {
    // 督促 gives way to 差止予告 once that is due.
    if (on > today || (sort === "reminder" && season.warnOn <= today)) continue;
    const letters = await countDueLetters(work, season.id, sort);
    if (letters === 0) continue;
    items.push({
      list: "waiting",
      kind: `${of.kind.title}の送付`,
      title: `${of.title} ${seasonTitle(season, of.kind.title)} ${letterSortTitles[sort]} ${letters.toLocaleString("ja-JP")}通`,
      path: `/${of.program}/renewals/send-${sort}`,
      since: season.openedAt ?? season.plannedAt,
      deadline: on as IsoDate,
    });
  }
  return items;
}
