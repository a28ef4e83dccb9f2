import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, moment, oneOf } from "../columns.ts";

/**
 * 医療機関台帳 of 予防接種: clinics, the associations they may be paid through, what each handles, contracts, 休止 and 廃止, accounts.
 * What money hangs on is entered by one person and confirmed by another. Names of doctors and accounts are sealed. Written by the
 * functions of 45-clinics.sql alone.
 */
export const clinics = pgSchema("clinics");

/** A clinic as it is now; what it was before stands in {@link clinicChange}. */
export const clinic = clinics.table(
  "clinic",
  {
    /** 医療機関コード of ten digits; the city's own number, which begins with no prefecture, where there is none. */
    code: text().primaryKey(),
    name: text().notNull(),
    kana: text().notNull(),
    /** Both folded for search, as names of people are. */
    nameFolded: text("name_folded").notNull(),
    kanaFolded: text("kana_folded").notNull(),
    /** 医療機関区分. */
    kind: text({
      enum: ["hospital", "clinic", "health-centre", "venue", "facility", "other"],
    }).notNull(),
    /** 市内, 県内の市外, 県外. */
    place: text({ enum: ["city", "prefecture", "elsewhere"] }).notNull(),
    postalCode: text("postal_code").notNull(),
    address: text().notNull(),
    /** 地区 under which the list for residents shows it. */
    district: text().notNull(),
    phone: text().notNull(),
    /** Whether it stands on the list for residents. */
    listed: boolean().notNull().default(true),
    revision: integer().notNull().default(1),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull(),
    importId: uuid("import_id"),
  },
  (table) => [
    index("clinic_name").on(table.kanaFolded),
    index("clinic_district").on(table.district),
    oneOf("clinic_kind", table.kind),
    oneOf("clinic_place", table.place),
    check("clinic_code", sql`code ~ '^[0-9]{10}$'`),
    check(
      "clinic_said",
      sql`length(name) between 1 and 80 and length(kana) between 1 and 120 and length(address) between 1 and 160 and length(district) <= 40`,
    ),
    check("clinic_postal_code", sql`postal_code ~ '^[0-9]{7}$'`),
    check("clinic_phone", sql`phone ~ '^[0-9-]{0,20}$'`),
  ],
);

