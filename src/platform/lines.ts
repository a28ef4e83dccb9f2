import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** Which lines are wanted: how many are passed over, and how many follow. */
export interface Lines {
  from: number;
  size: number;
}

/** How much of one kind there is; `since` is the oldest, none where there is nothing. */
export interface Figures {
  count: number;
  since: Date | null;
  overdue?: number;
  nearest?: IsoDate | null;
}

/** How much of one kind waits, and how much of it others than whoever looks asked for. */
export interface FiguresByOthers extends Figures {
  byOthers: Figures;
}

/** Such figures as a function of the database counts them. */
export interface CountedByOthers {
  count: number;
  since: string | null;
  by_others: number;
  by_others_since: string | null;
}

/** The figures of a row; nothing of none. */
export function figuresByOthers(row: CountedByOthers | undefined): FiguresByOthers {
  const at = (text: string | null | undefined) => (text ? new Date(text) : null);
  return {
    count: row?.count ?? 0,
    since: at(row?.since),
    byOthers: { count: row?.by_others ?? 0, since: at(row?.by_others_since) },
  };
}
