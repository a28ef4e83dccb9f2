import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment } from "../columns.ts";

export const feeds = pgSchema("feeds");

/**
 * A file taken in: prepared by one person, committed by another. Holds no content; the lines lie sealed
 * in the vault, lot by lot.
 */
export const feedImport = feeds.table(
  "import",
  {
    id: uuid().primaryKey().defaultRandom(),
    kind: text().notNull(),
    layout: text().notNull(),
    fileName: text("file_name").notNull(),
    fileDate: date("file_date").notNull(),
    extent: text({ enum: ["full", "diff"] }).notNull(),
    /** Number of the file in the vendor's sequence; a full file has one too. */
    sequence: integer().notNull(),
    /** SHA-256 of the file in hexadecimal, by which a repeated file is known. */
    digest: text(),
    bytes: bigint({ mode: "number" }).notNull().default(0),
    /** Place in the layout of each column of the file. */
    columnOrder: integer("column_order").array().notNull().default([]),
    state: text({
      enum: ["receiving", "reviewing", "reviewed", "committing", "committed", "cancelled"],
    })
      .notNull()
      .default("receiving"),
    revision: integer().notNull().default(1),
    lotCount: integer("lot_count").notNull().default(0),
    rowCount: integer("row_count").notNull().default(0),
    /** Rows of people whom no 事務 needs: counted as the file came, nothing of them was kept. */
    notNeeded: integer("not_needed").notNull().default(0),
    preparedBy: integer("prepared_by").notNull(),
    preparedAt: moment("prepared_at").notNull().defaultNow(),
    reviewedAt: moment("reviewed_at"),
    committedBy: integer("committed_by"),
    committedAt: moment("committed_at"),
    /** Why it was committed although a file before it is missing. */
    gapReason: text("gap_reason"),
    /** What went wrong, in words for the person; holds no personal data. */
    problem: text(),
  },
  (table) => [
    uniqueIndex("import_once").on(table.kind, table.digest).where(sql`state <> 'cancelled'`),
    index("import_sequence").on(table.kind, table.sequence),
    check("import_two_people", sql`committed_by is null or committed_by <> prepared_by`),
    check(
      "import_committed_by_somebody",
      sql`state not in ('committing', 'committed') or committed_by is not null`,
    ),
    check("import_sequence_positive", sql`sequence > 0`),
  ],
);

/** A lot of lines: the unit of review, commit and resumption. */
export const feedLot = feeds.table(
  "lot",
  {
    importId: uuid("import_id")
      .notNull()
      .references(() => feedImport.id),
    number: integer().notNull(),
    firstRow: integer("first_row").notNull(),
    rowCount: integer("row_count").notNull(),
    /** Rows of the lines that were kept, where others were dropped because nobody needs their people. */
    keptRows: integer("kept_rows").array(),
    /** Of the sealed record that holds the lines; erased when the file is closed. */
    sealedId: uuid("sealed_id").notNull(),
    /** Of the one that holds the 個人番号 of the lines, where the kind has them. */
    numbersId: uuid("numbers_id"),
    reviewedAt: moment("reviewed_at"),
    committedAt: moment("committed_at"),
  },
  (table) => [primaryKey({ columns: [table.importId, table.number] })],
);

/** A row that can be read, and what it would change. */
export const feedRow = feeds.table(
  "row",
  {
    importId: uuid("import_id").notNull(),
    row: integer().notNull(),
    lot: integer().notNull(),
    /** Keyed token of what the row is about. */
    subject: bigint({ mode: "bigint" }).notNull(),
    /** Keyed token of what only one subject of the file may say of its person, where the kind has such. */
    sole: bigint({ mode: "bigint" }),
    /** One that every feed knows, or one of the kind's own. */
    verdict: text().notNull(),
    personNumber: text("person_number"),
    changes: text().array(),
    doubt: text(),
    /** Revision of the person or thing that the review saw. */
    seenRevision: integer("seen_revision"),
    /** A doubtful row is written only after somebody said so. */
    accepted: boolean(),
    decidedBy: integer("decided_by"),
    /** A later row of the same file tells the newer state. */
    superseded: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.row] }),
    index("row_subject").on(table.importId, table.subject),
    index("row_sole").on(table.importId, table.sole).where(sql`sole is not null`),
    index("row_verdict").on(table.importId, table.verdict, table.row),
    index("row_person").on(table.importId, table.personNumber),
  ],
);

/** A row that cannot be taken, by fault; kept with its reason until the file goes. */
export const badRow = feeds.table(
  "bad_row",
  {
    importId: uuid("import_id").notNull(),
    row: integer().notNull(),
    lot: integer().notNull(),
    field: text().notNull(),
    code: text().notNull(),
    /** Whom the row speaks of, where its number could be read and is known. */
    personNumber: text("person_number"),
    /** Nobody could tell of whom it speaks, and so whether it may be kept: its line was not. */
    unread: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.row, table.field, table.code] }),
    foreignKey({
      columns: [table.importId, table.lot],
      foreignColumns: [feedLot.importId, feedLot.number],
    }),
  ],
);

/** Somebody who lives here and is not in a full file: to be looked into, never removed by itself. */
export const gonePerson = feeds.table(
  "gone_person",
  {
    importId: uuid("import_id")
      .notNull()
      .references(() => feedImport.id),
    personNumber: text("person_number").notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.personNumber] })],
);
