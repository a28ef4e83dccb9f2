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
import { isMonth, moment, oneOf, yen } from "../columns.ts";
import { parameter } from "./city.ts";
import { formSetting } from "./printing.ts";

/** 高額療養費 that belongs to the city, because it paid the patient's share. Written by the functions of 79-high-cost.sql alone. */
export const highCost = pgSchema("high_cost");

/**
 * What an insurer told of somebody's 適用区分 and insured person (保険の確認), for some months. Insert only; a later row stands in
 * the place of an earlier one of the same months.
 */
export const insurance = highCost.table(
  "insurance",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    program: text().notNull(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    insurerNumber: text("insurer_number").notNull(),
    fromMonth: text("from_month").notNull(),
    /** Null: until another one is entered. */
    toMonth: text("to_month"),
    /** 適用区分; null where only the insured person is known. */
    category: text(),
    /** 多数回該当, as the insurer told it. */
    multiple: boolean().notNull().default(false),
    /** 統合宛名番号 of the 被保険者: whose dependants are added up. Null where that is not known. */
    insuredPerson: text("insured_person"),
    evidence: text({
      enum: ["limit-certificate", "inquiry", "decision-notice", "online-check"],
    }).notNull(),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull().defaultNow(),
  },
  (table) => [
    index("insurance_person").on(table.personNumber, table.program),
    oneOf("insurance_evidence", table.evidence),
    check("insurance_from", isMonth("from_month")),
    check(
      "insurance_to",
      sql`to_month is null or ${isMonth("to_month")} and to_month >= from_month`,
    ),
    check("insurance_says_something", sql`category is not null or insured_person is not null`),
  ],
);

/** 委任状: asked of the insured person, received, revoked. A standing one covers all months from its first on. */
export const mandate = highCost.table(
  "mandate",
  {
    id: uuid().primaryKey().defaultRandom(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    program: text().notNull(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    insurerNumber: text("insurer_number").notNull(),
    state: text({ enum: ["asked", "received", "revoked", "cancelled"] })
      .notNull()
      .default("asked"),
    revision: integer().notNull().default(1),
    fromMonth: text("from_month").notNull(),
    /** Null: standing, until it is revoked. */
    toMonth: text("to_month"),
    askedOn: date("asked_on").notNull(),
    askedBy: integer("asked_by").notNull(),
    receivedOn: date("received_on"),
    receivedBy: integer("received_by"),
    endedOn: date("ended_on"),
    endedBy: integer("ended_by"),
  },
  (table) => [
    index("mandate_person").on(table.personNumber, table.program),
    index("mandate_state").on(table.program, table.state, table.askedOn),
    uniqueIndex("mandate_once")
      .on(table.program, table.personNumber, table.insurerNumber, table.fromMonth)
      .where(sql`state in ('asked', 'received')`),
    oneOf("mandate_state_known", table.state),
    check("mandate_from", isMonth("from_month")),
    check("mandate_to", sql`to_month is null or ${isMonth("to_month")} and to_month >= from_month`),
    check(
      "mandate_received",
      sql`(received_on is null) = (received_by is null) and (state <> 'received' or received_on is not null)`,
    ),
    check(
      "mandate_ended",
      sql`(ended_on is null) = (ended_by is null) and (ended_on is not null) = (state in ('revoked', 'cancelled'))`,
    ),
  ],
);

/** A search of a month: what it found is looked at before it is taken over. */
export const searchRun = highCost.table(
  "search_run",
  {
    id: uuid().primaryKey().defaultRandom(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    program: text().notNull(),
    treatmentMonth: text("treatment_month").notNull(),
    /** Of one person alone, after something became known of them; null for all. */
    onlyPerson: text("only_person"),
    state: text({ enum: ["searching", "found", "applied", "cancelled"] })
      .notNull()
      .default("searching"),
    revision: integer().notNull().default(1),
    /** The lowest limit of the month, by which its bills were gathered; null until they are. */
    lowest: yen("lowest"),
    /** How far the search is: the last household it looked at. */
    cursor: text().notNull().default(""),
    households: integer().notNull().default(0),
    preparedBy: integer("prepared_by").notNull(),
    preparedAt: moment("prepared_at").notNull().defaultNow(),
    foundAt: moment("found_at"),
    appliedBy: integer("applied_by"),
    appliedAt: moment("applied_at"),
    /** What went wrong, in words; holds no personal data. */
    problem: text(),
  },
  (table) => [
    uniqueIndex("search_one_open")
      .on(table.program, table.treatmentMonth)
      .where(sql`state in ('searching', 'found') and only_person is null`),
    index("search_program").on(table.program, table.serial),
    oneOf("search_state", table.state),
    check("search_month", isMonth("treatment_month")),
    check("search_applied", sql`(state = 'applied') = (applied_by is not null)`),
  ],
);

/**
 * The bills of a search that is under way, of households whose shares could be above a limit: gathered once from the ledger, taken
 * portion by portion, and gone when it has looked at all. Written by the functions of 79-high-costs-gathered.sql alone.
 */
export const searchBill = highCost.table(
  "search_bill",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => searchRun.id),
    /** Hash of the household and the insurer. */
    portion: text().notNull(),
    /** Row of the ledger. */
    benefitId: bigint("benefit_id", { mode: "number" }).notNull(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    insurerNumber: text("insurer_number").notNull(),
    household: text().notNull(),
    insuredKnown: boolean("insured_known").notNull(),
    category: text(),
    multiple: boolean().notNull(),
    institution: text().notNull(),
    care: text().notNull(),
    days: integer(),
    totalCost: yen("total_cost").notNull(),
    insured: yen("insured").notNull(),
    highCost: yen("high_cost").notNull(),
    subsidy: yen("subsidy").notNull(),
    otherFunds: boolean("other_funds").notNull(),
    receiptCategory: text("receipt_category"),
    receiptMultiple: boolean("receipt_multiple").notNull(),
    /** The line by which it counts; a bill counts in one. */
    line: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.benefitId] }),
    index("search_bill_portion").on(table.runId, table.portion),
  ],
);

