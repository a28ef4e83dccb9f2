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
