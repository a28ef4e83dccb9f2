import type { Period } from "#src/platform/statistics/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** What is chosen on a page of figures. */
export interface Asked {
  period: Period;
  /** Code of one office; left out for all that the person may count. */
  office?: string | undefined;
  /** The day for which people are counted. */
  on: IsoDate;
  today: IsoDate;
}

/** A number, or nothing where there is none to tell; with the rows behind it, for who may see them. */
export interface Figure {
  value: number | null;
  path?: `/${string}` | undefined;
}

/** A table of figures; its charted columns share one unit and stand in the chart above it. */
export interface FigureTable {
  title: string;
  /** What the rows are: 年月, 状態. */
  rowTitle: string;
  columns: readonly { title: string; unit: string; charted?: true }[];
  rows: readonly FigureRow[];
  /** The line below: the whole period. It is no sum where a column is a median or counts persons. */
  whole?: FigureRow | undefined;
  /** Along the time, or side by side. */
  chart: "columns" | "bars";
}

export interface FigureRow {
  title: string;
  figures: readonly Figure[];
}

/** Statistics of one matter, as a 事務 declares them. */
export interface Sheet {
  /** Names it in the address. */
  id: string;
  title: string;
  /** By what it is chosen: a period, a day, or as things stand now. */
  asks: "period" | "day" | "now";
  /** Whether it can be counted for one office. */
  byOffice: boolean;
  /** Where the figures come from, and how they are counted. */
  source: string;
  /** Whether the figures are exact: for who may see every row behind them. */
  exact(work: Work, asked: Asked): Promise<boolean>;
  read(work: Work, asked: Asked): Promise<FigureTable[]>;
}

/** The statistics of a 事務: its title, and what can be looked at, the first at once. */
export interface Statistics {
  program: string;
  title: string;
  sheets: readonly [Sheet, ...Sheet[]];
}
