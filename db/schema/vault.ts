import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  pgSchema,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { nameKeysVersion } from "#workflows/names/search-keys.ts";
import { bytea, moment, oneOf } from "../columns.ts";

export const vault = pgSchema("vault");

/**
 * Epochs of the keys that wrap the keys of holders. Each renewal is one: everything is wrapped anew under it, then the
 * secrets of those before are destroyed. Holds no key.
 */
export const keyEpoch = vault.table("key_epoch", {
  id: integer().primaryKey(),
  begunAt: moment("begun_at").notNull().defaultNow(),
  begunBy: integer("begun_by"),
  /** How far the renewal has come: where, after which id, and how many keys. */
  place: text(),
  afterId: text("after_id"),
  renewed: bigint({ mode: "number" }).notNull().default(0),
  /** Since when no key of an earlier epoch is taken any more. */
  closedAt: moment("closed_at"),
  /** When the secrets of the earlier epochs had been destroyed. */
  destroyedAt: moment("destroyed_at"),
});

/**
 * A key a holder, wrapped by the key of an epoch. Holder is a 統合宛名番号, or `feed:…` for rows of a
 * file that belong to nobody yet. Deleting the row makes all that it sealed unreadable.
 */
export const holderKey = vault.table("holder_key", {
  holder: text().primaryKey(),
  wrappedKey: bytea("wrapped_key").notNull(),
});

/**
 * Residents, former residents, and people outside the register (住登外者) whom a 事務 has to do with. Direct identifiers are sealed with the person's key; in clear
 * stands only what sets of people are selected by.
 */
export const person = vault.table(
  "person",
  {
    personNumber: text("person_number").primaryKey(),
    /** Keyed token of the number in the resident register (住民票の内部番号); none of people outside it. */
    sourceToken: bigint("source_token", { mode: "bigint" }).unique(),
    /** 住登外者: opened by a clerk (44-outsiders.sql). Residence is an empty period on the day of opening: resident on no day. */
    outside: boolean().notNull().default(false),
    householdNumber: text("household_number").notNull(),
    isHead: boolean("is_head").notNull(),
    relationship: text().notNull(),
    /** A day of the calendar, and nothing that only looks like one: with it a rule may reckon. */
    birthDate: date("birth_date"),
    /** What the register tells where it knows no such day: `1928`, `1950-04`, `1930-02-30` (`workflows/dates/birth-date.ts`). */
    birthTold: text("birth_told"),
    /** Day by which to reckon in its place (みなし生年月日), as two people set it; written by 38-birth-dates.sql alone. */
    birthReckoned: date("birth_reckoned"),
    sex: text({ enum: ["female", "male", "unknown"] }).notNull(),
    nationality: text({ enum: ["jp", "foreign"] }).notNull(),
    officeCode: text("office_code").notNull(),
    townCode: text("town_code").notNull(),
    postalCode: text("postal_code").notNull(),
    residentFrom: date("resident_from").notNull(),
    fromReason: text("from_reason").notNull(),
    residentTo: date("resident_to"),
    toReason: text("to_reason"),
    diedOn: date("died_on"),
    /** 支援措置 (DV等): the address is masked, printing and sending wait for a release. */
    protectedFrom: date("protected_from"),
    protectedTo: date("protected_to"),
    sealedName: bytea("sealed_name").notNull(),
    sealedAddress: bytea("sealed_address").notNull(),
    /** `RegisterDetails`: 最新異動, 転入前住所, telephone, status of residence; none of people outside the register. */
    sealedDetails: bytea("sealed_details"),
    /** Keyed hash of the whole record, to see in a feed what has changed. */
    fingerprint: bytea().notNull(),
    /** Keyed tokens of the folded name, for the search. */
    nameTokens: bigint("name_tokens", { mode: "bigint" }).array().notNull(),
    /** By which version of `nameKeys` the tokens were made; earlier ones are made anew in the background. */
    nameTokensVersion: integer("name_tokens_version").notNull().default(nameKeysVersion),
    revision: integer().notNull().default(1),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [
    index("person_household").on(table.householdNumber),
    // Few are: those whose household is masked are found as one set.
    index("person_protected").on(table.householdNumber).where(sql`protected_from is not null`),
    index("person_birth_date").on(table.birthDate),
    index("person_birth_told").on(table.birthTold).where(sql`birth_told is not null`),
    check("person_outside", sql`outside = (source_token is null)`),
    index("person_outside").on(table.birthDate).where(sql`outside`),
    check("person_birth", sql`num_nonnulls(birth_date, birth_told) = 1`),
    check(
      "person_birth_told",
      sql`birth_told ~ '^(187[3-9]|18[89][0-9]|[2-9][0-9]{3}|19[0-9]{2})(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'
        and (length(birth_told) < 10 or substr(birth_told, 9)::integer
          > extract(day from make_date(substr(birth_told, 1, 4)::integer, substr(birth_told, 6, 2)::integer, 1) + interval '1 month' - interval '1 day'))`,
    ),
    check("person_birth_reckoned", sql`birth_reckoned is null or birth_told is not null`),
    index("person_name_tokens").using("gin", table.nameTokens),
    index("person_name_tokens_version").on(table.nameTokensVersion),
  ],
);

/**
 * Days by which to reckon in place of a birth date that is not known in full (みなし生年月日): proposed by one person, confirmed
 * by another, and ended by the next one or by what the register tells later.
 */
export const reckonedBirth = vault.table(
  "reckoned_birth",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    personNumber: text("person_number").notNull(),
    /** What the register told when it was proposed. */
    birthTold: text("birth_told").notNull(),
    reckonedOn: date("reckoned_on").notNull(),
    basis: text({ enum: ["family-register", "notice", "city-rule", "other"] }).notNull(),
    /** Source and reason, sealed with the person's key. */
    sealedReason: bytea("sealed_reason").notNull(),
    proposedBy: integer("proposed_by").notNull(),
    proposedAt: moment("proposed_at").notNull().defaultNow(),
    decision: text({ enum: ["approved", "refused"] }),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
    endedAt: moment("ended_at"),
    ended: text({ enum: ["replaced", "register"] }),
    /** Who has gone through what was decided by it, after the register ended it. */
    reviewedBy: integer("reviewed_by"),
    reviewedAt: moment("reviewed_at"),
  },
  (table) => [
    index("reckoned_birth_person").on(table.personNumber),
    uniqueIndex("reckoned_birth_waiting")
      .on(table.personNumber)
      .where(sql`decision is null and ended_at is null`),
    uniqueIndex("reckoned_birth_in_force")
      .on(table.personNumber)
      .where(sql`decision = 'approved' and ended_at is null`),
    index("reckoned_birth_to_review")
      .on(table.endedAt)
      .where(sql`decision = 'approved' and ended = 'register' and reviewed_at is null`),
    oneOf("reckoned_birth_basis", table.basis),
    oneOf("reckoned_birth_decision", table.decision),
    oneOf("reckoned_birth_ended", table.ended),
    check("reckoned_birth_two_people", sql`decided_by <> proposed_by`),
    check("reckoned_birth_decided", sql`num_nulls(decision, decided_by, decided_at) in (0, 3)`),
    check("reckoned_birth_ended_whole", sql`num_nulls(ended_at, ended) in (0, 2)`),
    check("reckoned_birth_reviewed", sql`num_nulls(reviewed_by, reviewed_at) in (0, 2)`),
  ],
);

