import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, isFirstOfMonth, isMonth, oneOf, yen } from "../columns.ts";
import { approval } from "./approvals.ts";
import { caseRow } from "./cases.ts";

/**
 * Money of the relief for damage to health (健康被害救済の給付): what is claimed, what is proposed and decided of it. The pensions
 * that come of it stand in `relief-pensions.ts`. Outside the vault stand codes, months, days and amounts; names of institutions and remarks are sealed.
 */
export const reliefBenefits = pgSchema("relief_benefits");

const benefits = [
  "medical-cost",
  "medical-allowance",
  "child-care-pension",
  "disability-pension",
  "death-lump-sum",
  "survivor-pension",
  "survivor-lump-sum",
  "funeral",
] as const;
const refusals = [
  "not-counted",
  "duplicate",
  "other-benefit",
  "not-hospital-equivalent",
  "late",
  "not-survivor",
  "not-recognised",
  "no-proof",
] as const;
const ranks = ["spouse", "child", "parent", "grandchild", "grandparent", "sibling"] as const;
const caseId = () =>
  uuid("case_id")
    .notNull()
    .references(() => caseRow.id);
/** Of the step; set by the database. */
const revision = () => integer().notNull().default(0);

/** What is claimed, as it was keyed by a step; the newest revision counts, earlier ones stay. */
export const benefitEntry = reliefBenefits.table(
  "entry",
  {
    caseId: caseId(),
    revision: revision(),
    enteredBy: integer("entered_by").notNull().default(0),
    /** 死亡年月日 of whoever was vaccinated, where benefits after death are claimed. */
    diedOn: date("died_on"),
    /** Months for which 障害年金 was paid to whoever died (遺族年金の期間). */
    disabilityMonths: integer("disability_months").notNull().default(0),
    /** Names of institutions and remarks, by number. */
    sealedId: uuid("sealed_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision] }),
    check("entry_disability_months", sql`disability_months between 0 and 1200`),
  ],
);

/** One institution's month (受診証明書): days, what was paid. */
export const benefitVisit = reliefBenefits.table(
  "visit",
  {
    caseId: caseId(),
    revision: revision(),
    number: integer().notNull(),
    /** Keyed hash of the code or the folded name: the same as of 償還払い. */
    institutionMark: bytea("institution_mark").notNull(),
    /** 受診年月 */
    month: text().notNull(),
    way: text({ enum: ["outpatient", "inpatient", "pharmacy"] }).notNull(),
    /** Days of the month, in order, each once. */
    days: integer().array().notNull(),
    paid: yen("paid").notNull(),
    meals: yen("meals").notNull(),
    reimbursed: yen("reimbursed").notNull(),
    /** 支払日, the last one of the month: the time for a claim of B類 runs from it. */
    paidOn: date("paid_on"),
    /** 受診証明書 is there. */
    certificate: boolean().notNull(),
    hospitalEquivalent: boolean("hospital_equivalent").notNull(),
    /** Why it is not paid for, where whoever examined said so. */
    refusal: text({ enum: refusals }),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision, table.number] }),
    foreignKey({
      columns: [table.caseId, table.revision],
      foreignColumns: [benefitEntry.caseId, benefitEntry.revision],
    }),
    index("visit_month").on(table.month, table.institutionMark),
    oneOf("visit_way", table.way),
    oneOf("visit_refusal", table.refusal),
    check("visit_month_written", isMonth("month")),
    check("visit_number", sql`number between 1 and 500`),
    check("visit_days", sql`cardinality(days) between 1 and 31`),
    check(
      "visit_amounts",
      sql`least(paid, meals, reimbursed) >= 0 and greatest(paid, meals, reimbursed) <= 100000000 and reimbursed <= paid + meals`,
    ),
  ],
);

