import { desc, eq } from "drizzle-orm";
import { renewalSeason } from "#db/schema/intractable-papers.ts";
import { holdsForAll } from "#src/platform/access/actor.ts";
import { actionsAt, stateAfter } from "#src/platform/flow.ts";
import { declareFlow } from "#src/platform/flow-ways.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type RenewalSeasonEvent,
  type RenewalSeasonState,
  renewalSeasonV1,
} from "#workflows/intractable-disease/renewal-season.ts";

const program = "intractable-disease";
declareFlow(renewalSeasonV1);

/** 更新の期. */
export type Season = Omit<typeof renewalSeason.$inferSelect, "state"> & {
  state: RenewalSeasonState;
};

/** Its days, each inclusive. */
export interface SeasonPlan {
  /** The last day of the 有効期間. */
  endsOn: IsoDate;
  opensOn: IsoDate;
  recommendedUntil: IsoDate;
}

/**
 * Plans a season; another person opens it.
 *
 * @returns its id
 * @throws EntryProblem of the field whose day cannot be, Problem 409 where there is a season of that day already
 */
export async function planSeason(
  work: Work,
  { endsOn, opensOn, recommendedUntil }: SeasonPlan,
): Promise<string> {
  if (endsOn < work.platform.clock.today())
    throw new EntryProblem("endsOn", "有効期間の終わりの日は、今日以後にしてください。");
  if (recommendedUntil > endsOn)
    throw new EntryProblem(
      "recommendedUntil",
      "早めの申請の期限は、有効期間の終わりの日までにしてください。",
    );
  if (opensOn > recommendedUntil)
    throw new EntryProblem(
      "opensOn",
      "受付を始める日は、早めの申請の期限より前の日にしてください。",
    );
  const [row] = await refuseInWords(
    work.sql<{ id: string }[]>`
      select intractable_papers.plan_season(${endsOn}, ${opensOn}, ${recommendedUntil}) as id`,
    "この日に有効期間が終わる更新の期は、既にあります。",
  );
  if (!row) throw new Error("a season has an id");
  return row.id;
}

/** Seasons, the newest first. */
export async function listSeasons(work: Work): Promise<Season[]> {
  const rows = await work.tx
    .select()
    .from(renewalSeason)
    .orderBy(desc(renewalSeason.endsOn), desc(renewalSeason.plannedAt))
    .limit(100);
  return rows as Season[];
}

/** A season. @throws Problem 404 */
export async function readSeason(work: Work, id: string): Promise<Season> {
  const [row] = await work.tx.select().from(renewalSeason).where(eq(renewalSeason.id, id));
  if (!row) throw notFound("更新の期が見つかりません。");
  return row as Season;
}

const standing = (work: Work, season: Season) => ({
  definition: renewalSeasonV1,
  state: season.state,
  context: {
    actingStaffId: work.actor.staffId,
    plannedBy: season.plannedBy,
    over: work.platform.clock.today() > season.endsOn,
  },
});

/** Said to whoever holds the right for some offices only: a season is for all. */
export const seasonForAll = "更新の期は、すべての窓口の権限を持つ職員が起案し、決裁します。";

/** Buttons of a season. */
export const seasonActions = (work: Work, season: Season) =>
  actionsAt(work.actor, standing(work, season), {
    program,
    // Whoever holds the right for some offices is told why the button is off.
    reach: "any office",
  }).map((action) =>
    holdsForAll(
      work.actor,
      renewalSeasonV1.events[action.type as RenewalSeasonEvent].right,
      program,
    )
      ? action
      : { ...action, reasons: [seasonForAll] },
  );

/** Opens, refuses, completes or ends a season. @returns how many were added. @throws Problem 403, 404, 409 */
export async function moveSeason(
  work: Work,
  { id, seen, type }: { id: string; seen: number; type: RenewalSeasonEvent },
): Promise<number> {
  stateAfter(standing(work, await readSeason(work, id)), type);
  const [moved] = await refuseInWords(
    work.sql<{ entered: number }[]>`
      select intractable_papers.move_season(${id}, ${seen}, ${type}) as entered`,
    "この期は、ほかの職員が先に進めました。",
  );
  return moved?.entered ?? 0;
}
