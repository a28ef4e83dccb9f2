import { and, count, eq, inArray, isNotNull } from "drizzle-orm";
import { answer, season } from "#db/schema/renewals.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatFiscalYear, formatWareki } from "#workflows/dates/wareki.ts";
import type { AnswerState } from "#workflows/renewals/answer.ts";
import type { SeasonState } from "#workflows/renewals/season.ts";
import { getSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import { type AnswerRow, type AnswerView, answerStateMeta, viaTitles } from "./answers.ts";
import type { AnyRenewalKind } from "./kind.ts";
import type { LetterSort } from "./mailings.ts";
import type { SeasonRow } from "./seasons.ts";

/** Seasons of a 事務 in a state. */
export async function seasonsInState(work: Work, program: string, state: SeasonState) {
  const rows = await work.tx
    .select()
    .from(season)
    .where(and(eq(season.program, program), eq(season.state, state)))
    .orderBy(season.plannedAt);
  return rows as SeasonRow[];
}

/** How many answers of a season stand in a state, of those that may be seen. */
export const countAnswersInState = (work: Work, seasonId: string, state: AnswerState) =>
  work.tx.$count(answer, and(eq(answer.seasonId, seasonId), eq(answer.state, state)));

/** How many answers of open seasons wait for somebody. */
export async function countAnswersInProgram(work: Work, program: string): Promise<number> {
  const [row] = await work.tx
    .select({ count: count() })
    .from(answer)
    .innerJoin(season, eq(season.id, answer.seasonId))
    .where(
      and(
        eq(season.program, program),
        eq(season.state, "open"),
        inArray(answer.state, ["received", "exception"]),
      ),
    );
  return row?.count ?? 0;
}

/** How many letters of a sort are due and not sent; for who prepares mailings. */
export async function countDueLetters(
  work: Work,
  seasonId: string,
  sort: LetterSort,
): Promise<number> {
  const [row] = await work.sql<{ letters: number }[]>`
    select count(*)::integer as letters from renewals.due_letters(${seasonId}, ${sort}, null) d where not d.sent`;
  return row?.letters ?? 0;
}

/** What whoever acts has received today, the newest first. */
export async function receivedToday(work: Work, program: string, size: number) {
  const rows = await work.sql<{ id: string }[]>`
    select a.id from renewals.answer_event e join renewals.answer a on a.id = e.answer_id
     where e."on" = ${work.platform.clock.today()} and e.event = 'receive' and e.staff_id = ${work.actor.staffId} and a.program = ${program}
     order by e.at desc, a.serial desc limit ${size}`;
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const found = (await work.tx
    .select()
    .from(answer)
    .where(and(inArray(answer.id, ids), isNotNull(answer.receivedOn)))) as AnswerRow[];
  return found.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** What was said with the steps of an answer, by the id of the sealed record; each look is logged. */
export async function readComments(work: Work, { steps }: Pick<AnswerView, "steps">) {
  const ids = steps.flatMap(({ event }) => event.commentId ?? []);
  if (ids.length === 0) return new Map<string, string>();
  const opened = await getSealed(work, ids);
  return new Map(opened.map(({ id, data }) => [id, String(data)]));
}

/** By the clock: whoever lost the entitlement otherwise is asked no more. @returns how many */
export async function followRegister(work: Work, program: string): Promise<number> {
  const [row] = await work.sql<{ dropped: number }[]>`
    select renewals.follow_register(${program}) as dropped`;
  return row?.dropped ?? 0;
}

/** What is held of the person of a 開示請求, a line each. */
export async function heldOfRenewals(
  work: Work,
  request: number,
  { application, title }: AnyRenewalKind,
): Promise<string[]> {
  const [row] = await work.sql<
    {
      held: {
        year: number;
        state: AnswerState;
        receivedOn: IsoDate | null;
        via: keyof typeof viaTitles | null;
        decidedOn: IsoDate | null;
      }[];
    }[]
  >`select renewals.held_of(${request}, ${application.program}) as held`;
  return (row?.held ?? []).map(({ year, state, receivedOn, via, decidedOn }) =>
    [
      `${formatFiscalYear(year)} ${title}`,
      answerStateMeta(state).title,
      ...(receivedOn && via ? [`${formatWareki(receivedOn)}に${viaTitles[via]}で受付`] : []),
      ...(decidedOn ? [`${formatWareki(decidedOn)}に決定`] : []),
    ].join("　"),
  );
}

/** Households of each season by what came of them; rounded for who may not see every row. */
export const countRenewals = (work: Work, program: string, office: string | undefined) =>
  work.sql<
    {
      year: number;
      asked: number;
      received: number;
      renewed: number;
      ended: number;
      lapsed: number;
    }[]
  >`
    select * from renewals.by_season(${program}, ${office ?? null})`;
