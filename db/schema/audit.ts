import { sql } from "drizzle-orm";
import {
  bigint,
  date,
  index,
  inet,
  integer,
  jsonb,
  pgSchema,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, moment } from "../columns.ts";

export const audit = pgSchema("audit");

/** Who did or saw what, when, where and why (USE-6). Insert only; holds no personal data but the 宛名番号. */
export const record = audit.table(
  "record",
  {
    id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    /** When it was written, not when its transaction began: so times run as the numbers do. */
    at: moment("at").notNull().default(sql`clock_timestamp()`),
    businessDate: date("business_date"),
    /** `look`, `change`, `event`, `search`, `sign-in`, `print`, `export` … */
    kind: text().notNull(),
    action: text().notNull(),
    staffId: integer("staff_id"),
    /** Id to sign in and name as they were then: the register of staff may change. */
    staffName: text("staff_name"),
    officeCode: text("office_code"),
    address: inet(),
    sessionId: uuid("session_id"),
    purpose: text(),
    reason: text(),
    program: text(),
    caseId: uuid("case_id"),
    personNumber: text("person_number"),
    items: text().array(),
    detail: jsonb(),
  },
  (table) => [
    index("record_person").on(table.personNumber, table.id),
    index("record_staff").on(table.staffId, table.id),
    index("record_at").on(table.at),
    index("record_kind").on(table.kind, table.id),
    // What the log says of itself: few among many.
    index("record_of_log").on(table.id).where(sql`${table.kind} = 'log'`),
  ],
);

/** Seals in sequence: each covers the records named in it and the seal before it. */
export const seal = audit.table("seal", {
  number: bigint({ mode: "bigint" }).primaryKey(),
  /** 1: fields as text, signature of the digest. 2: fields as the server sends them, signature of a note. */
  version: smallint().notNull().default(1),
  previous: bytea().notNull().unique(),
  recordIds: bigint("record_ids", { mode: "bigint" }).array().notNull(),
  digest: bytea().notNull().unique(),
  /** Ed25519. */
  signature: bytea().notNull(),
  /** From version 2 on under the signature. */
  sealedAt: moment("sealed_at").notNull().defaultNow(),
});

/** Records not yet under a seal; a row leaves when its seal is written. */
export const unsealed = audit.table("unsealed", {
  recordId: bigint("record_id", { mode: "bigint" }).primaryKey(),
  /** Hash of the record when it was written; none for those of the first release. */
  digest: bytea(),
});

/** What personal data may be used for: the list of the program (`purposeTitles`). */
export const purpose = audit.table("purpose", { code: text().primaryKey() });

/** Why somebody looks now: the list of the program (`reasonTitles`). Earlier releases wrote the words themselves. */
export const reason = audit.table("reason", { code: text().primaryKey() });

/** The one row that whoever seals holds, so that seals stand in one sequence; nobody else can lock it. */
export const sealer = audit.table("sealer", { id: smallint().primaryKey() });

/** Verifications of the log: one at a time, how far it is and what was found. */
export const verification = audit.table(
  "verification",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    requestedBy: integer("requested_by"),
    startedAt: moment("started_at").notNull().defaultNow(),
    /** The last sign of life; one that gives none for two minutes was stopped. */
    seenAt: moment("seen_at").notNull().defaultNow(),
    finishedAt: moment("finished_at"),
    /** Records that there were when it began. */
    total: bigint({ mode: "number" }).notNull(),
    records: bigint({ mode: "number" }).notNull().default(0),
    seals: bigint({ mode: "number" }).notNull().default(0),
    /** What it found, when it is finished. */
    found: jsonb(),
  },
  (table) => [
    uniqueIndex("verification_running").on(sql`(true)`).where(sql`${table.finishedAt} is null`),
  ],
);