/**
 * 手で確かめるもの: somebody's month of which the rule leaves something out (receipts with another 公費, 償還払い) and whose household
 * could be above a limit with it. Comes and goes with the searches that are taken over; whoever looked says how it came out.
 */
export const byHand = highCost.table(
  "by_hand",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Printed number: `H000012`. */
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    program: text().notNull(),
    treatmentMonth: text("treatment_month").notNull(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    /** Why nothing calculates it. */
    reasons: text({ enum: ["other-funds", "refund"] })
      .array()
      .notNull(),
    /** Rows of the ledger with another public fund. */
    benefitIds: bigint("benefit_ids", { mode: "number" }).array().notNull(),
    /** Claims (償還払い) that were decided for the month, and how many receipts of them were granted. */
    refundCases: uuid("refund_cases").array().notNull(),
    refunds: integer().notNull(),
    /** 一部負担の額 of the receipts with another fund, of the refunded ones, and of all of those who live together; yen. */
    fundedShare: yen("funded_share").notNull(),
    refundedShare: yen("refunded_share").notNull(),
    homeShare: yen("home_share").notNull(),
    /** `gone`: a later search leaves nothing out of it any more. */
    state: text({ enum: ["open", "settled", "gone"] }).notNull(),
    revision: integer().notNull().default(1),
    stateSince: moment("state_since").notNull(),
    lapsesOn: date("lapses_on").notNull(),
    /** How it came out, when it was last looked at. */
    outcome: text({ enum: ["nothing-due", "claimed-apart", "of-person", "of-other-fund"] }),
    settledBy: integer("settled_by"),
  },
  (table) => [
    uniqueIndex("by_hand_once").on(table.program, table.treatmentMonth, table.personNumber),
    index("by_hand_state").on(table.program, table.state, table.lapsesOn),
    index("by_hand_person").on(table.personNumber),
    oneOf("by_hand_state_known", table.state),
    oneOf("by_hand_outcome", table.outcome),
    check("by_hand_month", isMonth("treatment_month")),
    check("by_hand_reasons", sql`cardinality(reasons) > 0`),
    check(
      "by_hand_settled",
      sql`(outcome is null) = (settled_by is null) and (state <> 'settled' or outcome is not null)`,
    ),
  ],
);

/** What was calculated of a household's month with an insurer; amounts in yen. */
const found = () => ({
  /** Whose month it is: 統合宛名番号 of the insured person where that is known, otherwise of the recipient. */
  household: text().notNull(),
  /** Empty where the insurer is not known. */
  insurerNumber: text("insurer_number").notNull(),
  insurerGroup: text("insurer_group"),
  personNumber: text("person_number").notNull(),
  /** All recipients whose receipts count. */
  persons: text().array().notNull(),
  officeCode: text("office_code").notNull(),
  category: text(),
  multiple: boolean().notNull(),
  amount: yen("amount").notNull(),
  inKind: yen("in_kind").notNull(),
  ofCity: yen("of_city").notNull(),
  ofPerson: yen("of_person").notNull(),
  needsMandate: boolean("needs_mandate").notNull(),
  /** What has to be found out: `insurer`, `category`, `household`. */
  missing: text().array().notNull(),
  steps: jsonb().$type<{ label: string; amount: number }[]>().notNull(),
  basis: text().array().notNull(),
  /** Rows of the ledger that count. */
  benefitIds: bigint("benefit_ids", { mode: "number" }).array().notNull(),
});
const foundSums = sql`amount >= 0 and in_kind >= 0 and of_city >= 0 and of_person >= 0 and in_kind + of_city + of_person = amount`;

