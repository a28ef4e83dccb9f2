import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, oneOf } from "../columns.ts";
import { contractor } from "./mailings.ts";

/** 予診票 that a contractor punches: the papers handed over, the files that come back, their rows. Written by the functions of 93-punched-files.sql alone. */
export const punched = pgSchema("punched");

/** How a contractor lays its files out, from a day on: asked by one person, approved by another. */
export const punchedLayout = punched.table(
  "layout",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    contractorId: integer("contractor_id")
      .notNull()
      .references(() => contractor.id),
    validFrom: date("valid_from").notNull(),
    /** A column map as docs/punched-files.md describes it. */
    map: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
    askedBy: integer("asked_by").notNull(),
    askedAt: moment("asked_at").notNull(),
    decision: text({ enum: ["approved", "refused"] }),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
  },
  (table) => [
    uniqueIndex("layout_once")
      .on(table.contractorId, table.validFrom)
      .where(sql`decision is distinct from 'refused'`),
    oneOf("layout_decision", table.decision),
    check("layout_two", sql`decided_by <> asked_by`),
    check("layout_decided", sql`(decision is null) = (decided_by is null)`),
  ],
);

/** The key to which contractors encrypt what they send; the secret half lies sealed. An ended one still opens what was under way. */
export const transitKey = punched.table(
  "transit_key",
  {
    id: uuid().primaryKey(),
    /** An age recipient, `age1…`. */
    recipient: text().notNull(),
    sealedId: uuid("sealed_id").notNull(),
    madeBy: integer("made_by").notNull(),
    madeAt: moment("made_at").notNull(),
    endedAt: moment("ended_at"),
  },
  () => [
    uniqueIndex("transit_key_one").on(sql`(ended_at is null)`).where(sql`ended_at is null`),
    check("transit_key_recipient", sql`recipient ~ '^age1[0-9a-z]{20,}$'`),
  ],
);

