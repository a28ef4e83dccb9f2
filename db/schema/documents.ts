import { date, index, integer, pgSchema, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { moment } from "../columns.ts";
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