/** What a search found, with what is different from what stands. */
export const searchLine = highCost.table(
  "search_line",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => searchRun.id),
    number: integer().notNull(),
    ...found(),
    /** `gone`: it stands, and is not found any more. `late`: different, and claimed already. */
    change: text({ enum: ["new", "changed", "same", "gone", "late"] }).notNull(),
    entryId: uuid("entry_id"),
    /** What stands for the city, before. */
    ofCityBefore: yen("of_city_before"),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.number] }),
    uniqueIndex("search_line_once").on(table.runId, table.household, table.insurerNumber),
    index("search_line_change").on(table.runId, table.change, table.number),
    oneOf("search_line_change_known", table.change),
    check("search_line_sums", foundSums),
  ],
);

/** 高額療養費の該当: a household's month with an insurer. Moves along workflows/high-cost/entry-machine.ts. */
export const entry = highCost.table(
  "entry",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Printed number: `K0000012`. */
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    program: text().notNull(),
    treatmentMonth: text("treatment_month").notNull(),
    ...found(),
    state: text().notNull(),
    revision: integer().notNull().default(1),
    stateSince: moment("state_since").notNull(),
    /** Last day on which the insurer may be asked (時効). */
    lapsesOn: date("lapses_on").notNull(),
    /** Who prepared and who took over the search by which the amounts stand. */
    foundBy: integer("found_by").array().notNull(),
    /** What a search found for the city after it was claimed; null where it is the same. */
    lateOfCity: yen("late_of_city"),
    /** What insurers said they pay, in all. */
    granted: yen("granted").notNull().default(0),
    answeredBy: integer("answered_by"),
    dropAskedBy: integer("drop_asked_by"),
    /** Why it is not claimed. */
    dropReason: text("drop_reason", {
      enum: ["small", "lapsed", "refused", "no-mandate", "returned-by-person", "mistake"],
    }),
    repaymentId: uuid("repayment_id"),
    payableId: uuid("payable_id"),
  },
  (table) => [
    uniqueIndex("entry_once").on(
      table.program,
      table.treatmentMonth,
      table.household,
      table.insurerNumber,
    ),
    index("entry_state").on(table.program, table.state, table.lapsesOn),
    index("entry_list").on(table.program, table.treatmentMonth, table.serial),
    index("entry_insurer").on(table.program, table.insurerNumber, table.state),
    index("entry_person").on(table.personNumber),
    index("entry_persons").using("gin", table.persons),
    index("entry_household").on(table.household, table.insurerNumber, table.treatmentMonth),
    index("entry_bills").using("gin", table.benefitIds),
    oneOf("entry_drop_reason", table.dropReason),
    check("entry_month", isMonth("treatment_month")),
    check("entry_sums", foundSums),
    check("entry_granted", sql`granted >= 0`),
    check("entry_drop_asked", sql`drop_asked_by is null or drop_reason is not null`),
  ],
);

/** What happened to it. Insert only. */
export const entryEvent = highCost.table(
  "entry_event",
  {
    entryId: uuid("entry_id")
      .notNull()
      .references(() => entry.id),
    revision: integer().notNull(),
    event: text().notNull(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    staffId: integer("staff_id").notNull(),
    staffName: text("staff_name").notNull(),
    at: moment("at").notNull(),
    on: date("on").notNull(),
    /** Yen for the city, as it stood after. */
    amount: yen("amount"),
    reason: text(),
    claimId: uuid("claim_id"),
  },
  (table) => [primaryKey({ columns: [table.entryId, table.revision] })],
);

/** 請求: what is claimed from one insurer at once. Moves along workflows/high-cost/claim-machine.ts. */
export const claim = highCost.table(
  "claim",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Printed number: `G000012`. */
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    program: text().notNull(),
    insurerNumber: text("insurer_number").notNull(),
    /** Treatment up to this month was gathered. */
    throughMonth: text("through_month").notNull(),
    state: text().notNull().default("prepared"),
    revision: integer().notNull().default(1),
    preparedBy: integer("prepared_by").notNull(),
    preparedAt: moment("prepared_at").notNull(),
    submittedBy: integer("submitted_by"),
    approvedBy: integer("approved_by"),
    approvedOn: date("approved_on"),
    approvedCount: integer("approved_count"),
    approvedSum: yen("approved_sum"),
    sentOn: date("sent_on"),
    closedOn: date("closed_on"),
  },
  (table) => [
    index("claim_list").on(table.program, table.serial),
    index("claim_state").on(table.program, table.state),
    check("claim_month", isMonth("through_month")),
    check(
      "claim_two_people",
      sql`approved_by is null or approved_by <> prepared_by and approved_by is distinct from submitted_by`,
    ),
    check(
      "claim_approved",
      sql`num_nulls(approved_by, approved_on, approved_count, approved_sum) in (0, 4)`,
    ),
    check(
      "claim_approved_before_sent",
      sql`state not in ('approved', 'sent', 'closed') or approved_by is not null`,
    ),
  ],
);

