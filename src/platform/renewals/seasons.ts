import { and, desc, eq } from "drizzle-orm";
import { season } from "#db/schema/renewals.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type SeasonEventType, type SeasonState, seasonV1 } from "#workflows/renewals/season.ts";
import { holdsForAll } from "../access/actor.ts";
import { actionsAt, stateAfter } from "../flow.ts";
import { EntryProblem, notFound } from "../problem.ts";
import { ofThisProgram, refuseInWords } from "../refusals.ts";
import type { Work } from "../work.ts";

export type SeasonRow = Omit<typeof season.$inferSelect, "state"> & { state: SeasonState };

/** What is planned of a season. Days are dates of business, the last of each inclusive. */
export interface SeasonPlan {
  program: string;
  year: number;
  entitledOn: IsoDate;
  startsOn: IsoDate;
  dueOn: IsoDate;
  remindOn: IsoDate;
  warnOn: IsoDate;
  warnedUntil: IsoDate;
  incomeYear: number | null;
  overLimit: "lost" | "suspended";
  noAnswer: "lost" | "suspended";
}

/**
 * Plans a season; another person opens it.
 *
 * @returns its id
 * @throws EntryProblem of the field whose day cannot be, Problem 409 where there is a season of that year already
 */
export async function planSeason(work: Work, plan: SeasonPlan): Promise<string> {
  const today = work.platform.clock.today();
  const order = [
    ["dueOn", plan.dueOn, "提出期限は、今日以後にしてください。", today],
    ["remindOn", plan.remindOn, "督促の日は、提出期限より後にしてください。", plan.dueOn],
    ["warnOn", plan.warnOn, "差止予告の日は、督促の日より後にしてください。", plan.remindOn],
    [
      "warnedUntil",
      plan.warnedUntil,
      "差止予告の期限は、予告の日より後にしてください。",
      plan.warnOn,
    ],
  ] as const;
  for (const [field, day, message, before] of order)
    if (day < before || (field !== "dueOn" && day === before))
      throw new EntryProblem(field, message);
  if (plan.entitledOn > plan.dueOn)
    throw new EntryProblem("entitledOn", "基準日は、提出期限までの日にしてください。");
  const [row] = await refuseInWords(
    work.sql<{ id: string }[]>`
      select renewals.plan(${plan.program}, ${plan.year}, ${plan.entitledOn}, ${plan.startsOn}, ${plan.dueOn}, ${plan.remindOn}, ${plan.warnOn},
        ${plan.warnedUntil}, ${plan.incomeYear}, ${plan.overLimit}, ${plan.noAnswer}) as id`,
    "この年の更新の期は、既にあります。",
  );
  if (!row) throw new Error("a season has an id");
  return row.id;
}

/** A season. @throws Problem 404 */
export async function readSeason(work: Work, id: string): Promise<SeasonRow> {
  const [found] = await work.tx.select().from(season).where(eq(season.id, id));
  const row = ofThisProgram(work, found);
  if (!row) throw notFound("更新の期が見つかりません。");
  return row as SeasonRow;
}

/** The seasons of a 事務, the newest first. */
export async function listSeasons(work: Work, program: string): Promise<SeasonRow[]> {
  const rows = await work.tx
    .select()
    .from(season)
    .where(eq(season.program, program))
    .orderBy(desc(season.startsOn), desc(season.plannedAt))
    .limit(100);
  return rows as SeasonRow[];
}

/** Seasons under way. */
export async function openSeasons(work: Work, program: string): Promise<SeasonRow[]> {
  const rows = await work.tx
    .select()
    .from(season)
    .where(and(eq(season.program, program), eq(season.state, "open")))
    .orderBy(season.startsOn);
  return rows as SeasonRow[];
}

const standing = (work: Work, row: SeasonRow, underWay: number) => ({
  definition: seasonV1,
  state: row.state,
  context: { actingStaffId: work.actor.staffId, plannedBy: row.plannedBy, underWay },
});

/** Said to whoever holds the right for some offices only: a season is for all. */
export const seasonForAll = "更新の期は、すべての窓口の権限を持つ職員が起案し、決裁します。";

/** Buttons of a season; `underWay`: answers that are not decided. */
export const seasonActions = (work: Work, row: SeasonRow, underWay: number) =>
  actionsAt(work.actor, standing(work, row, underWay), {
    program: row.program,
    // Whoever holds the right for some offices is told why the button is off.
    reach: "any office",
  }).map((action) => {
    const { right } = seasonV1.events[action.type as SeasonEventType];
    return holdsForAll(work.actor, right, row.program)
      ? action
      : { ...action, reasons: [seasonForAll] };
  });

/** Opens, refuses, completes or closes a season. @returns how many were added. @throws Problem 403, 404, 409 */
export async function moveSeason(
  work: Work,
  { id, seen, type }: { id: string; seen: number; type: SeasonEventType },
): Promise<number> {
  const row = await readSeason(work, id);
  stateAfter(standing(work, row, 0), type);
  const [moved] = await refuseInWords(
    work.sql<
      { entered: number }[]
    >`select renewals.move_season(${id}, ${seen}, ${type}) as entered`,
    "この期は、ほかの職員が先に進めたか、処理の終わっていない現況届があります。",
  );
  return moved?.entered ?? 0;
}
