import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  inet,
  integer,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, moment, oneOf } from "../columns.ts";

export const access = pgSchema("access");

/** Offices (区役所, 本庁の課) of the city. */
export const office = access.table("office", {
  code: text().primaryKey(),
  name: text().notNull(),
  /** What stands on letters: postal code, address, telephone. */
  postalCode: text("postal_code").notNull(),
  address: text().notNull(),
  telephone: text().notNull(),
});

/** Staff (職員, 委託先の従事者) and the one account under which scheduled jobs run. */
export const staff = access.table(
  "staff",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    loginName: text("login_name").notNull().unique(),
    displayName: text("display_name").notNull(),
    kind: text({ enum: ["employee", "contractor", "system"] }).notNull(),
    officeCode: text("office_code").references(() => office.code),
    status: text({ enum: ["active", "disabled"] })
      .notNull()
      .default("active"),
    validTo: date("valid_to"),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  () => [],
);

/** Password and one-time-code secret of a staff member; reached through functions alone. */
export const credential = access.table("credential", {
  staffId: integer("staff_id")
    .primaryKey()
    .references(() => staff.id),
  passwordHash: text("password_hash").notNull(),
  passwordSetAt: moment("password_set_at").notNull().defaultNow(),
  mustChange: boolean("must_change").notNull().default(false),
  previousHashes: text("previous_hashes").array().notNull().default([]),
  /** Secret of the one-time code (RFC 6238), sealed with the master key. */
  totpSealed: bytea("totp_sealed").notNull(),
  lastTotpStep: bigint("last_totp_step", { mode: "number" }).notNull().default(0),
  /** When the person last chose a password; a first or new one that was given does not count. */
  chosenAt: moment("chosen_at"),
  /** When the credential was last set anew by others. */
  resetAt: moment("reset_at"),
});

/** A new password and code for somebody: applied for by one person, approved by another, given out by the first. */
export const credentialReset = access.table(
  "credential_reset",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    staffId: integer("staff_id")
      .notNull()
      .references(() => staff.id),
    why: text({ enum: ["forgotten", "lost", "suspected"] }).notNull(),
    requestedBy: integer("requested_by")
      .notNull()
      .references(() => staff.id),
    requestedAt: moment("requested_at").notNull().defaultNow(),
    decidedBy: integer("decided_by").references(() => staff.id),
    decidedAt: moment("decided_at"),
    /** `null` waits; `issued` was approved and given out. */
    decision: text({ enum: ["approved", "refused", "issued"] }),
  },
  (table) => [
    index("credential_reset_staff").on(table.staffId),
    oneOf("credential_reset_why", table.why),
    oneOf("credential_reset_decision", table.decision),
    check("credential_reset_two_people", sql`decided_by <> requested_by`),
    check("credential_reset_not_for_oneself", sql`staff_id not in (requested_by, decided_by)`),
    check("credential_reset_decision_whole", sql`(decided_by is null) = (decision is null)`),
  ],
);

/** Wrong tries of the last hour: by what was typed as a name (its hash, known or not) and by terminal. */
export const failedTry = access.table(
  "failed_try",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    loginHash: bytea("login_hash").notNull(),
    address: inet().notNull(),
    at: moment("at").notNull().defaultNow(),
  },
  (table) => [
    index("failed_try_login").on(table.loginHash, table.at),
    index("failed_try_address").on(table.address, table.at),
  ],
);

/** A sign-in between the first factor and the second; the ticket itself is known to the browser alone. */
export const signInTicket = access.table("sign_in_ticket", {
  ticketHash: bytea("ticket_hash").primaryKey(),
  staffId: integer("staff_id")
    .notNull()
    .references(() => staff.id),
  address: inet().notNull(),
  madeAt: moment("made_at").notNull().defaultNow(),
  /** What the person's security key has to sign, where one is used. */
  challenge: text(),
  /** The city's directory answers for the person and has asked for a second factor itself. */
  wholeByDirectory: boolean("whole_by_directory").notNull().default(false),
});

/** A sign-in that is away at the city's directory (OpenID Connect), by the hash of its `state`. */
export const directoryRequest = access.table("directory_request", {
  stateHash: bytea("state_hash").primaryKey(),
  verifier: text().notNull(),
  nonce: text().notNull(),
  back: text().notNull(),
  address: inet().notNull(),
  madeAt: moment("made_at").notNull().defaultNow(),
});

/** Security keys (WebAuthn) of staff, as another second factor than the one-time code; what is kept makes no signature. */
export const securityKey = access.table(
  "security_key",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    staffId: integer("staff_id")
      .notNull()
      .references(() => staff.id),
    /** How the key calls itself, base64url. */
    credentialId: text("credential_id").notNull().unique(),
    publicKey: bytea("public_key").notNull(),
    counter: bigint({ mode: "number" }).notNull(),
    transports: text().array().notNull(),
    name: text().notNull(),
    registeredAt: moment("registered_at").notNull().defaultNow(),
    usedAt: moment("used_at"),
    removedAt: moment("removed_at"),
    removedBy: integer("removed_by").references(() => staff.id),
  },
  (table) => [
    index("security_key_staff").on(table.staffId),
    check("security_key_name", sql`char_length(btrim(name)) between 1 and 30`),
    check("security_key_removal_whole", sql`(removed_at is null) = (removed_by is null)`),
  ],
);

