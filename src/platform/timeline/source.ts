import type { PendingQuery, Row } from "postgres";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Work } from "../work.ts";

/** A statement for the database, made with the driver's tag. */
export type Statement = PendingQuery<Row[]>;

/** What the list is narrowed by: 申請・届出, 郵便 … Sources of several 事務 share one by its id. */
export interface TimelineKind {
  id: string;
  title: string;
}

/** One thing that happened, in words. Holds nothing that who looks may not see. */
export interface Told {
  what: string;
  note?: string | undefined;
  /** Its page, where there is one. */
  path?: `/${string}` | undefined;
  /** The 事務, where the source serves several. */
  program?: string | undefined;
}

/**
 * Something that a 事務, or the platform, knows of the past of a person (経過). The database finds, counts and cuts the
 * rows of all sources together; only those of the page are told, in words.
 */
export interface TimelineSource<Detail = unknown> {
  kind: TimelineKind;
  /**
   * Selects `on_day` (date), `at` (moment or null), `staff_id` (or null) and `detail` (jsonb: codes, ids, dates and numbers of
   * things) of a person; row security decides what of it the session sees.
   */
  rows(work: Work, personNumber: string): Statement;
  /** The rows of a page, in their order; what is sealed is opened here, all at once. */
  tell(work: Work, details: readonly Detail[], personNumber: string): Told[] | Promise<Told[]>;
}

// biome-ignore lint/suspicious/noExplicitAny: details go only from the rows of a source to its own words
export type AnyTimelineSource = TimelineSource<any>;

/** A line of the past of a person. */
export interface TimelineLine extends Told {
  on: IsoDate;
  at: Date | null;
  kind: TimelineKind;
  /** Who did it; none for what came from elsewhere. */
  staffName: string | null;
}