/** Papers by which somebody outside the register was identified. */
export const outsiderEvidence = [
  "individual-number-card",
  "driving-licence",
  "passport",
  "residence-card",
  "resident-record",
  "family-register",
  "authority",
  "other",
] as const;

/**
 * How somebody outside the register (住登外者) stands: opened for a 事務, perhaps for one of its cases, by one person, confirmed
 * by another. Written by 44-outsiders.sql alone.
 */
export const outsider = vault.table(
  "outsider",
  {
    personNumber: text("person_number")
      .primaryKey()
      .references(() => person.personNumber),
    program: text().notNull(),
    caseId: uuid("case_id"),
    officeCode: text("office_code").notNull(),
    /** `opened` again after each correction: what was confirmed is what stood there. */
    state: text({ enum: ["opened", "confirmed", "refused"] })
      .notNull()
      .default("opened"),
    openedBy: integer("opened_by").notNull(),
    openedAt: moment("opened_at").notNull().defaultNow(),
    /** Who typed what stands now. */
    typedBy: integer("typed_by").notNull(),
    typedAt: moment("typed_at").notNull().defaultNow(),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
  },
  (table) => [
    index("outsider_case").on(table.caseId).where(sql`case_id is not null`),
    index("outsider_waiting").on(table.typedAt).where(sql`state = 'opened'`),
    oneOf("outsider_state", table.state),
    check("outsider_two_people", sql`decided_by <> typed_by`),
    check(
      "outsider_decided",
      sql`(state = 'opened') = (decided_by is null) and num_nulls(decided_by, decided_at) in (0, 2)`,
    ),
  ],
);

/** What was done to somebody outside the register, in order; nothing of it is changed. */
export const outsiderStep = vault.table(
  "outsider_step",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    personNumber: text("person_number").notNull(),
    what: text({ enum: ["open", "correct", "confirm", "refuse"] }).notNull(),
    /** Of the person's record, after it. */
    revision: integer().notNull(),
    /** The paper that was seen, and when; where something was typed. */
    evidence: text({ enum: outsiderEvidence }),
    evidenceOn: date("evidence_on"),
    /** What the paper was, the telephone number, why; sealed with the person's key. */
    sealedDetails: bytea("sealed_details").notNull(),
    /** Those who looked alike and are said to be other people; `*` for some whom the office does not see. */
    differsFrom: text("differs_from").array().notNull().default([]),
    staffId: integer("staff_id").notNull(),
    at: moment("at").notNull().defaultNow(),
  },
  (table) => [
    index("outsider_step_person").on(table.personNumber),
    oneOf("outsider_step_what", table.what),
    oneOf("outsider_step_evidence", table.evidence),
    check(
      "outsider_step_evidenced",
      sql`(what in ('open', 'correct')) = (evidence is not null) and num_nulls(evidence, evidence_on) in (0, 2)`,
    ),
  ],
);