/** A line of a claim: an entry with what is asked and what the insurer answered. */
export const claimLine = highCost.table(
  "claim_line",
  {
    claimId: uuid("claim_id")
      .notNull()
      .references(() => claim.id),
    entryId: uuid("entry_id")
      .notNull()
      .references(() => entry.id),
    amount: yen("amount").notNull(),
    /** Taken out before it was sent, or with its claim. */
    released: boolean().notNull().default(false),
    result: text({ enum: ["paid", "differs", "refused", "paid-to-person", "sent-back"] }),
    granted: yen("granted"),
    reason: text({
      enum: [
        "paid-to-person",
        "below-limit",
        "other-category",
        "not-insured",
        "lapsed",
        "papers",
        "other",
      ],
    }),
    answeredOn: date("answered_on"),
    answeredBy: integer("answered_by"),
  },
  (table) => [
    primaryKey({ columns: [table.claimId, table.entryId] }),
    index("claim_line_entry").on(table.entryId),
    uniqueIndex("claim_line_once").on(table.entryId).where(sql`not released and result is null`),
    oneOf("claim_line_result", table.result),
    oneOf("claim_line_reason", table.reason),
    check("claim_line_amount", sql`amount > 0`),
    check(
      "claim_line_answer",
      sql`(result is null) = (answered_by is null) and (result is null) = (answered_on is null)
        and (result is not distinct from 'paid' or result is not distinct from 'differs') = (granted is not null)
        and (result is distinct from 'paid' or granted = amount) and (result is distinct from 'differs' or granted <> amount and granted >= 0)`,
    ),
  ],
);

/** What happened to a claim. Insert only. */
export const claimEvent = highCost.table(
  "claim_event",
  {
    claimId: uuid("claim_id")
      .notNull()
      .references(() => claim.id),
    revision: integer().notNull(),
    event: text().notNull(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    staffId: integer("staff_id").notNull(),
    staffName: text("staff_name").notNull(),
    at: moment("at").notNull(),
    on: date("on").notNull(),
    reason: text(),
  },
  (table) => [primaryKey({ columns: [table.claimId, table.revision] })],
);

/** 入金 of an insurer for a claim. Insert only: a mistake is another row below zero. */
export const money = highCost.table(
  "money",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    claimId: uuid("claim_id")
      .notNull()
      .references(() => claim.id),
    amount: yen("amount").notNull(),
    receivedOn: date("received_on").notNull(),
    /** 済通知 or 収納 number; the same one is not entered twice. */
    reference: text().notNull(),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull(),
  },
  (table) => [
    uniqueIndex("money_once").on(table.claimId, table.reference),
    check("money_amount", sql`amount <> 0`),
    check("money_reference", sql`length(btrim(reference)) between 1 and 30`),
  ],
);

/** 支給申請書兼請求書 of a claim as it was issued; issued anew until the claim is sent, the newest counts. Written by 69-claim-papers.sql alone. */
export const claimPaper = highCost.table(
  "claim_paper",
  {
    id: uuid().primaryKey().defaultRandom(),
    claimId: uuid("claim_id")
      .notNull()
      .references(() => claim.id),
    /** 1 the first. */
    issue: integer().notNull(),
    /** 文書番号. */
    number: text().notNull(),
    /** The form with its version, and the 帳票の設定 it was printed with. */
    templateVersion: text("template_version").notNull(),
    formSettingId: integer("form_setting_id").references(() => formSetting.id),
    /** The approved rows by which it names the account and the insurer. */
    accountParameter: integer("account_parameter")
      .notNull()
      .references(() => parameter.id),
    insurersParameter: integer("insurers_parameter")
      .notNull()
      .references(() => parameter.id),
    /** Of the bytes that were issued. */
    sha256: text().notNull(),
    /** Sealed record `high-cost-paper`, with the key of the first person of the claim. */
    sealedId: uuid("sealed_id").notNull(),
    issuedBy: integer("issued_by").notNull(),
    issuedOn: date("issued_on").notNull(),
    issuedAt: moment("issued_at").notNull(),
  },
  (table) => [uniqueIndex("claim_paper_issue").on(table.claimId, table.issue)],
);
