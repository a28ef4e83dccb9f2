import {
  bigint,
  date,
  index,
  inet,
  integer,
  jsonb,
  pgSchema,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, moment } from "../columns.ts";

export const audit = pgSchema("audit");

/** Who did or saw what, when, where and why (USE-6). Insert only; holds no personal data but the 宛名番号. */
export const record = audit.table(
  "record",
  {
    id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    at: moment("at").notNull().defaultNow(),
    businessDate: date("business_date"),
    /** `look`, `change`, `event`, `search`, `sign-in`, `print`, `export` … */
    kind: text().notNull(),
    action: text().notNull(),
    staffId: integer("staff_id"),
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
  ],
);

/** Seals in sequence: each covers the records named in it and the seal before it. */
export const seal = audit.table("seal", {
  number: bigint({ mode: "bigint" }).primaryKey(),
  previous: bytea().notNull().unique(),
  recordIds: bigint("record_ids", { mode: "bigint" }).array().notNull(),
  digest: bytea().notNull().unique(),
  /** Ed25519 signature of the digest. */
  signature: bytea().notNull(),
  sealedAt: moment("sealed_at").notNull().defaultNow(),
});

/** Records not yet under a seal; a row leaves when its seal is written. */
export const unsealed = audit.table("unsealed", {
  recordId: bigint("record_id", { mode: "bigint" }).primaryKey(),
});
