import { answerStateMeta, type SeasonRow } from "#src/platform/renewals/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import { stateMeta, stateNames } from "#workflows/flows/answer.ts";
import { type AnswerState, answerV1 } from "#workflows/renewals/answer.ts";
import { type SeasonState, seasonV1 } from "#workflows/renewals/season.ts";
import { Badge } from "../components/index.ts";
import { showDateShort } from "../dates.ts";

/** How many rows stand on a page of a list. */
export const rowsAPage = 50;

export const count = (n: number): string => n.toLocaleString("ja-JP");
export const day = (date: string | null | undefined): string =>
  showDateShort(date as IsoDate | null);

export const answerStates = stateNames(answerV1) as AnswerState[];
export const isAnswerState = (text: string | undefined): text is AnswerState =>
  (answerStates as readonly (string | undefined)[]).includes(text);

export const AnswerBadge = ({ state }: { state: AnswerState }) => {
  const { title, tone } = answerStateMeta(state);
  return <Badge tone={tone ?? "info"}>{title}</Badge>;
};
export const SeasonBadge = ({ state }: { state: SeasonState }) => {
  const { title, tone } = stateMeta(seasonV1, state);
  return <Badge tone={tone ?? "info"}>{title}</Badge>;
};

/** 令和8年度 現況届. */
export const seasonTitle = ({ year }: Pick<SeasonRow, "year">, title: string): string =>
  `${formatFiscalYear(year)} ${title}`;

/** What an income over the limit, or no answer, leads to. */
export const endTitles = { lost: "資格喪失", suspended: "支給停止" } as const;