/** A 統合宛名番号 on its way to somebody new outside the register: sealed under it, and taken, within one transaction. */
export const reservedNumber = vault.table("reserved_number", {
  personNumber: text("person_number").primaryKey(),
  staffId: integer("staff_id").notNull(),
  reservedAt: moment("reserved_at").notNull().defaultNow(),
});

/** 個人番号: a table, a key and a right of its own; never a key of anything. */
export const individualNumber = vault.table("individual_number", {
  personNumber: text("person_number")
    .primaryKey()
    .references(() => person.personNumber),
  token: bigint({ mode: "bigint" }).notNull().unique(),
  sealed: bytea().notNull(),
  wrappedKey: bytea("wrapped_key").notNull(),
});

/** Earlier states of a person's record, sealed like the present one. */
export const personHistory = vault.table(
  "person_history",
  {
    id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    personNumber: text("person_number").notNull(),
    revision: integer().notNull(),
    until: moment("until").notNull().defaultNow(),
    staffId: integer("staff_id"),
    sealedName: bytea("sealed_name").notNull(),
    sealedAddress: bytea("sealed_address").notNull(),
    sealedDetails: bytea("sealed_details"),
    facts: text().notNull(),
  },
  (table) => [index("person_history_person").on(table.personNumber)],
);

/** Personal data of the 事務 (guardian, insurance, account, comments, issued documents), sealed with the person's key. */
export const sealedRecord = vault.table(
  "sealed_record",
  {
    id: uuid().primaryKey().defaultRandom(),
    holder: text().notNull(),
    program: text().notNull(),
    kind: text().notNull(),
    caseId: uuid("case_id"),
    sealed: bytea().notNull(),
    /** Of which feed record it is a copy, made by the database; it opens as that does. */
    feedRecordId: bigint("feed_record_id", { mode: "bigint" }).references(() => feedRecord.id),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull().defaultNow(),
  },
  (table) => [
    index("sealed_record_holder").on(table.holder, table.program, table.kind),
    index("sealed_record_case").on(table.caseId),
    index("sealed_record_feed_record")
      .on(table.feedRecordId)
      .where(sql`feed_record_id is not null`),
  ],
);

/**
 * What other offices tell of people whom a 事務 needs (税情報, 福祉情報), sealed with the person's key. A later
 * determination is a row of its own, the earlier one stays: what was known on a day can be asked.
 */
export const feedRecord = vault.table(
  "feed_record",
  {
    id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    /** Kind of the feed: `tax`, `welfare`; also the item of the access log. */
    kind: text().notNull(),
    personNumber: text("person_number").notNull(),
    /** Keyed token of what it is about: the income year, the benefit with its first day. */
    subject: bigint({ mode: "bigint" }).notNull(),
    /** Day of the determination (更正日), or date of the file: the later one counts. */
    toldOn: date("told_on").notNull(),
    /** Business date on which it was written here. */
    knownFrom: date("known_from").notNull(),
    sealed: bytea().notNull(),
    /** Keyed hash of the content, to see in a feed what has changed. */
    fingerprint: bytea().notNull(),
    importId: uuid("import_id").notNull(),
    recordedBy: integer("recorded_by").notNull(),
    recordedAt: moment("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    index("feed_record_person").on(table.personNumber, table.kind, table.subject),
    index("feed_record_subject").on(table.subject),
  ],
);

/**
 * What somebody is typing into a page of a case (下書き), one a person and page. Sealed with a key of its own that stands
 * beside it: erased with the row, read by whoever typed it and nobody else.
 */
export const draft = vault.table(
  "draft",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Of a case; nothing before there is one, when it is of a person in a 事務. */
    caseId: uuid("case_id"),
    program: text(),
    personNumber: text("person_number"),
    /** The page, as its address ends: `entry`. */
    page: text().notNull(),
    staffId: integer("staff_id").notNull(),
    /** Of the case as the page showed it. */
    revision: integer().notNull(),
    sealed: bytea().notNull(),
    wrappedKey: bytea("wrapped_key").notNull(),
    /** Whether the address of somebody of the case was withheld from who typed it. */
    addressWithheld: boolean("address_withheld").notNull(),
    keptAt: moment("kept_at").notNull(),
    /** Last day on which it is kept. */
    eraseAfter: date("erase_after").notNull(),
  },
  (table) => [
    uniqueIndex("draft_of_person").on(table.caseId, table.page, table.staffId),
    uniqueIndex("draft_before_case")
      .on(table.program, table.personNumber, table.page, table.staffId)
      .where(sql`case_id is null`),
    index("draft_erase_after").on(table.eraseAfter),
    check(
      "draft_place",
      sql`(case_id is null) = (person_number is not null) and (case_id is null) = (program is not null)`,
    ),
  ],
);
