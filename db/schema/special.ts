import { sql } from "drizzle-orm";
import { check, date, index, integer, pgSchema, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment, oneOf } from "../columns.ts";

/** 特例と注意 of a person in 予防接種. Written by the functions of 47-special.sql alone. */
export const special = pgSchema("special");

/** 長期療養特例, 要注意児, 震災特例, 滞在先, 送付先, 妊娠, 障害 and 特記事項 of a person. */
export const specialEntry = special.table(
  "entry",
  {
    id: uuid().primaryKey(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    kind: text({
      enum: [
        "long-illness",
        "caution",
        "disaster",
        "stay",
        "mailing-address",
        "pregnancy",
        "disability",
        "memo",
      ],
    }).notNull(),
    /** A code of the kind: workflows/vaccination/special/kinds.ts. */
    reason: text().notNull(),
    /** What was seen, on which day; by whoever entered it. */
    evidence: text().notNull(),
    evidenceOn: date("evidence_on").notNull(),
    validFrom: date("valid_from").notNull(),
    /** The last day; none: until it is ended. */
    validUntil: date("valid_until"),
    /** Of 長期療養特例: from when until when vaccination was impossible. */
    hindranceFrom: date("hindrance_from"),
    hindranceTo: date("hindrance_to"),
    /** Of 長期療養特例: the vaccines, and in the same order the last day on which each may be given. */
    vaccines: text().array().notNull().default([]),
    untils: date().array().notNull().default([]),
    /** Of a pregnancy: 出産予定日. */
    dueOn: date("due_on"),
    /** Sealed for the person: address, names, what is written. */
    wordsId: uuid("words_id"),
    state: text({ enum: ["awaiting", "returned", "standing", "ended", "withdrawn"] }).notNull(),
    revision: integer().notNull().default(1),
    /** Who entered it or changed it last, and who decided what needs two. */
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull(),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
  },
  (table) => [
    index("special_person").on(table.personNumber),
    index("special_state").on(table.state, table.enteredAt),
    index("special_kind").on(table.kind, table.validFrom).where(sql`state = 'standing'`),
    oneOf("special_kind_known", table.kind),
    oneOf("special_state_known", table.state),
    check("special_days", sql`valid_until is null or valid_until >= valid_from`),
    check("special_due", sql`(due_on is not null) = (kind = 'pregnancy')`),
    check(
      "special_illness",
      sql`(kind = 'long-illness') = (hindrance_from is not null) and (kind = 'long-illness') = (hindrance_to is not null)
        and (kind = 'long-illness') = (cardinality(vaccines) > 0) and cardinality(vaccines) = cardinality(untils)`,
    ),
    check(
      "special_two",
      sql`state <> 'standing' or kind <> 'long-illness' or decided_by is not null and decided_by <> entered_by`,
    ),
  ],
);

/** History of an entry with what it said each time (codes and days; what is sealed by its id). Rows are only added. */
export const specialEvent = special.table(
  "entry_event",
  {
    entryId: uuid("entry_id")
      .notNull()
      .references(() => specialEntry.id),
    revision: integer().notNull(),
    event: text().notNull(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    why: text(),
    reason: text().notNull(),
    evidence: text().notNull(),
    evidenceOn: date("evidence_on").notNull(),
    validFrom: date("valid_from").notNull(),
    validUntil: date("valid_until"),
    vaccines: text().array().notNull(),
    dueOn: date("due_on"),
    wordsId: uuid("words_id"),
    staffId: integer("staff_id").notNull(),
    staffName: text("staff_name").notNull(),
    at: moment("at").notNull(),
    on: date("on").notNull(),
  },
  (table) => [primaryKey({ columns: [table.entryId, table.revision] })],
);