/** One benefit that is claimed: 医療費 and 医療手当 by the month, all else by the person who is to get it. */
export const claimedBenefit = reliefBenefits.table(
  "claimed",
  {
    caseId: caseId(),
    revision: revision(),
    number: integer().notNull(),
    benefit: text({ enum: benefits }).notNull(),
    month: text(),
    payeeNumber: text("payee_number").notNull(),
    /** 遺族: in what rank. */
    rank: text({ enum: ranks }),
    grade: integer(),
    /** First day of the month from which a pension is paid. */
    fromMonth: date("from_month"),
    homeCare: boolean("home_care").notNull().default(false),
    /** What others pay in a year for the same, or what is taken off a lump sum; yen. */
    otherBenefits: yen("other_benefits").notNull().default(0),
    refusal: text({ enum: refusals }),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision, table.number] }),
    foreignKey({
      columns: [table.caseId, table.revision],
      foreignColumns: [benefitEntry.caseId, benefitEntry.revision],
    }),
    uniqueIndex("claimed_once").on(
      table.caseId,
      table.revision,
      table.benefit,
      sql`coalesce(month, '')`,
      table.payeeNumber,
    ),
    oneOf("claimed_benefit", table.benefit),
    oneOf("claimed_rank", table.rank),
    oneOf("claimed_refusal", table.refusal),
    check("claimed_month_written", sql`month is null or ${isMonth("month")}`),
    check(
      "claimed_whole",
      sql`(month is not null) = (benefit in ('medical-cost', 'medical-allowance'))
        and (benefit like '%-pension') = (from_month is not null and grade is not null)
        and (rank is not null) = (benefit in ('death-lump-sum', 'survivor-pension', 'survivor-lump-sum'))`,
    ),
    check("claimed_from_month", sql`from_month is null or ${isFirstOfMonth("from_month")}`),
    check("claimed_amounts", sql`grade between 1 and 3 and other_benefits between 0 and 100000000`),
  ],
);

/** What is proposed of each benefit that is claimed. Of a pension: what a year of it comes to before it is shared. */
export const proposedBenefit = reliefBenefits.table(
  "proposed",
  {
    approvalId: uuid("approval_id")
      .notNull()
      .references(() => approval.id),
    caseId: caseId(),
    /** The entry it is about; set by the database. */
    entryRevision: integer("entry_revision").notNull().default(0),
    number: integer().notNull(),
    outcome: text({ enum: ["granted", "refused"] }).notNull(),
    reason: text({ enum: refusals }),
    amount: yen("amount").notNull(),
    /** What it rests on, line by line: amounts with their rows. */
    basis: text().array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.approvalId, table.number] }),
    index("proposed_case").on(table.caseId),
    foreignKey({
      columns: [table.caseId, table.entryRevision, table.number],
      foreignColumns: [claimedBenefit.caseId, claimedBenefit.revision, claimedBenefit.number],
    }),
    oneOf("proposed_outcome", table.outcome),
    oneOf("proposed_reason", table.reason),
    check(
      "proposed_whole",
      sql`amount >= 0 and (outcome = 'refused') = (reason is not null) and (outcome = 'granted') = (amount > 0)`,
    ),
  ],
);

/** How an amount comes about, from top to bottom; the steps add up to it. */
export const proposedStep = reliefBenefits.table(
  "proposed_step",
  {
    approvalId: uuid("approval_id").notNull(),
    caseId: caseId(),
    number: integer().notNull(),
    position: integer().notNull(),
    /** A label of workflows/vaccination/relief; holds nothing of a person. */
    label: text().notNull(),
    amount: yen("amount").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.approvalId, table.number, table.position] }),
    foreignKey({
      columns: [table.approvalId, table.number],
      foreignColumns: [proposedBenefit.approvalId, proposedBenefit.number],
    }),
    check("proposed_step_label", sql`length(label) between 1 and 60`),
  ],
);

/** What was decided and is paid once. Counted of a person, benefit and month. */
export const award = reliefBenefits.table(
  "award",
  {
    approvalId: uuid("approval_id").notNull(),
    number: integer().notNull(),
    caseId: caseId(),
    personNumber: text("person_number").notNull(),
    payeeNumber: text("payee_number").notNull(),
    benefit: text({ enum: benefits }).notNull(),
    month: text(),
    amount: yen("amount").notNull(),
    decidedOn: date("decided_on").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.approvalId, table.number] }),
    foreignKey({
      columns: [table.approvalId, table.number],
      foreignColumns: [proposedBenefit.approvalId, proposedBenefit.number],
    }),
    index("award_case").on(table.caseId),
    index("award_month").on(table.personNumber, table.month),
    uniqueIndex("award_after_death_once")
      .on(table.personNumber, table.benefit, table.payeeNumber)
      .where(sql`month is null`),
    oneOf("award_benefit", table.benefit),
  ],
);

/** Of each payee of a decision, what is owed at once: the source of its one payable. */
export const payment = reliefBenefits.table(
  "payment",
  {
    id: uuid().primaryKey().defaultRandom(),
    approvalId: uuid("approval_id")
      .notNull()
      .references(() => approval.id),
    caseId: caseId(),
    payeeNumber: text("payee_number").notNull(),
    amount: yen("amount").notNull(),
  },
  (table) => [
    uniqueIndex("payment_once").on(table.approvalId, table.payeeNumber),
    index("payment_case").on(table.caseId),
    check("payment_amount", sql`amount > 0`),
  ],
);
