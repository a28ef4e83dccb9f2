import { sql } from "drizzle-orm";
import { boolean, check, date, index, integer, jsonb, text, uuid } from "drizzle-orm/pg-core";
import { moment, oneOf } from "../columns.ts";
import { staff } from "./access.ts";
import { oversight } from "./oversight.ts";

/** What a person asks about their own data (AUD-2): where it stands and by when it is decided on. Written by the functions of `oversight` alone. */
export const subjectRequest = oversight.table(
  "subject_request",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    kind: text({ enum: ["disclosure", "correction", "suspension", "inquiry"] }).notNull(),
    personNumber: text("person_number").notNull(),
    asker: text({ enum: ["self", "legal-representative", "agent"] }).notNull(),
    /** Identity check (ACQ-1): kinds of documents only, and whether the power (委任状, 戸籍) was seen. */
    method: text({ enum: ["number-card", "notification-card", "two-documents"] }).notNull(),
    documents: text().array().notNull(),
    mandateSeen: boolean("mandate_seen").notNull(),
    receivedOn: date("received_on").notNull(),
    /** The 事務 that it is about; null for all. */
    program: text(),
    dueOn: date("due_on").notNull(),
    /** The day on which the time was prolonged and the person told so. */
    extendedOn: date("extended_on"),
    state: text({
      enum: [
        "received",
        "investigating",
        "awaiting",
        "decided",
        "notified",
        "carried",
        "closed",
        "withdrawn",
      ],
    })
      .notNull()
      .default("received"),
    stateSince: moment("state_since").notNull().defaultNow(),
    preparedBy: integer("prepared_by").references(() => staff.id),
    outcome: text({ enum: ["whole", "part", "refused"] }),
    /** A code of why it is granted in part or refused. */
    reason: text(),
    /** Parts of the document that are withheld, each with the code of its reason. */
    withheld: jsonb().$type<Record<string, string>>().notNull().default({}),
    decidedBy: integer("decided_by").references(() => staff.id),
    decidedOn: date("decided_on"),
    openedBy: integer("opened_by")
      .notNull()
      .references(() => staff.id),
    openedAt: moment("opened_at").notNull().defaultNow(),
  },
  (table) => [
    index("subject_request_state").on(table.state, table.dueOn),
    index("subject_request_person").on(table.personNumber),
    oneOf("subject_request_kind", table.kind),
    oneOf("subject_request_asker", table.asker),
    oneOf("subject_request_method", table.method),
    oneOf("subject_request_state_known", table.state),
    oneOf("subject_request_outcome", table.outcome),
    check("subject_request_mandate", sql`asker = 'self' or mandate_seen`),
    check("subject_request_due", sql`due_on > received_on`),
    check("subject_request_two_people", sql`decided_by <> prepared_by`),
    check("subject_request_decision_whole", sql`(decided_by is null) = (decided_on is null)`),
  ],
);

/** The steps of a request. Insert only. */
export const subjectRequestStep = oversight.table(
  "subject_request_step",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    requestId: integer("request_id")
      .notNull()
      .references(() => subjectRequest.id),
    event: text().notNull(),
    doneOn: date("done_on").notNull(),
    staffId: integer("staff_id")
      .notNull()
      .references(() => staff.id),
    statementId: uuid("statement_id").notNull(),
    at: moment("at").notNull().defaultNow(),
  },
  (table) => [index("subject_request_step_request").on(table.requestId)],
);
