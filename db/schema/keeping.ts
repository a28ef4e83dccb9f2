import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  date,
  index,
  integer,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, oneOf } from "../columns.ts";

/** How long records are kept and how they are erased (KEP-1). Written by functions of 35-keeping.sql alone. */
export const keeping = pgSchema("keeping");

/** 保存期間 in years of each 事務, dated; written at start from `workflows/<事務>/keeping.ts`. `residents`: of people themselves. */
export const keepYears = keeping.table(
  "keep_years",
  {
    program: text().notNull(),
    validFrom: date("valid_from").notNull(),
    years: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.program, table.validFrom] }),
    check("keep_years_positive", sql`years > 0`),
  ],
);

/**
 * A search for people whose records are past their time, and what became of it: proposed by one person, approved by
 * another, carried out in the background. Kept as the record of erasure.
 */
export const erasureRun = keeping.table(
  "erasure_run",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Shown as `消去 12`. */
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    /** Day by which the periods are counted. */
    asOf: date("as_of").notNull(),
    state: text({ enum: ["found", "proposed", "erasing", "erased", "cancelled"] })
      .notNull()
      .default("found"),
    people: integer().notNull().default(0),
    searchedBy: integer("searched_by").notNull(),
    searchedAt: moment("searched_at").notNull().defaultNow(),
    proposedBy: integer("proposed_by"),
    proposedAt: moment("proposed_at"),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
    erasedAt: moment("erased_at"),
    /** Epoch of the keys that began after the last person was erased: from then on no copy opens what was erased. */
    keyEpoch: integer("key_epoch"),
    /** What went wrong, in words for people; holds no personal data. */
    problem: text(),
  },
  (table) => [
    uniqueIndex("erasure_run_one_open")
      .on(sql`(true)`)
      .where(sql`state in ('found', 'proposed', 'erasing')`),
    oneOf("erasure_run_state", table.state),
    check(
      "erasure_run_two_people",
      sql`decided_by is null or decided_by <> proposed_by or state = 'cancelled'`,
    ),
    check(
      "erasure_run_approved",
      sql`state not in ('erasing', 'erased') or (decided_by is not null and proposed_by is not null)`,
    ),
    check(
      "erasure_run_out_of_reach",
      sql`(state = 'erased') = (erased_at is not null) and (state = 'erased') = (key_epoch is not null)`,
    ),
  ],
);

/** Somebody found past their time. Only the number, which is nobody's any more once they are erased. */
export const erasurePerson = keeping.table(
  "erasure_person",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => erasureRun.id),
    personNumber: text("person_number").notNull(),
    reason: text({ enum: ["death", "move-out", "outside"] }).notNull(),
    /** Day of the death or the out-move; of people outside the register, that of the opening. */
    endedOn: date("ended_on").notNull(),
    /** `kept`: something began since the search, such as an application. */
    outcome: text({ enum: ["erased", "kept"] }),
    at: moment("at"),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.personNumber] }),
    index("erasure_person_number").on(table.personNumber),
    index("erasure_person_waiting").on(table.runId).where(sql`outcome is null`),
    oneOf("erasure_person_reason", table.reason),
  ],
);

/** How many records of each kind a run erased. */
export const erasureCount = keeping.table(
  "erasure_count",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => erasureRun.id),
    /** Table or kind of record, such as `person`, `individual-number`, `application`. */
    kind: text().notNull(),
    records: bigint({ mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.kind] })],
);

/** Papers of a fiscal year that were destroyed (廃棄), as entered by whoever saw to it. */
export const destroyedPapers = keeping.table(
  "destroyed_papers",
  {
    program: text().notNull(),
    /** 年度 in which the applications ended: 2020 for 令和2年度. */
    fiscalYear: integer("fiscal_year").notNull(),
    applications: integer().notNull(),
    destroyedOn: date("destroyed_on").notNull(),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.program, table.fiscalYear] })],
);