/** 授受簿: papers of an order handed to a contractor, and back. */
export const handover = punched.table(
  "handover",
  {
    id: uuid().primaryKey().defaultRandom(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    contractorId: integer("contractor_id")
      .notNull()
      .references(() => contractor.id),
    /** 注文番号, as the files of the contractor name it. */
    orderNumber: text("order_number").notNull(),
    slipsSent: integer("slips_sent").notNull(),
    boxes: integer().notNull(),
    sentOn: date("sent_on").notNull(),
    /** By when the file is to come. */
    dueOn: date("due_on").notNull(),
    sentBy: integer("sent_by").notNull(),
    sentAt: moment("sent_at").notNull(),
    slipsBack: integer("slips_back"),
    backOn: date("back_on"),
    backBy: integer("back_by"),
    /** Counts that differ were looked into: why they do, and who says so. */
    difference: text({ enum: ["blank", "unreadable", "counted-wrong", "lost", "other"] }),
    closedBy: integer("closed_by"),
    closedAt: moment("closed_at"),
    revision: integer().notNull().default(1),
  },
  (table) => [
    uniqueIndex("handover_order").on(table.contractorId, table.orderNumber),
    index("handover_open").on(table.dueOn).where(sql`closed_at is null`),
    oneOf("handover_difference", table.difference),
    check("handover_order_number", sql`order_number ~ '^[0-9A-Za-z-]{1,30}$'`),
    check(
      "handover_counts",
      sql`slips_sent between 1 and 1000000 and boxes between 1 and 9999 and slips_back between 0 and 1000000`,
    ),
    check("handover_days", sql`sent_on <= due_on and sent_on <= back_on`),
    check(
      "handover_back",
      sql`(slips_back is null) = (back_on is null) and (slips_back is null) = (back_by is null)`,
    ),
    check("handover_closed", sql`(closed_by is null) = (closed_at is null)`),
  ],
);

/** A file of a contractor: received by one person, looked through, taken up by another. Its rows lie sealed, lot by lot. */
export const punchedFile = punched.table(
  "file",
  {
    id: uuid().primaryKey().defaultRandom(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    handoverId: uuid("handover_id")
      .notNull()
      .references(() => handover.id),
    /** The column map by which it was read; none where it is our own. */
    layoutId: integer("layout_id").references(() => punchedLayout.id),
    fileName: text("file_name").notNull(),
    encoding: text({ enum: ["utf-8", "shift_jis"] }).notNull(),
    /** Whether it came encrypted. */
    encrypted: boolean().notNull(),
    /** SHA-256 of what it says, in hexadecimal. */
    digest: text(),
    bytes: bigint({ mode: "number" }).notNull().default(0),
    /** Rows that its header says, and that were found. */
    toldRows: integer("told_rows"),
    rowCount: integer("row_count").notNull().default(0),
    lotCount: integer("lot_count").notNull().default(0),
    /** Whether the checksum of its header fits; none where the layout has no header. */
    sumFits: boolean("sum_fits"),
    state: text({
      enum: ["receiving", "judging", "judged", "taking", "taken", "closed", "cancelled"],
    })
      .notNull()
      .default("receiving"),
    revision: integer().notNull().default(1),
    receivedBy: integer("received_by").notNull(),
    receivedAt: moment("received_at").notNull(),
    judgedAt: moment("judged_at"),
    approvedBy: integer("approved_by"),
    approvedAt: moment("approved_at"),
    takenAt: moment("taken_at"),
    /** What went wrong, in words for the person; holds no personal data. */
    problem: text(),
  },
  (table) => [
    uniqueIndex("file_once").on(table.digest).where(sql`state <> 'cancelled'`),
    index("file_handover").on(table.handoverId),
    index("file_open").on(table.state, table.receivedAt).where(sql`state <> 'closed'`),
    oneOf("file_encoding", table.encoding),
    oneOf("file_state", table.state),
    check("file_digest", sql`digest ~ '^[0-9a-f]{64}$'`),
    check("file_two", sql`approved_by <> received_by`),
    check(
      "file_approved",
      sql`(approved_by is not null) = (state in ('taking', 'taken', 'closed'))`,
    ),
  ],
);

/** Some rows of a file: the unit of looking through, of taking up and of resumption. */
export const punchedLot = punched.table(
  "lot",
  {
    fileId: uuid("file_id")
      .notNull()
      .references(() => punchedFile.id),
    number: integer().notNull(),
    firstRow: integer("first_row").notNull(),
    rowCount: integer("row_count").notNull(),
    /** Of the sealed record that holds them; erased when the file is closed. */
    sealedId: uuid("sealed_id").notNull(),
    judgedAt: moment("judged_at"),
    takenAt: moment("taken_at"),
  },
  (table) => [primaryKey({ columns: [table.fileId, table.number] })],
);

/** A row: what becomes of it. Says nothing of whose it is. */
export const punchedRow = punched.table(
  "row",
  {
    fileId: uuid("file_id").notNull(),
    /** Rows of a file from 1, without its header. */
    row: integer().notNull(),
    lot: integer().notNull(),
    /** `ready`: can be taken up. `faulty`: waits to be corrected or sent back. `taken`: is a slip. `returned`: sent back. `dropped`: given up. */
    state: text({ enum: ["ready", "faulty", "taken", "returned", "dropped"] }).notNull(),
    /** `item:code` of workflows/vaccination/punched-files/faults.ts. */
    faults: text().array().notNull().default(sql`'{}'`),
    /** What would become of it, as it was looked through, with the codes of its doubts. */
    foreseen: text({ enum: ["recorded", "second-channel", "noted", "doubtful", "unmatched"] }),
    doubts: text().array().notNull().default(sql`'{}'`),
    /** The slip that came of it. */
    slipId: uuid("slip_id"),
    /** Corrected by hand: what it says now lies sealed for itself. */
    correctedId: uuid("corrected_id"),
    correctedBy: integer("corrected_by"),
    /** Why it was given up. */
    reason: text({ enum: ["twice", "not-ours", "blank", "unreadable"] }),
    settledBy: integer("settled_by"),
    settledAt: moment("settled_at"),
  },
  (table) => [
    primaryKey({ columns: [table.fileId, table.row] }),
    foreignKey({
      columns: [table.fileId, table.lot],
      foreignColumns: [punchedLot.fileId, punchedLot.number],
    }),
    index("row_state").on(table.fileId, table.state, table.row),
    index("row_foreseen").on(table.fileId, table.foreseen, table.row),
    index("row_lot").on(table.fileId, table.lot),
    index("row_slip").on(table.slipId),
    oneOf("row_state_known", table.state),
    oneOf("row_foreseen_known", table.foreseen),
    oneOf("row_reason", table.reason),
    check("row_faulty", sql`state <> 'faulty' or cardinality(faults) > 0`),
    check("row_taken", sql`(slip_id is not null) = (state = 'taken')`),
    check("row_dropped", sql`(reason is not null) = (state = 'dropped')`),
    check("row_corrected", sql`(corrected_id is null) = (corrected_by is null)`),
  ],
);

/** A row keyed once more by another person, blind (再入力検査): how many items differed. */
export const rekeying = punched.table(
  "rekeying",
  {
    fileId: uuid("file_id").notNull(),
    row: integer().notNull(),
    /** Order of the draw. */
    place: integer().notNull(),
    drawnBy: integer("drawn_by").notNull(),
    drawnAt: moment("drawn_at").notNull(),
    keyedBy: integer("keyed_by"),
    keyedAt: moment("keyed_at"),
    items: integer(),
    /** Names of the items that differ. */
    differing: text().array(),
  },
  (table) => [
    primaryKey({ columns: [table.fileId, table.row] }),
    foreignKey({
      columns: [table.fileId, table.row],
      foreignColumns: [punchedRow.fileId, punchedRow.row],
    }),
    check(
      "rekeying_keyed",
      sql`(keyed_by is null) = (items is null) and (keyed_by is null) = (differing is null) and items > 0`,
    ),
  ],
);
