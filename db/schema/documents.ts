import { sql } from "drizzle-orm";
import {
  check,
  date,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, oneOf } from "../columns.ts";
import { caseRow } from "./cases.ts";
import { formSetting } from "./printing.ts";

export const documents = pgSchema("documents");

/** A paper as it was issued. Its bytes lie sealed in the vault; printed again, it is the same to the byte. */
export const document = documents.table(
  "document",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** 文書番号, such as `熊こ医第R8-000123号`. */
    number: text().notNull(),
    program: text().notNull(),
    kind: text().notNull(),
    templateVersion: text("template_version").notNull(),
    /** The 帳票の設定 it was printed with; none before a city has set anything. */
    formSettingId: integer("form_setting_id").references(() => formSetting.id),
    /** The case that caused it; none for a paper of a mailing run. */
    caseId: uuid("case_id").references(() => caseRow.id),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    sealedId: uuid("sealed_id").notNull(),
    sha256: text().notNull(),
    issuedOn: date("issued_on").notNull(),
    issuedBy: integer("issued_by").notNull().default(0),
    issuedAt: moment("issued_at").notNull().defaultNow(),
  },
  (table) => [
    // A 事務 counts for itself: what another prints with its sign takes none of its numbers.
    uniqueIndex("document_program_number").on(table.program, table.number),
    index("document_case").on(table.caseId),
    index("document_person").on(table.personNumber),
  ],
);

/** Each time a paper was printed. */
export const print = documents.table("print", {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  documentId: uuid("document_id")
    .notNull()
    .references(() => document.id),
  printedBy: integer("printed_by").notNull().default(0),
  printedAt: moment("printed_at").notNull().defaultNow(),
});

/**
 * Register of copies of lists (USE-9): asked for with a reason, allowed by another person, taken within some days. Written
 * by the functions `documents.*_copy` alone.
 */
export const listCopy = documents.table(
  "list_copy",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    program: text().notNull(),
    format: text({ enum: ["csv", "print"] }).notNull(),
    /** By what the list is narrowed: codes, dates and ids of staff. */
    filter: jsonb().$type<Record<string, string>>().notNull(),
    /** How many lines it had when it was asked for. */
    lines: integer().notNull(),
    /** Of what it is and how it was narrowed, in the words that were approved; none of those that were asked for before it was kept. */
    title: text(),
    words: text(),
    reason: text().notNull(),
    requestedBy: integer("requested_by").notNull(),
    requestedAt: moment("requested_at").notNull(),
    /** The last day on which it is needed; by then it is erased. None of those that were asked for before it was kept. */
    eraseBy: date("erase_by"),
    /** When it was entered that nothing of it is left, and by whom. */
    erasedAt: moment("erased_at"),
    erasedBy: integer("erased_by"),
    decision: text({ enum: ["approved", "refused"] }),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
    /** The last day on which it may be taken; set by the approval. */
    takeBy: date("take_by"),
  },
  (table) => [
    index("list_copy_program").on(table.program, table.requestedAt),
    oneOf("list_copy_format", table.format),
    oneOf("list_copy_decision", table.decision),
    check("list_copy_two_people", sql`decided_by <> requested_by`),
    check("list_copy_erased_whole", sql`num_nulls(erased_at, erased_by) in (0, 2)`),
    check("list_copy_decision_whole", sql`num_nulls(decision, decided_by, decided_at) in (0, 3)`),
  ],
);

/** Each time a copy of a list was taken, with how many lines. */
export const copyTaken = documents.table(
  "copy_taken",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    copyId: integer("copy_id")
      .notNull()
      .references(() => listCopy.id),
    lines: integer().notNull(),
    takenAt: moment("taken_at").notNull(),
  },
  (table) => [index("copy_taken_copy").on(table.copyId)],
);
