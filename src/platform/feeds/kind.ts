import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Person } from "../people/index.ts";
import type { Work } from "../work.ts";
import type { RowError } from "./errors.ts";
import type { Layout } from "./layout.ts";

/** An agreed item of a feed (ACQ-3): nothing else is taken. */
export interface FeedItem {
  /** Japanese title, as lists of errors and changes show it. */
  title: string;
  /** Dates arrive as `YYYY-MM-DD`, codes as one of the kind's own values. */
  type: "text" | "date" | readonly string[];
  /** A layout without it cannot be used; whether a row may leave it empty is for `read` to say. */
  required: boolean;
}

/** The items of one row, by item id; what is empty in the file is the empty text. */
export type RowItems = Readonly<Record<string, string>>;

/** What a row would change. `moved-out` and `died` are changes that end somebody's residence. */
export const verdictTitles = {
  new: "新規",
  changed: "変更",
  "moved-out": "転出",
  died: "死亡",
  doubtful: "要確認",
  unchanged: "変更なし",
} as const;
export type Verdict = keyof typeof verdictTitles;

/** A row held against what is known. */
export interface Finding {
  verdict: Verdict;
  personNumber?: string | undefined;
  /** What differs: keys of the kind's `changeTitles`. */
  changes?: readonly string[] | undefined;
  /** Why it is doubtful: a key of the kind's `doubtTitles`. */
  doubt?: string | undefined;
  /** State of the thing as it was seen; another one at commit means that the world has moved. */
  revision?: number | undefined;
}

/** An item before and after, for the reviewer's eyes; personal data. */
export interface Difference {
  title: string;
  before: string;
  after: string;
}

/** Result of judging a row by itself. A bad row may still tell whom it speaks of. */
export type Judged<Row> = { row: Row } | { errors: RowError[] };

/**
 * A kind of feed. The platform reads, keeps, reviews and commits; the kind knows its items, how a row
 * is judged and where it is written. A 事務 supplies its own kinds.
 */
export interface FeedKind<Row = unknown, Found extends Finding = Finding> {
  /** Such as `residents`; stands in the file's entry for ever. */
  id: string;
  title: string;
  items: Readonly<Record<string, FeedItem>>;
  /** The item that holds the number of the person in the source register. */
  sourceItem: string;
  changeTitles: Readonly<Record<string, string>>;
  doubtTitles: Readonly<Record<string, string>>;
  /** Column map of the file as this house describes it. */
  standardLayout: unknown;
  /** After how many days without a file the feed counts as stopped. */
  expectedEveryDays: number;
  /** Judges a row by itself. Pure. */
  read(items: RowItems, fileDate: IsoDate): Judged<Row>;
  /** What must be there once in a full file, such as the number of the person. */
  subjectOf(row: Row): string;
  /** Whom or what a row is about, for the reviewer's eyes; personal data. */
  labelOf?(row: Row): string;
  /** What a row would change of somebody known, as the reviewer may see it; personal data. */
  differencesOf?(row: Row, known: Person, maySeeProtected: boolean): Difference[];
  /** Holds rows against what is known, in the order given. Changes nothing. */
  compare(work: Work, rows: Row[]): Promise<Found[]>;
  /**
   * Writes rows; what `compare` found in the same transaction comes along.
   * A row that the database refuses (a number of somebody else) may fail the whole call.
   */
  write(work: Work, entries: { row: Row; found: Found }[]): Promise<unknown>;
  /** Numbers of all who ought to be in a full file, in lots; left out where a full file need not name everybody. */
  everybody?(work: Work): AsyncIterable<string[]>;
}

/** A kind and the layout in which its files arrive. */
export interface Feed<Row = unknown, Found extends Finding = Finding> {
  kind: FeedKind<Row, Found>;
  layout: Layout;
}
