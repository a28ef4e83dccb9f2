import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Person } from "../people/index.ts";
import type { Work } from "../work.ts";
import type { RowError } from "./errors.ts";
import type { FeedItems, RowItems } from "./items.ts";
import type { Layout } from "./layout.ts";

/** What every feed knows of a row held against what is known. A kind may name further sorts of change, such as 転出. */
const commonVerdicts = {
  new: "新規",
  changed: "変更",
  doubtful: "要確認",
  unchanged: "変更なし",
} as const;
export type CommonVerdict = keyof typeof commonVerdicts;

/** Verdict of a row whose person was needed when the file came and is not any more; it is not written. */
export const notNeeded = "not-needed";

/** A row held against what is known. `Own` are the kind's further sorts of change. */
export interface Finding<Own extends string = string> {
  verdict: CommonVerdict | Own;
  personNumber?: string | undefined;
  /** What differs: keys of the kind's `changeTitles`. */
  changes?: readonly string[] | undefined;
  /** Why it is doubtful: a key of the kind's `doubts`. */
  doubt?: string | undefined;
  /** State of the thing as it was seen; another one at commit means that the world has moved. */
  revision?: number | undefined;
}

/** Why a row is doubtful, and whether somebody may have it written nevertheless. */
export interface Doubt {
  title: string;
  acceptable: boolean;
}

/** An item before and after, for the reviewer's eyes; personal data. */
export interface Difference {
  title: string;
  before: string;
  after: string;
}

/** Result of judging a row by itself. */
export type Judged<Row> = { row: Row } | { errors: RowError[] };

/** 統合宛名番号 of the person of a row; `null` for somebody not known here, `undefined` where it cannot be told. */
export type PersonOfRow = string | null | undefined;

/** The file in which a row stands. */
export interface FileInHand {
  importId: string;
  /** The lot that is being written. */
  lot: number;
  fileDate: IsoDate;
}

/**
 * A kind of feed. The platform reads, keeps, reviews and commits; the kind knows its items, how a row
 * is judged and where it is written. A 事務 supplies its own kinds.
 */
export interface FeedKind<Row = unknown, Found extends Finding = Finding> {
  /** Such as `residents`; stands in the file's entry for ever. */
  id: string;
  title: string;
  items: FeedItems;
  /** Further sorts of change with their titles, in the order of their lists. */
  verdictTitles?: Readonly<Record<string, string>>;
  changeTitles: Readonly<Record<string, string>>;
  doubts: Readonly<Record<string, Doubt>>;
  /** Column map of the file as this house describes it. */
  standardLayout: unknown;
  /** After how many days without a file the feed counts as stopped. */
  expectedEveryDays: number;
  /**
   * Items that are filled although rows of this sort may not tell them: their values are cut out before the row is kept,
   * and the row is refused. Pure.
   */
  surplusIn?(items: RowItems): readonly string[];
  /** Judges a row by itself. Pure. */
  read(items: RowItems, fileDate: IsoDate): Judged<Row>;
  /** What must be there once in a full file, such as the number of the person. */
  subjectOf(row: Row): string;
  /** Whom or what a row is about, for the reviewer's eyes; personal data. */
  labelOf?(row: Row): string;
  /** What a row would change of somebody known, as the reviewer may see it; personal data. */
  differencesOf?(row: Row, known: Person, maySeeProtected: boolean): Difference[];
  /**
   * 統合宛名番号 of the persons of whom rows speak, in the order given: by whatever the kind knows them.
   * Rows may be at fault; `undefined` where nothing tells of whom one speaks.
   */
  peopleOf?(work: Work, rows: readonly RowItems[]): Promise<PersonOfRow[]>;
  /**
   * Those of some persons whom a 事務 needs (ACQ-5); needs `peopleOf`. Rows of all others are counted and
   * dropped before anything of them is kept. Left out, the feed takes everybody.
   */
  needed?(work: Work, personNumbers: string[]): Promise<ReadonlySet<string>>;
  /**
   * What only one subject of a file may newly say, such as that a dose was given on a day; a later row that says it too is
   * doubtful. Within the rows that it compares the kind sees to that itself, from lot to lot the platform.
   */
  sole?: { keyOf(row: Row, found: Found): string | undefined; doubt: string };
  /** Holds rows against what is known, in the order given. Changes nothing. */
  compare(work: Work, rows: Row[]): Promise<Found[]>;
  /**
   * Writes rows; what `compare` found in the same transaction comes along.
   * A row that the database refuses (a number of somebody else) may fail the whole call.
   */
  write(work: Work, entries: { row: Row; found: Found }[], file: FileInHand): Promise<unknown>;
  /** Who ought to be in a full file, in lots, and what is to be done about somebody who is not; left out where a full file need not name everybody. */
  expected?: { hint: string; people(work: Work): AsyncIterable<string[]> };
}

/** A kind and the layout in which its files arrive. */
export interface Feed<Row = unknown, Found extends Finding = Finding> {
  kind: FeedKind<Row, Found>;
  layout: Layout;
}

/** Every verdict of a kind with its title: the common ones, and its own after 変更. */
export function verdictTitlesOf({
  verdictTitles,
}: Pick<FeedKind, "verdictTitles">): Record<string, string> {
  const { doubtful, unchanged, ...changes } = commonVerdicts;
  return { ...changes, ...verdictTitles, doubtful, unchanged, [notNeeded]: "対象外" };
}