/** A security key about to be registered by the person of a session, who has just shown both factors. */
export const keyRegistration = access.table("key_registration", {
  sessionId: uuid("session_id")
    .primaryKey()
    .references(() => session.id),
  challenge: text().notNull(),
  madeAt: moment("made_at").notNull().defaultNow(),
});

/** Registered terminals (USE-8): only they are served. */
export const terminal = access.table("terminal", {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull(),
  address: inet().notNull().unique(),
  officeCode: text("office_code").references(() => office.code),
  registeredAt: moment("registered_at").notNull().defaultNow(),
  removedAt: moment("removed_at"),
});

/** Sessions; the token itself is known to the browser alone. */
export const session = access.table(
  "session",
  {
    id: uuid().primaryKey().defaultRandom(),
    tokenHash: bytea("token_hash").notNull().unique(),
    staffId: integer("staff_id")
      .notNull()
      .references(() => staff.id),
    terminalId: integer("terminal_id").references(() => terminal.id),
    startedAt: moment("started_at").notNull().defaultNow(),
    /** When the person last did something; what a page asks by itself does not count. */
    lastSeenAt: moment("last_seen_at").notNull().defaultNow(),
    lockedAt: moment("locked_at"),
    endedAt: moment("ended_at"),
    endReason: text("end_reason"),
    isSystem: boolean("is_system").notNull().default(false),
  },
  (table) => [
    // One id, one session (USE-2). The scheduled jobs' account may run several at a time.
    uniqueIndex("session_one_a_person")
      .on(table.staffId)
      .where(sql`ended_at is null and not is_system`),
  ],
);

/** What pages keep of a session for a quarter of an hour, such as the last search; sealed with a key that only the browser's token gives. */
export const sessionMemory = access.table(
  "session_memory",
  {
    sessionId: uuid("session_id")
      .notNull()
      .references(() => session.id),
    /** A keyed hash of what it is and of whom. */
    about: bytea().notNull(),
    sealed: bytea().notNull(),
    keptAt: moment("kept_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.about] }),
    index("session_memory_kept").on(table.keptAt),
    check("session_memory_size", sql`octet_length(about) = 32 and octet_length(sealed) <= 65536`),
  ],
);

/** How long a session may stand idle; filled from `workflows/access/idle.ts` at each migration. */
export const idleLimit = access.table(
  "idle_limit",
  { validFrom: date("valid_from").primaryKey(), minutes: integer().notNull() },
  () => [check("idle_limit_minutes", sql`minutes between 1 and 60`)],
);

/** Other times of sign-ins and sessions; filled from `workflows/access/periods.ts` at each migration. */
export const period = access.table(
  "period",
  {
    name: text().notNull(),
    validFrom: date("valid_from").notNull(),
    seconds: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.name, table.validFrom] })],
);

/** Sentences of an office for comments and reasons (定型文); never of a person. Ended, not changed, so that it can be told what was offered. */
export const phrase = access.table(
  "phrase",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    officeCode: text("office_code")
      .notNull()
      .references(() => office.code),
    /** `null` means every 事務. */
    program: text(),
    /** For which kind of field it is meant. */
    use: text({ enum: ["remand", "hold", "refusal", "note"] }).notNull(),
    words: text().notNull(),
    validFrom: date("valid_from").notNull(),
    /** The last day. */
    validTo: date("valid_to"),
    writtenBy: integer("written_by")
      .notNull()
      .references(() => staff.id),
    writtenAt: moment("written_at").notNull().defaultNow(),
  },
  (table) => [
    index("phrase_office").on(table.officeCode, table.use),
    check("phrase_words", sql`char_length(btrim(words)) between 2 and 200`),
    check("phrase_period", sql`valid_to is null or valid_from <= valid_to`),
    oneOf("phrase_use", table.use),
  ],
);

/** Which right belongs to which duty; filled from `rights.ts` at each migration. */
export const dutyRight = access.table(
  "duty_right",
  {
    duty: text().notNull(),
    right: text().notNull(),
    /** Held to stand in for others: what it allows is not this duty's own work. */
    standsIn: boolean("stands_in").notNull().default(false),
    /** Held also in the days after the credential was set anew by others. */
    afterReset: boolean("after_reset").notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.duty, table.right] })],
);

/** Duties held (USE-4): applied for by one person, approved by another, ended by themselves. */
export const duty = access.table(
  "duty_grant",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    staffId: integer("staff_id")
      .notNull()
      .references(() => staff.id),
    duty: text().notNull(),
    /** `null` means every 事務. */
    program: text(),
    /** `null` means every office. */
    officeCode: text("office_code").references(() => office.code),
    validFrom: date("valid_from").notNull(),
    validTo: date("valid_to").notNull(),
    reason: text().notNull(),
    requestedBy: integer("requested_by")
      .notNull()
      .references(() => staff.id),
    requestedAt: moment("requested_at").notNull().defaultNow(),
    decidedBy: integer("decided_by").references(() => staff.id),
    decidedAt: moment("decided_at"),
    decision: text({ enum: ["approved", "refused", "withdrawn"] }),
  },
  (table) => [
    index("duty_grant_staff").on(table.staffId),
    check("duty_grant_two_people", sql`decided_by is null or decided_by <> requested_by`),
    check("duty_grant_not_for_oneself", sql`decided_by is null or decided_by <> staff_id`),
    check("duty_grant_decision_whole", sql`(decided_by is null) = (decision is null)`),
    check("duty_grant_period", sql`valid_from <= valid_to`),
  ],
);