/** 取りまとめ団体: an association or an agent that may be paid for its clinics. Its code is `D` and four digits. */
export const body = clinics.table(
  "body",
  {
    code: text().primaryKey(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    name: text().notNull(),
    kana: text().notNull(),
    kind: text({ enum: ["association", "agent", "other"] }).notNull(),
    postalCode: text("postal_code").notNull(),
    address: text().notNull(),
    phone: text().notNull(),
    revision: integer().notNull().default(1),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull(),
  },
  (table) => [
    oneOf("body_kind", table.kind),
    check("body_code", sql`code ~ '^D[0-9]{4}$'`),
    check(
      "body_said",
      sql`length(name) between 1 and 80 and length(kana) between 1 and 120 and length(address) between 1 and 160`,
    ),
    check("body_postal_code", sql`postal_code ~ '^[0-9]{7}$'`),
    check("body_phone", sql`phone ~ '^[0-9-]{0,20}$'`),
  ],
);

const clinicCode = () =>
  text("clinic_code")
    .notNull()
    .references(() => clinic.code);

/** 扱う接種: which vaccine from which day on; until told otherwise where there is no last day. */
export const handled = clinics.table(
  "handled",
  {
    clinicCode: clinicCode(),
    /** Vaccine id as in the rules. */
    vaccine: text().notNull(),
    validFrom: date("valid_from").notNull(),
    validTo: date("valid_to"),
  },
  (table) => [
    primaryKey({ columns: [table.clinicCode, table.vaccine, table.validFrom] }),
    index("handled_vaccine").on(table.vaccine),
    check("handled_vaccine_said", sql`length(vaccine) between 1 and 20`),
    check("handled_period", sql`valid_to >= valid_from`),
  ],
);

/** 開設者, 管理者, 接種医. The name is sealed with the key of the clinic. */
export const doctor = clinics.table(
  "doctor",
  {
    id: uuid().primaryKey(),
    clinicCode: clinicCode(),
    role: text({ enum: ["founder", "manager", "doctor"] }).notNull(),
    /** Sealed record `clinic-doctor`. */
    sealedId: uuid("sealed_id").notNull(),
    validFrom: date("valid_from").notNull(),
    validTo: date("valid_to"),
    /** Entered by mistake: never was. */
    removed: boolean().notNull().default(false),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull(),
  },
  (table) => [
    index("doctor_clinic").on(table.clinicCode),
    oneOf("doctor_role", table.role),
    check("doctor_period", sql`valid_to >= valid_from`),
  ],
);

/** Entered by one, confirmed or refused by another. */
const byTwo = () => ({
  /** A new one, another wording of one that stands, or that one never was. */
  what: text({ enum: ["new", "change", "cancel"] }).notNull(),
  /** Which one is changed or cancelled. */
  replaces: uuid(),
  state: text({ enum: ["waiting", "confirmed", "refused", "withdrawn", "replaced"] })
    .notNull()
    .default("waiting"),
  proposedBy: integer("proposed_by").notNull(),
  proposedAt: moment("proposed_at").notNull(),
  decidedBy: integer("decided_by"),
  decidedAt: moment("decided_at"),
  refusal: text({ enum: ["paper", "values", "other"] }),
  importId: uuid("import_id"),
});
const checksOfTwo = (name: string) => [
  check(`${name}_what`, sql`what in ('new', 'change', 'cancel')`),
  check(
    `${name}_state`,
    sql`state in ('waiting', 'confirmed', 'refused', 'withdrawn', 'replaced')`,
  ),
  check(`${name}_replaces`, sql`(replaces is null) = (what = 'new')`),
  check(
    `${name}_decided`,
    sql`num_nulls(decided_by, decided_at) = (case when state = 'waiting' then 2 else 0 end)`,
  ),
  check(
    `${name}_two`,
    sql`state not in ('confirmed', 'refused', 'replaced') or decided_by <> proposed_by`,
  ),
  check(
    `${name}_refusal`,
    sql`(refusal in ('paper', 'values', 'other')) is not distinct from (case when state = 'refused' then true end)`,
  ),
];

/** 契約 of a clinic: of one kind, for days; counts where `confirmed` and no `cancel`. */
export const contract = clinics.table(
  "contract",
  {
    id: uuid().primaryKey().defaultRandom(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    clinicCode: clinicCode(),
    /** As in workflows/vaccination/contract-prices.ts. */
    kind: text({ enum: ["individual", "mutual", "regional", "mass"] }).notNull(),
    /** 契約番号, as the paper has it. */
    number: text().notNull(),
    validFrom: date("valid_from").notNull(),
    validTo: date("valid_to"),
    /** 取りまとめ団体 through which it was made, and the clinic's number there. */
    bodyCode: text("body_code").references(() => body.code),
    memberNumber: text("member_number").notNull(),
    /** Who is paid: the clinic, or the association for it. */
    paidTo: text("paid_to", { enum: ["clinic", "body"] }).notNull(),
    reason: text({ enum: ["renewed", "ended", "corrected", "mistake"] }),
    ...byTwo(),
  },
  (table) => [
    index("contract_clinic").on(table.clinicCode),
    index("contract_kind").on(table.kind, table.state),
    index("contract_waiting").on(table.proposedAt).where(sql`state = 'waiting'`),
    uniqueIndex("contract_waits_once")
      .on(table.clinicCode, table.kind)
      .where(sql`state = 'waiting'`),
    oneOf("contract_kind_known", table.kind),
    oneOf("contract_paid_to", table.paidTo),
    check("contract_period", sql`valid_to >= valid_from`),
    check("contract_said", sql`length(number) <= 40 and length(member_number) <= 20`),
    check("contract_body", sql`body_code is not null or paid_to = 'clinic' and member_number = ''`),
    check(
      "contract_reason",
      sql`(reason in ('renewed', 'ended', 'corrected', 'mistake')) is not distinct from (case when what <> 'new' then true end)`,
    ),
    ...checksOfTwo("contract"),
  ],
);

/** 休止 (from, until) and 廃止 (from) of a clinic; counts where `confirmed` and no `cancel`. */
export const closure = clinics.table(
  "closure",
  {
    id: uuid().primaryKey().defaultRandom(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    clinicCode: clinicCode(),
    kind: text({ enum: ["suspended", "closed"] }).notNull(),
    validFrom: date("valid_from").notNull(),
    /** Last day; of a 休止 none until it is known. */
    validTo: date("valid_to"),
    reason: text({
      enum: [
        "absence",
        "works",
        "own-request",
        "disposition",
        "abolished",
        "moved",
        "died",
        "other",
        "resumed",
        "corrected",
        "mistake",
      ],
    }).notNull(),
    ...byTwo(),
  },
  (table) => [
    index("closure_clinic").on(table.clinicCode),
    index("closure_waiting").on(table.proposedAt).where(sql`state = 'waiting'`),
    uniqueIndex("closure_waits_once").on(table.clinicCode).where(sql`state = 'waiting'`),
    oneOf("closure_kind", table.kind),
    oneOf("closure_reason", table.reason),
    check("closure_period", sql`valid_to >= valid_from and kind = 'suspended' or valid_to is null`),
    ...checksOfTwo("closure"),
  ],
);

/**
 * 振込先口座 of a clinic or of an association, by day: bank, number and name are sealed with the key of the payee. Typed by one,
 * compared with the paper by another; a later one ends the one before the day it begins.
 */
export const clinicAccount = clinics.table(
  "account",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** 医療機関コード, or the code of an association. */
    payee: text().notNull(),
    /** Sealed record `clinic-account`. */
    sealedId: uuid("sealed_id").notNull(),
    /** Keyed hash of bank, branch, kind, number and name, of this payee: to see that two versions are the same account. */
    fingerprint: bytea().notNull(),
    validFrom: date("valid_from").notNull(),
    validTo: date("valid_to"),
    state: text({ enum: ["waiting", "confirmed", "closed", "refused", "withdrawn", "replaced"] })
      .notNull()
      .default("waiting"),
    evidence: text({ enum: ["passbook", "certificate", "form"] }),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull(),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
    closedFor: text("closed_for", { enum: ["changed", "own-request", "failed", "mistake"] }),
    closedBy: integer("closed_by"),
    closedAt: moment("closed_at"),
  },
  (table) => [
    index("account_payee").on(table.payee),
    index("account_waits").on(table.enteredAt).where(sql`state = 'waiting'`),
    uniqueIndex("account_waits_once").on(table.payee).where(sql`state = 'waiting'`),
    oneOf("account_state", table.state),
    oneOf("account_evidence", table.evidence),
    oneOf("account_closed_for", table.closedFor),
    check("account_payee", sql`payee ~ '^([0-9]{10}|D[0-9]{4})$'`),
    check("account_two", sql`state in ('waiting', 'withdrawn') or decided_by <> entered_by`),
    check(
      "account_decided",
      sql`num_nulls(decided_by, decided_at) = (case when state = 'waiting' then 2 else 0 end)`,
    ),
    check(
      "account_seen",
      sql`(evidence is not null) = (state in ('confirmed', 'closed', 'replaced'))`,
    ),
    check(
      "account_closed",
      sql`num_nulls(closed_for, closed_by, closed_at) = (case when state in ('closed', 'replaced') then 0 else 3 end)
        and (state <> 'closed' or valid_to is not null) and valid_to >= valid_from`,
    ),
  ],
);

/** What was changed of a clinic or an association, by whom, with what it was before. Rows are only added; nothing of it is personal. */
export const clinicChange = clinics.table(
  "change",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** 医療機関コード, or the code of an association. */
    payee: text().notNull(),
    what: text().notNull(),
    before: jsonb().$type<Readonly<Record<string, unknown>>>(),
    after: jsonb().$type<Readonly<Record<string, unknown>>>(),
    importId: uuid("import_id"),
    staffId: integer("staff_id").notNull(),
    staffName: text("staff_name").notNull(),
    at: moment("at").notNull(),
    on: date("on").notNull(),
  },
  (table) => [
    index("change_payee").on(table.payee, table.id),
    check("change_what", sql`what ~ '^[a-z][a-z-]{1,39}$'`),
  ],
);

/** A file of the register: looked at first, then taken in. The file itself is sealed until then and erased afterwards. */
export const clinicImport = clinics.table(
  "import",
  {
    id: uuid().primaryKey(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    state: text({ enum: ["checked", "loaded", "dropped"] }).notNull(),
    /** Sealed record `clinic-file`, while it waits. */
    sealedId: uuid("sealed_id"),
    digest: bytea().notNull(),
    rows: integer().notNull(),
    /** Of those taken in: clinics that are new, and those that say something else than before; contracts that were proposed. */
    created: integer().notNull().default(0),
    changed: integer().notNull().default(0),
    unchanged: integer().notNull().default(0),
    contracts: integer().notNull().default(0),
    /** Rows that were not taken in: line, code of the clinic where it can be read, column and reason. */
    faults: jsonb()
      .$type<readonly { line: number; code: string; column: string; reason: string }[]>()
      .notNull(),
    receivedBy: integer("received_by").notNull(),
    receivedAt: moment("received_at").notNull(),
    settledBy: integer("settled_by"),
    settledAt: moment("settled_at"),
  },
  (table) => [
    oneOf("import_state", table.state),
    check("import_rows", sql`rows between 1 and 20000`),
    check("import_settled", sql`(settled_by is null) = (state = 'checked')`),
    check("import_file", sql`(sealed_id is not null) = (state = 'checked')`),
  ],
);
